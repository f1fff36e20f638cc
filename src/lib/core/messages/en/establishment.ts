/** How the connection of a recording was established, and how it ended, in English. */
import { count, duration, integer, plural } from '../../base/format';
import { list } from '../../base/list';
import type { EstablishmentValues, SetUpStep } from '../../call/findings/finding-values';
import type { MessagesOf } from '../messages';

export const ESTABLISHMENT: MessagesOf<keyof EstablishmentValues> = {
	'connection-failed': ({ outcome, failedAtMs, lastState }) => {
		const failed = failedAtMs === null ? 'It failed' : `It failed at ${duration(failedAtMs)}`;
		const said = lastState === null ? 'no state was ever announced' : `its last state is "${lastState}"`;
		return `No connection was established. ${outcome === 'failed' ? failed : 'It was never connected'}; ${said}.`;
	},
	'answer-missing': ({ offeredBy, offeredAtMs }) => {
		const missing =
			offeredBy === 'this-end' ? 'No answer from the other end was ever set' : 'The offer of the other end was never answered';
		return `${missing}: signalling stopped after the offer at ${at(offeredAtMs, 'the beginning')}.`;
	},
	'description-refused': ({ call, refusedAtMs, browserSaid }) =>
		`${METHODS[call]} failed at ${at(refusedAtMs)}: ${browserSaid ?? 'no reason given'}`,
	'local-candidates-missing': () =>
		'This end gathered no candidate: no network, WebRTC restricted, or, with the policy “relay”, no TURN server that gave a relay.',
	'remote-candidates-missing': () =>
		'Not one candidate of the other end arrived here: neither in its description nor afterwards. Signalling lost them, or the other end found none.',
	'candidate-pairs-missing': ({ localCandidates, remoteCandidates, hidesAddresses }) => {
		const names = hidesAddresses ? ', or names that hide addresses (.local) were not found here' : '';
		return `This end has ${count(localCandidates, 'candidate')} and knows ${integer(remoteCandidates)} of the other end, and the recording shows no pair of them. Usual causes: address families or transports that do not match, candidates that arrived too late${names}.`;
	},
	'candidate-pairs-failed': ({ pairs, types, checksCounted, hasRelay }) => {
		const kinds = list(types.map(({ local, remote }) => `${local ?? '?'} to ${remote ?? '?'}`));
		const hint = hasRelay
			? 'Its relay candidate got no answer either.'
			: 'This end had no relay candidate: a working TURN server would have given one.';
		return `${count(pairs, 'pair')} ${plural(pairs, 'was', 'were')} tried (${kinds}), and none ${checksCounted ? 'was ever answered' : 'succeeded'}. ${hint}`;
	},
	'relay-missing': () =>
		'A TURN server is configured, and no relay candidate came from it: it was not reached, it refused, or the browser did not try it.',
	'candidate-errors': ({ errors, codes }) =>
		`${count(errors, 'error')} of STUN and TURN servers while gathering${codes.length > 0 ? `, ${plural(codes.length, 'code')} ${list(codes.map(String))}` : ''}.`,
	'relay-address-private': ({ side, address }) =>
		`${side === 'local' ? "This end's" : "The other end's"} relay candidate has the address ${address}, which is not publicly routable. A TURN server behind a NAT has to be told its public address (coturn: external-ip).`,
	'dtls-unfinished': ({ state }) =>
		`A path was found, and the DTLS handshake stayed "${state}". Usual causes are a fingerprint that does not match, both ends active or both passive, or large packets that get lost.`,
	'peer-changed': ({ changedAtMs }) =>
		`At ${at(changedAtMs, 'a later round')} the other end sent a new session and a new certificate, as after a page was reloaded: what this connection negotiated with the one before no longer holds.`,
	'set-up-slow': ({ tookMs, longest }) =>
		`It took ${duration(tookMs)} from the first description to connected; ${duration(longest.tookMs)} of it was ${STEPS[longest.step]}.`,
	'connection-lost': ({ lostAtMs }) =>
		`The connection worked and was lost at ${at(lostAtMs)}; it was not back when the recording ended.`,
	'connection-interruptions': ({ interruptedAtMs, tookMs }) =>
		`Interrupted at ${duration(interruptedAtMs)} for ${duration(tookMs)}.`,
	'ice-restarts': ({ restarts, firstAtMs }) =>
		`ICE was restarted ${restarts === 1 ? 'once' : `${restarts} times`}, first at ${at(firstAtMs)}.`,
	'consent-lost': ({ fromMs, toMs, unansweredChecks }) =>
		`From ${duration(fromMs)} to ${duration(toMs)} ${count(unansweredChecks, 'check')} on the selected candidate pair ${plural(unansweredChecks, 'was', 'were')} not answered.`
};

const METHODS: Record<string, string> = {
	'set-local': 'setLocalDescription',
	'set-remote': 'setRemoteDescription',
	'create-offer': 'createOffer',
	'create-answer': 'createAnswer'
};

const STEPS: Record<SetUpStep, string> = {
	answer: 'waiting for the answer',
	ice: 'finding a path (ICE)',
	dtls: 'the DTLS handshake',
	'ice-and-dtls': 'finding a path (ICE) and the DTLS handshake'
};

function at(ms: number | null, otherwise = 'an unknown time'): string {
	return ms === null ? otherwise : duration(ms);
}
