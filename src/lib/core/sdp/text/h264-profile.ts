/** The profile and level of H.264 in profile-level-id (RFC 6184 §8.1). */

/** profile_idc, profile-iop with x for bits that do not matter, and the profile: RFC 6184 §8.1, table 5, and constrained high (H.264 annex A). */
const PROFILES: readonly (readonly [idc: string, iop: string, name: string])[] = [
	['42', 'x1xx0000', 'constrained baseline'],
	['4d', '1xxx0000', 'constrained baseline'],
	['58', '11xx0000', 'constrained baseline'],
	['42', 'x0xx0000', 'baseline'],
	['58', '10xx0000', 'baseline'],
	['4d', '0x0x0000', 'main'],
	['58', '00xx0000', 'extended'],
	['64', '00000000', 'high'],
	['64', '00001100', 'constrained high'],
	['6e', '00000000', 'high 10'],
	['7a', '00000000', 'high 4:2:2'],
	['f4', '00000000', 'high 4:4:4 predictive'],
	['6e', '00010000', 'high 10 intra'],
	['7a', '00010000', 'high 4:2:2 intra'],
	['f4', '00010000', 'high 4:4:4 intra'],
	['2c', '00010000', 'CAVLC 4:4:4 intra']
];

export const H264_PROFILE_NAMES: readonly string[] = PROFILES.map(([, , name]) => name);

export interface H264ProfileLevel {
	/** Null where profile_idc and constraints are no known profile. */
	profile: string | null;
	/** Ten times the level; 1b is 10.5, between 1 and 1.1. */
	levelTenths: number;
}

/** What an absent profile-level-id means: baseline, level 1 (RFC 6184 §8.1). */
export const ABSENT_PROFILE_LEVEL_ID = '420010';

export function readProfileLevelId(text: string): H264ProfileLevel | null {
	if (!/^[0-9a-f]{6}$/i.test(text)) return null;
	const idc = text.slice(0, 2).toLowerCase();
	const iop = parseInt(text.slice(2, 4), 16);
	const level = parseInt(text.slice(4), 16);
	const bits = iop.toString(2).padStart(8, '0');
	const found = PROFILES.find(([id, pattern]) => id === idc && [...pattern].every((bit, i) => bit === 'x' || bit === bits[i]));
	const is1b = level === 9 || (level === 11 && (iop & 0x10) !== 0 && ['42', '4d', '58'].includes(idc));
	return { profile: found?.[2] ?? null, levelTenths: is1b ? 10.5 : level };
}

/** The profile, which both sides must have in common, without the level, which may differ (RFC 6184 §8.2.2). */
export function h264Profile(parameters: ReadonlyMap<string, string>): string {
	const id = parameters.get('profile-level-id') ?? ABSENT_PROFILE_LEVEL_ID;
	return readProfileLevelId(id)?.profile ?? id.slice(0, 4).toLowerCase();
}

/** `3.1`, `1b`. */
export function levelName(levelTenths: number): string {
	return levelTenths === 10.5 ? '1b' : (levelTenths / 10).toFixed(1);
}
