/** What two pages in a room say to each other beside the negotiation, as JSON in `control` messages. The other page may be anybody's. */
import { isRecord, parseJson } from '../core/base/record';
import { BODY_AT_MOST } from '../core/signalling/messages';
import type { IceServer } from '../core/ice/server';
import type { MeetingPath } from '../core/observations/observation';
import type { HandshakeEvent } from '../core/sdp/handshake';
import type { PlainStats } from '../core/stats/normalise';

export type EndedBy = 'stopped' | 'not-connected' | 'path-lost' | 'failed';

export type Control =
	/** Clock readings are ms since 1970 by the page's own clock. */
	| { type: 'clock'; sentMs: number }
	| { type: 'clock-reply'; sentMs: number; atMs: number }
	/** How far the sender's check is. */
	| { type: 'progress'; text: string }
	/** The host begins to try a path. `servers`: what the guest is to use; null: its own. */
	| { type: 'attempt'; attempt: number; path: MeetingPath; startMs: number; servers: IceServer[] | null }
	| { type: 'events'; attempt: number; events: HandshakeEvent[] }
	| { type: 'poll'; attempt: number; atMs: number; stats: PlainStats[] }
	| { type: 'frame'; attempt: number; atMs: number }
	| { type: 'end'; attempt: number; endedBy: EndedBy; error: string | null };

/** Room for the frame around a list. */
const UNITS_AT_MOST = BODY_AT_MOST.control - 500;

const NEEDS: Record<Control['type'], Record<string, 'number' | 'string' | 'object' | 'list'>> = {
	clock: { sentMs: 'number' },
	'clock-reply': { sentMs: 'number', atMs: 'number' },
	progress: { text: 'string' },
	attempt: { attempt: 'number', path: 'object', startMs: 'number' },
	events: { attempt: 'number', events: 'list' },
	poll: { attempt: 'number', atMs: 'number', stats: 'list' },
	frame: { attempt: 'number', atMs: 'number' },
	end: { attempt: 'number', endedBy: 'string' }
};

/** null for what is no message of this protocol, whatever sent it. */
export function parseControl(body: string): Control | null {
	const value = parseJson(body);
	if (!isRecord(value) || typeof value.type !== 'string' || !Object.hasOwn(NEEDS, value.type)) return null;
	for (const [field, kind] of Object.entries(NEEDS[value.type as Control['type']])) {
		const given = value[field];
		const fits =
			kind === 'list'
				? Array.isArray(given) && given.every(isRecord)
				: kind === 'object'
					? isRecord(given)
					: typeof given === kind;
		if (!fits || (typeof given === 'number' && !Number.isFinite(given))) return null;
	}
	return value as unknown as Control;
}

/** Lists that are too long for one message go in several; an element that is too long by itself is left out. */
export function controlBodies(control: Control): string[] {
	const whole = JSON.stringify(control);
	if (whole.length <= UNITS_AT_MOST) return [whole];
	const field = control.type === 'events' ? 'events' : control.type === 'poll' ? 'stats' : null;
	if (field === null) return [];
	const bodies: string[] = [];
	let part: unknown[] = [];
	let units = 0;
	const flush = () => {
		if (part.length > 0) bodies.push(JSON.stringify({ ...control, [field]: part }));
		part = [];
		units = 0;
	};
	for (const element of (control as unknown as Record<string, unknown[]>)[field]!) {
		const length = JSON.stringify(element).length + 1;
		if (length > UNITS_AT_MOST) continue;
		if (units + length > UNITS_AT_MOST) flush();
		part.push(element);
		units += length;
	}
	flush();
	return bodies;
}

export interface NegotiationBody {
	attempt: number;
	sdp?: string;
	candidate?: RTCIceCandidateInit | null;
}

export function parseNegotiation(body: string): NegotiationBody | null {
	const value = parseJson(body);
	if (!isRecord(value) || typeof value.attempt !== 'number') return null;
	if (value.sdp !== undefined && typeof value.sdp !== 'string') return null;
	if (value.candidate !== undefined && value.candidate !== null && !isRecord(value.candidate)) return null;
	return value as unknown as NegotiationBody;
}
