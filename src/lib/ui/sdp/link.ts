/** Links to the SDP workbench that carry their texts in the fragment, which browsers never send to a server. */
import { parseJson } from '../../core/base/record';
import type { Role } from '../../core/sdp/text/description';
import type { Profile } from '../../core/sdp/lint/rules/rule';
import { pack, unpack } from '../share';

export interface SharedSdp {
	profile: Profile;
	texts: { text: string; role: Role | null; name: string | null }[];
}

export type SdpFragment = { kind: 'nothing' } | { kind: 'sdp'; shared: SharedSdp } | { kind: 'unreadable' };

const PROFILES: readonly unknown[] = ['webrtc', 'sip', 'declarative'];
/** A series of rounds is a few dozen texts; a link with more was made by hand. */
const MOST_TEXTS = 100;

export async function sdpLink(pageUrl: string, shared: SharedSdp): Promise<string> {
	const url = new URL('/sdp', pageUrl);
	const texts = shared.texts.map(({ text, role, name }) => ({ text, ...(role ? { role } : {}), ...(name ? { name } : {}) }));
	url.hash = `sdp=${await pack(JSON.stringify({ profile: shared.profile, texts }))}`;
	return url.href;
}

/** Reads `#sdp=…`. */
export async function readSdpFragment(fragment: string): Promise<SdpFragment> {
	const found = /#sdp=([A-Za-z0-9_-]+)\s*$/.exec(fragment);
	if (!found) return { kind: 'nothing' };
	const unpacked = await unpack(found[1]!);
	const shared = unpacked.ok ? parse(unpacked.value) : null;
	return shared ? { kind: 'sdp', shared } : { kind: 'unreadable' };
}

function parse(text: string): SharedSdp | null {
	try {
		const raw = parseJson(text) as { profile?: unknown; texts?: unknown } | null | undefined;
		if (!Array.isArray(raw?.texts)) return null;
		const texts = raw.texts.slice(0, MOST_TEXTS).flatMap((each: { text?: unknown; role?: unknown; name?: unknown } | null) => {
			if (typeof each?.text !== 'string') return [];
			const role: Role | null = each.role === 'offer' || each.role === 'answer' ? each.role : null;
			return [{ text: each.text, role, name: typeof each.name === 'string' ? each.name.slice(0, 100) : null }];
		});
		if (texts.length === 0) return null;
		return { profile: PROFILES.includes(raw.profile) ? (raw.profile as Profile) : 'webrtc', texts };
	} catch {
		return null;
	}
}
