/**
 * A recorded offer/answer procedure (RFC 3264, RFC 9429 §3.2): what a page called on its connections, what came of it,
 * and when. Recorded live by a call or read from a dump; `ladderOf` makes the picture of it.
 */
import { count } from '../base/format';
import type { HandshakeCall, HandshakeEvent } from './handshake-event';

export type * from './handshake-event';

export interface HandshakePeer {
	id: string;
	label: string;
}

export interface HandshakeSession {
	peers: HandshakePeer[];
	events: HandshakeEvent[];
}

export interface LadderStep {
	atMs: number | null;
	/** From the call to its promise; null for events and where the end is not recorded. */
	tookMs: number | null;
	/** Index of the lane it starts in. */
	lane: number;
	/** Lane that an arrow goes to; null for what stays at one end. */
	toLane: number | null;
	kind: 'action' | 'message' | 'state' | 'problem';
	title: string;
	/** One more sentence: a state, a count, an error. */
	detail: string | null;
	description: { type: string; sdp: string } | null;
	/** Candidate lines, for the steps that carry them. */
	candidates: string[];
}

export interface Ladder {
	lanes: string[];
	steps: LadderStep[];
}

const CALL_TITLES: Record<HandshakeCall, string> = {
	'create-offer': 'Create offer',
	'create-answer': 'Create answer',
	'set-local': 'Set local',
	'set-remote': 'Set remote',
	'add-candidate': 'Add remote candidate',
	candidate: 'Candidate gathered',
	'candidate-error': 'Candidate error',
	track: 'Track arrives',
	'data-channel': 'Data channel',
	'negotiation-needed': 'Negotiation needed',
	'signaling-state': 'Signaling',
	'gathering-state': 'Gathering',
	'ice-state': 'ICE',
	'connection-state': 'Connection',
	'dtls-state': 'DTLS',
	'restart-ice': 'ICE restart asked for',
	close: 'Closed',
	other: 'Other'
};

/** States that a person looks for when something did not connect. */
const BAD_STATES = new Set(['failed', 'disconnected']);

/**
 * Makes the steps of the picture. With two recorded ends a description set on one and then on the other becomes an arrow
 * between their lanes; with one end the other lane is `other side`, and what is set as remote comes from there.
 */
export function ladderOf(session: HandshakeSession): Ladder {
	const lanes = session.peers.map((peer) => peer.label);
	const alone = lanes.length === 1;
	if (alone) lanes.push('other side');
	const laneOf = new Map(session.peers.map((peer, index) => [peer.id, index]));
	const open = new Map<string, LadderStep>();
	/** Which lane made a description or a candidate, by its text: where a message comes from. */
	const madeBy = new Map<string, number>();
	const steps: LadderStep[] = [];
	const add = (event: HandshakeEvent, lane: number, step: Partial<LadderStep> & { title: string }): LadderStep => {
		const whole: LadderStep = {
			atMs: event.atMs,
			tookMs: null,
			lane,
			toLane: null,
			kind: 'action',
			detail: null,
			description: null,
			candidates: [],
			...step
		};
		steps.push(whole);
		return whole;
	};
	for (const event of session.events) {
		const lane = laneOf.get(event.peer);
		if (lane === undefined || event.call === 'other') continue;
		const key = `${event.peer} ${event.call}`;
		if (event.phase === 'done' || event.phase === 'failed') {
			finish(event, lane, open.get(key), add);
			open.delete(key);
			continue;
		}
		if (event.phase === 'called') {
			const source = sourceOf(event, lane, alone, madeBy);
			if (source !== null) addMessage(event, source, lane, steps, add);
			if (event.call === 'set-local' && event.description) madeBy.set(event.description.sdp, lane);
			// Remote candidates are the message itself; a step of their own would say it twice.
			if (event.call === 'add-candidate' && source !== null) continue;
			const type = event.description ? ` ${event.description.type}` : '';
			const step = add(event, lane, { title: CALL_TITLES[event.call] + type, description: event.description ?? null });
			open.set(key, step);
			continue;
		}
		addEvent(event, lane, madeBy, steps, add);
	}
	return { lanes, steps };
}

type Add = (event: HandshakeEvent, lane: number, step: Partial<LadderStep> & { title: string }) => LadderStep;

function finish(event: HandshakeEvent, lane: number, begun: LadderStep | undefined, add: Add): void {
	if (event.phase === 'failed') {
		const error = event.error ?? 'The browser gave no reason.';
		if (begun) {
			begun.kind = 'problem';
			begun.detail = error;
		} else add(event, lane, { title: `${CALL_TITLES[event.call]} failed`, kind: 'problem', detail: error });
	} else if (event.description && begun) begun.description = event.description;
	if (begun && begun.atMs !== null && event.atMs !== null) begun.tookMs = event.atMs - begun.atMs;
}

/** The lane that a remote description or candidate came from; null for calls that receive nothing. */
function sourceOf(event: HandshakeEvent, lane: number, alone: boolean, madeBy: ReadonlyMap<string, number>): number | null {
	if (event.call !== 'set-remote' && event.call !== 'add-candidate') return null;
	const text = event.description?.sdp ?? event.candidate ?? '';
	const maker = madeBy.get(text);
	if (maker !== undefined && maker !== lane) return maker;
	return alone ? 1 : null;
}

/** An arrow; several candidates in a row between the same lanes are one arrow. */
function addMessage(event: HandshakeEvent, from: number, to: number, steps: LadderStep[], add: Add): void {
	if (event.call === 'set-remote') {
		const type = event.description?.type ?? 'description';
		add(event, from, { title: `Send ${type}`, toLane: to, kind: 'message', description: event.description ?? null });
		return;
	}
	joinCandidate(event, from, to, 'sent', steps, add);
}

function joinCandidate(
	event: HandshakeEvent,
	from: number,
	to: number | null,
	word: string,
	steps: LadderStep[],
	add: Add
): void {
	const last = steps[steps.length - 1];
	const line = event.candidate ? [event.candidate] : [];
	if (last && last.candidates.length > 0 && last.lane === from && last.toLane === to) {
		last.candidates.push(...line);
		last.title = candidateTitle(last.candidates.length, word);
		if (last.atMs !== null && event.atMs !== null) last.tookMs = event.atMs - last.atMs;
	} else if (line.length > 0) {
		add(event, from, { title: candidateTitle(1, word), toLane: to, kind: to === null ? 'action' : 'message', candidates: line });
	}
}

function candidateTitle(candidates: number, word: string): string {
	return `${count(candidates, 'candidate')} ${word}`;
}

function addEvent(event: HandshakeEvent, lane: number, madeBy: Map<string, number>, steps: LadderStep[], add: Add) {
	if (event.call === 'candidate') {
		madeBy.set(event.candidate ?? '', lane);
		joinCandidate(event, lane, null, 'gathered', steps, add);
		return;
	}
	const state = event.state;
	const bad = event.call === 'candidate-error' || (state !== undefined && BAD_STATES.has(state));
	const title = state === undefined ? CALL_TITLES[event.call] : `${CALL_TITLES[event.call]}: ${state}`;
	add(event, lane, { title, kind: bad ? 'problem' : 'state', detail: event.error ?? event.name ?? null });
}
