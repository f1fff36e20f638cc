/** What descriptions are for, as far as they show it. */
import type { Description } from '../text/description';
import type { Profile } from './rules/rule';

/** RTP as telephones speak it. */
const PLAIN_RTP = /^RTP\/(?:AVP|AVPF|SAVP)$/i;
/** Of RTSP (RFC 7826 §18.3) and of clocks in studios (RFC 7273): descriptions that are fetched and never answered. */
const DECLARATIVE = ['control', 'range', 'ts-refclk', 'mediaclk'];

/** Null where nothing tells them from WebRTC: a fingerprint, ICE, or no plain RTP. */
export function guessProfile(descriptions: readonly Description[]): Exclude<Profile, 'webrtc'> | null {
	const lines = descriptions.flatMap(({ document }) => document.lines);
	const has = (...names: string[]) => lines.some(({ type, name }) => type === 'a' && names.includes(name));
	const sections = descriptions.flatMap((each) => each.sections).filter(({ isRtp }) => isRtp);
	if (sections.length === 0 || !sections.every(({ protocol }) => PLAIN_RTP.test(protocol))) return null;
	if (has('fingerprint', 'ice-ufrag')) return null;
	return has(...DECLARATIVE) ? 'declarative' : 'sip';
}
