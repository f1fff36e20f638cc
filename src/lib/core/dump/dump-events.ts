/**
 * One line of a recorder's log, as an event: webrtc-internals in all its generations and every rtcstats dialect name the
 * same methods and events differently. The statistics of a dump are read by the stats folder, with these for its events.
 */
import { entryOf, isRecord, parseJson } from '../base/record';
import { withoutSecretText } from '../base/secrets';
import type { HandshakeCall, HandshakeEvent } from '../recording/handshake';

/** Method and event names of all recorders, without a leading `on`, in lower case. */
const CALLS: Record<string, HandshakeCall> = {
	createoffer: 'create-offer',
	createanswer: 'create-answer',
	setlocaldescription: 'set-local',
	setremotedescription: 'set-remote',
	addicecandidate: 'add-candidate',
	icecandidate: 'candidate',
	icecandidateerror: 'candidate-error',
	track: 'track',
	datachannel: 'data-channel',
	createdatachannel: 'data-channel',
	negotiationneeded: 'negotiation-needed',
	renegotiationneeded: 'negotiation-needed',
	signalingstatechange: 'signaling-state',
	icegatheringstatechange: 'gathering-state',
	iceconnectionstatechange: 'ice-state',
	connectionstatechange: 'connection-state',
	dtlsstatechange: 'dtls-state',
	restartice: 'restart-ice',
	close: 'close'
};

const METHODS = new Set<HandshakeCall>(['create-offer', 'create-answer', 'set-local', 'set-remote', 'add-candidate']);

/** What a recorder adds to one event is looked at by people: beyond this it is no longer read. */
const MOST_DETAIL = 4000;

/** The event of one log line; what has no place in the procedure becomes `other`, so that nothing of a log is lost. */
export function eventOf(peer: string, method: string, raw: unknown, atMs: number | null): HandshakeEvent {
	const match = /^(?:on)?([A-Za-z]+?)(OnSuccess|OnFailure|Failed)?$/.exec(method);
	const name = match ? match[1]!.toLowerCase() : '';
	const call = Object.hasOwn(CALLS, name) ? entryOf(CALLS, name)! : 'other';
	if (!match || call === 'other') return withDetail({ atMs, peer, call: 'other', phase: 'event', name: method }, raw);
	const phase = match[2] === 'OnSuccess' ? 'done' : match[2] ? 'failed' : METHODS.has(call) ? 'called' : 'event';
	const event: HandshakeEvent = { atMs, peer, call, phase };
	const value = typeof raw === 'string' ? (parseJson(raw) ?? raw) : raw;
	if (phase === 'failed') event.error = errorText(value);
	else if (call.endsWith('-state')) {
		const state = String(value ?? '').replace(/^SignalingState|^IceConnectionState|^IceGatheringState/, '');
		event.state = kebab(state);
	} else if (call === 'candidate' || call === 'add-candidate') {
		event.candidate = candidateOf(value);
		withDetail(event, raw);
	} else if (call === 'candidate-error') event.error = errorText(value);
	else if (call === 'track' || call === 'data-channel') {
		const label = isRecord(value) ? (value.label ?? value.kind) : Array.isArray(value) ? value[0] : value;
		if (typeof label === 'string') event.name = label;
	} else {
		const description = descriptionOf(value);
		if (description) event.description = description;
	}
	return event;
}

/** `HaveLocalOffer` of the oldest logs is today's `have-local-offer`. */
function kebab(state: string): string {
	return state.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}

function withDetail(event: HandshakeEvent, raw: unknown): HandshakeEvent {
	if (raw === null || raw === undefined || raw === '') return event;
	const text = withoutSecretText(typeof raw === 'string' ? raw : JSON.stringify(raw));
	if (text !== '{}') event.detail = text.length > MOST_DETAIL ? `${text.slice(0, MOST_DETAIL)}…` : text;
	return event;
}

function errorText(value: unknown): string {
	if (typeof value === 'string') return value;
	return JSON.stringify(value ?? '');
}

/** `{type, sdp}`, the same in an array, or the text `type: offer, sdp: v=0…` of older recorders. */
export function descriptionOf(value: unknown): HandshakeEvent['description'] | null {
	if (Array.isArray(value)) return value.length > 0 && !Array.isArray(value[0]) ? descriptionOf(value[0]) : null;
	if (isRecord(value)) {
		if (typeof value.sdp === 'string' && value.sdp !== '') return { type: typeOf(value.type), sdp: value.sdp };
		return value.type === 'rollback' ? { type: 'rollback', sdp: '' } : null;
	}
	if (typeof value === 'string') {
		const match = /^type: (\w+), sdp: ([\s\S]+)$/.exec(value);
		if (match) return { type: typeOf(match[1]), sdp: match[2]! };
		if (/^type: rollback/.test(value)) return { type: 'rollback', sdp: '' };
	}
	return null;
}

function typeOf(value: unknown): 'offer' | 'answer' | 'pranswer' | 'rollback' {
	return value === 'answer' || value === 'pranswer' || value === 'rollback' ? value : 'offer';
}

function candidateOf(value: unknown): string {
	if (Array.isArray(value)) return value.length > 0 && !Array.isArray(value[0]) ? candidateOf(value[0]) : '';
	if (isRecord(value)) return typeof value.candidate === 'string' ? value.candidate : '';
	if (typeof value !== 'string') return '';
	return /candidate: (candidate:[^,]*)/.exec(value)?.[1] ?? (value.startsWith('candidate:') ? value : '');
}
