/**
 * A recorded offer/answer procedure (RFC 3264, RFC 9429 §3.2): what a page called on its connections, what came of it,
 * and when. Recorded live by a call or read from a dump; `ladderOf` makes the picture of it, whose words are messages
 * (messages/en/ladder.ts).
 */
import type { NoValues, SaidOf } from '../base/said';
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

export interface LadderValues {
	/** `type`: of the description it was called with. */
	'ladder-call': { call: HandshakeCall; type: string | null };
	'ladder-call-failed': { call: HandshakeCall };
	'ladder-state': { call: HandshakeCall; state: string };
	'ladder-description-sent': { type: string | null };
	'ladder-candidates-gathered': { candidates: number };
	'ladder-candidates-sent': { candidates: number };
	'ladder-no-reason': NoValues;
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
	title: SaidOf<LadderValues>;
	/** The browser's error, or what the recorder called it. */
	detail: string | SaidOf<LadderValues> | null;
	description: { type: string; sdp: string } | null;
	/** Candidate lines, for the steps that carry them. */
	candidates: string[];
}

export interface Ladder {
	/** Names of the ends; null for one that was not recorded. */
	lanes: (string | null)[];
	steps: LadderStep[];
}

/** States that a person looks for when something did not connect. */
const BAD_STATES = new Set(['failed', 'disconnected']);

/**
 * Makes the steps of the picture. With two recorded ends a description set on one and then on the other becomes an arrow
 * between their lanes; with one end a second lane stands for the other, and what is set as remote comes from there.
 */
export function ladderOf(session: HandshakeSession): Ladder {
	const lanes: (string | null)[] = session.peers.map((peer) => peer.label);
	const alone = lanes.length === 1;
	if (alone) lanes.push(null);
	const laneOf = new Map(session.peers.map((peer, index) => [peer.id, index]));
	const open = new Map<string, LadderStep>();
	/** Which lane made a description or a candidate, by its text: where a message comes from. */
	const madeBy = new Map<string, number>();
	const steps: LadderStep[] = [];
	const add = (event: HandshakeEvent, lane: number, step: Partial<LadderStep> & Pick<LadderStep, 'title'>): LadderStep => {
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
			const title = callTitle(event.call, event.description?.type);
			const step = add(event, lane, { title, description: event.description ?? null });
			open.set(key, step);
			continue;
		}
		addEvent(event, lane, madeBy, steps, add);
	}
	return { lanes, steps };
}

type Add = (event: HandshakeEvent, lane: number, step: Partial<LadderStep> & Pick<LadderStep, 'title'>) => LadderStep;

function finish(event: HandshakeEvent, lane: number, begun: LadderStep | undefined, add: Add): void {
	if (event.phase === 'failed') {
		const detail = event.error ?? ({ rule: 'ladder-no-reason', values: {} } as const);
		if (begun) {
			begun.kind = 'problem';
			begun.detail = detail;
		} else add(event, lane, { title: { rule: 'ladder-call-failed', values: { call: event.call } }, kind: 'problem', detail });
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
		const title = { rule: 'ladder-description-sent', values: { type: event.description?.type ?? null } } as const;
		add(event, from, { title, toLane: to, kind: 'message', description: event.description ?? null });
		return;
	}
	joinCandidate(event, from, to, steps, add);
}

function joinCandidate(event: HandshakeEvent, from: number, to: number | null, steps: LadderStep[], add: Add): void {
	const last = steps[steps.length - 1];
	const line = event.candidate ? [event.candidate] : [];
	if (last && last.candidates.length > 0 && last.lane === from && last.toLane === to) {
		last.candidates.push(...line);
		last.title = candidateTitle(last.candidates.length, to);
		if (last.atMs !== null && event.atMs !== null) last.tookMs = event.atMs - last.atMs;
	} else if (line.length > 0) {
		add(event, from, { title: candidateTitle(1, to), toLane: to, kind: to === null ? 'action' : 'message', candidates: line });
	}
}

function candidateTitle(candidates: number, to: number | null): LadderStep['title'] {
	return { rule: to === null ? 'ladder-candidates-gathered' : 'ladder-candidates-sent', values: { candidates } };
}

function callTitle(call: HandshakeCall, type: string | null = null): LadderStep['title'] {
	return { rule: 'ladder-call', values: { call, type } };
}

function addEvent(event: HandshakeEvent, lane: number, madeBy: Map<string, number>, steps: LadderStep[], add: Add) {
	if (event.call === 'candidate') {
		madeBy.set(event.candidate ?? '', lane);
		joinCandidate(event, lane, null, steps, add);
		return;
	}
	const state = event.state;
	const bad = event.call === 'candidate-error' || (state !== undefined && BAD_STATES.has(state));
	const title: LadderStep['title'] =
		state === undefined ? callTitle(event.call) : { rule: 'ladder-state', values: { call: event.call, state } };
	add(event, lane, { title, kind: bad ? 'problem' : 'state', detail: event.error ?? event.name ?? null });
}
