/** Codecs compared and named: what counts as the same codec on both sides of an exchange. */
import { entryOf } from '../../base/record';
import type { Codec, Section } from './description';
import { ABSENT_PROFILE_LEVEL_ID, h264Profile } from './h264-profile';

/** Formats that carry no audio or video of their own. */
const HELPERS = new Set(['rtx', 'red', 'ulpfec', 'flexfec', 'flexfec-03', 'telephone-event', 'cn', 'parityfec']);

/** `opus/48000/2`, `VP8/90000`; one channel is not written out. */
export function codecName(codec: Codec): string {
	return `${codec.name}/${codec.clockRate}${codec.channels > 1 ? `/${codec.channels}` : ''}`;
}

export function isHelper(codec: Codec): boolean {
	return HELPERS.has(codec.name.toLowerCase());
}

/** Same name (case does not matter, RFC 8866 §6.6), clock rate and channels. */
export function sameCodec(a: Codec, b: Codec): boolean {
	return (
		(a.name === b.name || a.name.toLowerCase() === b.name.toLowerCase()) &&
		a.clockRate === b.clockRate &&
		a.channels === b.channels
	);
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

/** The fmtp parameters of a payload type, all its fmtp lines together. */
export function parametersOf(section: Section, payloadType: number): ReadonlyMap<string, string> {
	return section.parameters.get(String(payloadType)) ?? NO_PARAMETERS;
}

/** The parameters that make two entries of one codec different codecs, with the value they have when absent. */
const DECISIVE: Record<string, readonly (readonly [name: string, absent: string])[]> = {
	h264: [['packetization-mode', '0']],
	vp9: [['profile-id', '0']],
	av1: [['profile', '0']],
	h265: [
		['profile-id', '1'],
		['tx-mode', 'SRST']
	]
};

/** How two entries of the same codec differ in what must agree; null when they agree. */
export function decisiveDifference(
	codec: Codec,
	a: ReadonlyMap<string, string>,
	b: ReadonlyMap<string, string>
): { parameter: string; a: string; b: string } | null {
	if (a === b) return null;
	const name = codec.name.toLowerCase();
	for (const [parameter, absent] of entryOf(DECISIVE, name) ?? []) {
		const [left, right] = [a.get(parameter) ?? absent, b.get(parameter) ?? absent];
		if (left !== right) return { parameter, a: left, b: right };
	}
	if (name === 'h264' && a.get('profile-level-id') !== b.get('profile-level-id') && h264Profile(a) !== h264Profile(b)) {
		return { parameter: 'profile-level-id', a: h264Words(a), b: h264Words(b) };
	}
	return null;
}

/** `42801f (baseline)`. */
function h264Words(parameters: ReadonlyMap<string, string>): string {
	const profile = h264Profile(parameters);
	const id = parameters.get('profile-level-id');
	const words = /^[0-9a-f]{4}$/.test(profile) ? '' : ` (${profile})`;
	return id === undefined ? `${ABSENT_PROFILE_LEVEL_ID}, since it is absent${words}` : `${id}${words}`;
}

/** The entries of `there` that can talk to this codec of `here`, best first. */
export function matchesOf(codec: Codec, here: Section, there: Section): Codec[] {
	const own = parametersOf(here, codec.payloadType);
	return there.listed.filter(
		(other) => sameCodec(codec, other) && !decisiveDifference(codec, own, parametersOf(there, other.payloadType))
	);
}
