/** What descriptions and their exchange did to a connection: refused, never answered, of another session. */
import type { RecordedConnection } from '../../recording/recording';
import { otherEnds } from '../call-ends';
import { sessionOf } from '../../sdp/text/origin';
import type { EstablishmentValues } from './finding-values';
import type { ConnectionView } from './findings-view';
import { callStep } from './call-steps';
import { declined } from './carried-media-rules';
import { attributeOf, fingerprintOf, ownReturned, ufrags } from './description-identity';
import { crossedOffer, isRepeated, lostLineBreaks, shortened } from './disordered-descriptions';
import { negotiationNotMade, unansweredOffer } from './open-negotiation';
import { iceWorked, none, notConnected, one } from './rule-help';
import { refusedCandidates, takenCandidates } from './signalled-candidates';
import type { StatsRule } from './stats-rule';

type RefusedCall = EstablishmentValues['description-refused']['call'];

/** What cannot come about without both descriptions. */
const WITHOUT_DESCRIPTIONS = [
	'local-candidates-missing',
	'remote-candidates-missing',
	'candidates-of-other-session',
	'candidate-pairs-missing',
	'candidate-pairs-failed',
	'relay-missing',
	'connection-failed'
] as const;

/** What follows where the two ends hold descriptions of different rounds. */
const AFTER_DISORDER = [
	'description-refused',
	'answer-missing',
	'candidates-refused',
	'ice-credentials-mismatch',
	'remote-credentials-changed',
	...WITHOUT_DESCRIPTIONS
] as const;

const AT_OTHER_END = [
	'answer-missing',
	'candidate-pairs-missing',
	'remote-candidates-missing',
	'candidate-pairs-failed',
	'connection-failed'
] as const;

/** What the descriptions of one side say of a certificate or of ICE. */
function saidIn({ events }: RecordedConnection, side: 'set-local' | 'set-remote', line: RegExp): string[] {
	return events.flatMap(({ call, description }) =>
		call === side && description ? [...description.sdp.matchAll(line)].map(([, found]) => found!) : []
	);
}

/** Whether none of what this end was told of the other one is what that one said; null where only one end was recorded. */
function isGivenOther({ recording, connection }: ConnectionView, line: RegExp): boolean | null {
	const other = recording.connections.find(({ id }) => id === otherEnds(recording).get(connection.id));
	const [theirs, given] = [other ? saidIn(other, 'set-local', line) : [], saidIn(connection, 'set-remote', line)];
	return theirs.length === 0 || given.length === 0 ? null : !given.some((one) => theirs.includes(one));
}

const FINGERPRINT = /^a=fingerprint:(\S+ [0-9A-Fa-f:]+)/gm;
const PASSWORD = /^a=ice-pwd:(\S+)/gm;

/** Both ends wait for the other one, or both begin (RFC 8842 §5.2). */
function rolesInConflict(view: ConnectionView): EstablishmentValues['setup-roles-conflict'] | null {
	const answer = view.descriptions.findLast(({ event }) => event.description!.type === 'answer');
	const offer = answer && view.descriptions.findLast(({ event }) => event.call !== answer.event.call);
	if (!answer || !offer) return null;
	const [offered, answered] = [offer, answer].map(({ sdp }) => attributeOf(sdp, 'setup')?.toLowerCase());
	const bad = answered === 'actpass' || (answered === offered && (answered === 'active' || answered === 'passive'));
	return bad && offered ? { offered, answered: answered! } : null;
}

/** `a=setup` of the last answer of the other end, as that one said it and as this end was given it; null where only one end was recorded. */
function setupOfOther({ recording, connection }: ConnectionView): { said: string | null; given: string | null } {
	const other = recording.connections.find(({ id }) => id === otherEnds(recording).get(connection.id));
	const last = (one: RecordedConnection, side: 'set-local' | 'set-remote') =>
		one.events
			.filter(({ call, description }) => call === side && description?.type === 'answer')
			.flatMap(({ description }) => /^a=setup:(active|passive)/m.exec(description!.sdp)?.[1] ?? [])
			.at(-1) ?? null;
	return { said: other ? last(other, 'set-local') : null, given: last(connection, 'set-remote') };
}

export const SIGNALLING_RULES: readonly StatsRule[] = [
	{
		id: 'own-description-returned',
		severity: 'problem',
		nextStep: 'skip-own-messages',
		explains: ['offers-crossed', 'peer-changed', ...AFTER_DISORDER],
		explainsAtOtherEnd: ['offers-crossed', 'description-refused', ...AT_OTHER_END],
		find: (view) => (notConnected(view) ? ownReturned(view) : none)
	},
	{
		id: 'offers-crossed',
		severity: 'problem',
		nextStep: 'negotiate-perfectly',
		explains: AFTER_DISORDER,
		explainsAtOtherEnd: ['offers-crossed', 'description-refused', ...AT_OTHER_END],
		find: (view) => {
			const found = notConnected(view) ? crossedOffer(view) : null;
			if (!found) return none;
			const { refused, crossedAtMs, refusedAtMs, atMs } = found;
			return one({ refused, crossedAtMs: view.sinceStart(crossedAtMs), refusedAtMs: view.sinceStart(refusedAtMs) }, { atMs });
		}
	},
	{
		id: 'offer-empty',
		severity: 'problem',
		nextStep: 'add-before-the-offer',
		explains: ['answer-missing', ...WITHOUT_DESCRIPTIONS],
		explainsAtOtherEnd: ['offer-empty', ...AT_OTHER_END],
		find: (view) => {
			const offers = view.descriptions.filter(({ event }) => event.description!.type === 'offer');
			const [first] = offers;
			if (!notConnected(view) || !first || offers.some(({ sdp }) => sdp.sections.length > 0)) return none;
			const { call, atMs } = first.event;
			return one({ offeredBy: call === 'set-local' ? 'this-end' : 'other-end', offeredAtMs: view.sinceStart(atMs) }, { atMs });
		}
	},
	{
		id: 'description-refused',
		severity: 'problem',
		nextStep: 'read-the-refusal',
		explains: ['answer-missing', 'candidates-refused', ...WITHOUT_DESCRIPTIONS],
		explainsAtOtherEnd: AT_OTHER_END,
		find: (view) =>
			view
				.events('set-local', 'set-remote', 'create-offer', 'create-answer')
				.filter(({ phase }) => phase === 'failed')
				.map((event) => {
					const { call, error, atMs } = event;
					const { events } = view.connection;
					const [repeated, lineBreaks] = [isRepeated(events, event), lostLineBreaks(events, event)];
					return {
						values: {
							call: call as RefusedCall,
							refusedAtMs: view.sinceStart(atMs),
							browserSaid: error ? shortened(error) : null,
							repeated,
							lineBreaks
						},
						// What was refused and tried again did no lasting harm.
						severity: view.connected ? ('warning' as const) : ('problem' as const),
						atMs,
						...(repeated && { nextStep: callStep('deliver-once') }),
						...(lineBreaks && { nextStep: callStep('pass-descriptions-unchanged') })
					};
				})
	},
	{
		id: 'answer-missing',
		severity: 'problem',
		nextStep: 'answer-the-offer',
		explains: ['candidates-refused', ...WITHOUT_DESCRIPTIONS],
		explainsAtOtherEnd: AT_OTHER_END,
		find: (view) => {
			if (!notConnected(view) || view.answered) return none;
			const offer = view.descriptions.find(({ event }) => event.description!.type === 'offer');
			if (!offer) return none;
			const { call, atMs } = offer.event;
			const offeredBy = call === 'set-local' ? 'this-end' : 'other-end';
			const answers = offeredBy === 'other-end' ? view.events('create-answer') : [];
			const made = answers.findLast(({ phase }) => phase === 'done');
			const madeAtMs = view.sinceStart(made?.atMs ?? null);
			return one(
				{ offeredBy, offeredAtMs: view.sinceStart(atMs), madeAtMs },
				{ atMs, ...(made && { nextStep: callStep('set-the-answer') }) }
			);
		}
	},
	{
		id: 'candidates-refused',
		severity: 'info',
		nextStep: 'look-at-trickled-candidates',
		explains: ['remote-candidates-missing', 'candidate-pairs-missing', 'candidate-pairs-failed', 'connection-failed'],
		explainsAtOtherEnd: ['remote-candidates-missing', 'candidate-pairs-missing', 'candidate-pairs-failed', 'connection-failed'],
		find: (view) => {
			const refused = refusedCandidates(view.connection);
			const [first] = refused;
			if (!first) return none;
			const taken = takenCandidates(view).length;
			const values = {
				refused: refused.length,
				taken,
				beforeDescription: refused.every(({ beforeDescription }) => beforeDescription),
				firstAtMs: view.sinceStart(first.atMs),
				browserSaid: first.browserSaid
			};
			return one(values, { severity: notConnected(view) ? (taken === 0 ? 'problem' : 'warning') : 'info', atMs: first.atMs });
		}
	},
	{
		id: 'remote-credentials-changed',
		severity: 'problem',
		nextStep: 'keep-ice-credentials',
		explains: ['candidate-pairs-failed', 'connection-failed', 'connection-lost', 'connection-interruptions'],
		explainsAtOtherEnd: ['candidate-pairs-failed', 'connection-failed', 'connection-lost'],
		find: (view) => {
			if (!notConnected(view) && view.overview.outcome !== 'lost') return none;
			const remote = ufrags(view, 'set-remote');
			const changed = remote.find(({ ufrag }, index) => index > 0 && ufrag !== remote[index - 1]!.ufrag);
			// A restart has new ones at both ends (RFC 8445 §9).
			const restarted = new Set(ufrags(view, 'set-local').map(({ ufrag }) => ufrag)).size > 1;
			if (!changed || restarted) return none;
			return one({ changedAtMs: view.sinceStart(changed.atMs) }, { atMs: changed.atMs });
		}
	},
	{
		id: 'setup-roles-conflict',
		severity: 'problem',
		nextStep: 'make-one-end-active',
		explains: ['dtls-unfinished', 'connection-failed'],
		explainsAtOtherEnd: ['setup-roles-conflict', 'dtls-unfinished', 'connection-failed'],
		find: (view) => {
			const roles = notConnected(view) && iceWorked(view) ? rolesInConflict(view) : null;
			return roles ? one(roles) : none;
		}
	},
	{
		id: 'setup-role-changed',
		severity: 'problem',
		nextStep: 'pass-descriptions-unchanged',
		explains: ['dtls-unfinished', 'connection-failed'],
		explainsAtOtherEnd: ['dtls-unfinished', 'connection-failed'],
		find: (view) => {
			const { said, given } = setupOfOther(view);
			// DTLS begins where ICE found a path.
			if (!notConnected(view) || !iceWorked(view)) return none;
			return said !== null && given !== null && said !== given ? one({ said, given }) : none;
		}
	},
	{
		id: 'fingerprint-mismatch',
		severity: 'problem',
		nextStep: 'pass-descriptions-unchanged',
		explains: ['dtls-unfinished', 'connection-failed', 'connection-lost'],
		explainsAtOtherEnd: ['dtls-unfinished', 'connection-failed', 'connection-lost'],
		find: (view) => {
			if (!notConnected(view) && view.overview.outcome !== 'lost') return none;
			if (!isGivenOther(view, FINGERPRINT)) return none;
			return one({});
		}
	},
	{
		id: 'ice-password-mismatch',
		severity: 'problem',
		nextStep: 'pass-descriptions-unchanged',
		explains: ['ice-credentials-mismatch', 'candidate-pairs-failed', 'connection-failed', 'connection-lost'],
		explainsAtOtherEnd: [
			'ice-password-mismatch',
			'ice-credentials-mismatch',
			'candidate-pairs-failed',
			'connection-failed',
			'connection-lost'
		],
		find: (view) => {
			if (!notConnected(view) && view.overview.outcome !== 'lost') return none;
			return isGivenOther(view, PASSWORD) ? one({}) : none;
		}
	},
	{
		id: 'peer-changed',
		severity: 'warning',
		find: (view) => {
			const remote = view.descriptions.filter(({ event }) => event.call === 'set-remote');
			return remote.flatMap(({ sdp, event }, index) => {
				const before = remote[index - 1];
				if (!before) return [];
				const [old, now] = [fingerprintOf(before.sdp), fingerprintOf(sdp)];
				if (old === null || now === null || old === now || sessionOf(before.sdp) === sessionOf(sdp)) return [];
				return one({ changedAtMs: view.sinceStart(event.atMs) }, { atMs: event.atMs });
			});
		}
	},
	{
		id: 'later-offer-unanswered',
		severity: 'warning',
		nextStep: 'answer-the-offer',
		explainsAtOtherEnd: ['later-offer-unanswered'],
		find: (view, limits) => (view.overview.outcome === 'connected' ? unansweredOffer(view, limits) : none)
	},
	{
		id: 'negotiation-not-made',
		severity: 'warning',
		nextStep: 'make-the-offer',
		find: (view, limits) => {
			// Data channels that were declined stay needed.
			const isDeclined = declined(view)?.sections.some(({ kind }) => kind === 'application');
			return view.overview.outcome === 'connected' && !isDeclined ? negotiationNotMade(view, limits) : none;
		}
	}
];
