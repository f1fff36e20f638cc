/** How long reading and linting take against sdp-transform's parse alone, on one offer of 26 video sections. Goal: below 3. */
import { parse } from 'sdp-transform';
import { lintSingle } from '../../src/lib/core/sdp/lint/lint';

const RUNS = 15;
/** Together, so that the collector's work falls on the one that made it. */
const BLOCK = 10;

export async function main(): Promise<number> {
	const text = largeOffer(26);
	const [theirsMs, oursMs] = cpuMs(
		() => parse(text),
		() => lintSingle(text)
	);
	const ratio = oursMs / theirsMs;
	console.log(
		`${text.split('\r\n').length - 1} lines: parse and lint ${oursMs.toFixed(1)} ms, sdp-transform's parse ${theirsMs.toFixed(1)} ms, ratio ${ratio.toFixed(2)}`
	);
	return ratio < 3 ? 0 : 1;
}

/**
 * Time of the processor for one run of each, garbage collection with it: the clock on the wall measures what else the
 * machine does. In turn, and the first half of the runs only lets the compiler see the code.
 */
function cpuMs(one: () => unknown, other: () => unknown): [number, number] {
	const spent: [number, number] = [0, 0];
	for (let i = 0; i < 2 * RUNS; i++) {
		for (const [at, run] of [one, other].entries()) {
			const begun = process.cpuUsage();
			for (let times = 0; times < BLOCK; times++) run();
			const { user, system } = process.cpuUsage(begun);
			if (i >= RUNS) spent[at]! += (user + system) / 1000;
		}
	}
	return [spent[0] / RUNS / BLOCK, spent[1] / RUNS / BLOCK];
}

/** Made up in the manner of a browser: codecs with rtx, feedback and fmtp, extensions, sources. */
function largeOffer(sections: number): string {
	const print = Array.from({ length: 32 }, (_, i) => (i * 7 + 16).toString(16).toUpperCase().slice(-2)).join(':');
	const mids = Array.from({ length: sections }, (_, i) => i).join(' ');
	const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${mids}`];
	const payloads = Array.from({ length: 26 }, (_, i) => 96 + i);
	for (let mid = 0; mid < sections; mid++) {
		lines.push(
			`m=video 9 UDP/TLS/RTP/SAVPF ${payloads.join(' ')}`,
			'c=IN IP4 0.0.0.0',
			'a=ice-ufrag:abcd',
			'a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t'
		);
		lines.push(
			'a=ice-options:trickle',
			`a=fingerprint:sha-256 ${print}`,
			'a=setup:actpass',
			`a=mid:${mid}`,
			'a=rtcp-mux',
			'a=sendrecv'
		);
		for (let id = 1; id < 12; id++) lines.push(`a=extmap:${id} urn:ietf:params:rtp-hdrext:example-${id}`);
		for (let i = 0; i < payloads.length; i += 2) {
			lines.push(
				`a=rtpmap:${payloads[i]} H264/90000`,
				...['goog-remb', 'transport-cc', 'ccm fir', 'nack', 'nack pli'].map((value) => `a=rtcp-fb:${payloads[i]} ${value}`)
			);
			lines.push(`a=fmtp:${payloads[i]} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f`);
			lines.push(`a=rtpmap:${payloads[i + 1]} rtx/90000`, `a=fmtp:${payloads[i + 1]} apt=${payloads[i]}`);
		}
		lines.push(`a=ssrc:${mid + 1} cname:a`, `a=ssrc:${mid + 1} msid:stream track-${mid}`);
	}
	return `${lines.join('\r\n')}\r\n`;
}
