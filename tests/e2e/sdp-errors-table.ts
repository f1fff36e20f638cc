/**
 * What Chromium refuses, made from descriptions of its own by one change each: its words, the rule that says the same, and the
 * line it is about. Messages of older versions that Chromium 156 cannot be made to say any more are not here:
 * `without crypto setup` (a description without keys is `without DTLS fingerprint`), `missing a MID attribute` (it makes one up,
 * which may collide: `Duplicate a=mid value`), `Duplicate ssrc` in two sections (accepted), `codec collision for payload_type`
 * (accepted, also between two video sections), `Failed to setup RTCP mux` (now `RTCP-MUX is not enabled when it is required`), and
 * `Local fingerprint does not match identity` (a changed local description is refused before it is read).
 */
export interface Originals {
	/** Audio, video and data, with its answer. */
	offer: string;
	answer: string;
	/** One video section with three layers. */
	simulcast: string;
}

export interface RefusedCase {
	name: string;
	/** In Chromium's message. */
	says: RegExp;
	/** The rule's code, and what the line looks like that it names. */
	rule: string;
	line: RegExp;
	/** The text to be judged; with `answer` it is the answer to `offer`. */
	make(from: Originals): { offer: string; answer?: string };
}

const without = (text: string, pattern: RegExp) =>
	text
		.split('\r\n')
		.filter((line) => !pattern.test(line))
		.join('\r\n');

/** Fails loudly when a browser writes otherwise than the table expects: then the case would show nothing. */
function change(text: string, pattern: RegExp, replacement: string): string {
	const changed = text.replace(pattern, replacement);
	if (changed === text) throw new Error(`Nothing in the description is like ${pattern}.`);
	return changed;
}

const parts = (text: string) => text.split(/(?=^m=)/m);

function inSection(text: string, index: number, edit: (section: string) => string): string {
	return parts(text)
		.map((part, i) => (i === index + 1 ? edit(part) : part))
		.join('');
}

const offer = (edit: (text: string) => string) => (from: Originals) => ({ offer: edit(from.offer) });
const answer = (edit: (text: string) => string) => (from: Originals) => ({ offer: from.offer, answer: edit(from.answer) });

export const REFUSED: RefusedCase[] = [
	{
		name: 'sections of the answer in another order',
		says: /order of m-lines in answer doesn't match/,
		rule: 'OA-02',
		line: /^m=video/,
		make: answer((text) => {
			const [session, audio, video, data] = parts(text);
			return [session, video, audio, data].join('');
		})
	},
	{
		name: 'a section less in the answer',
		says: /order of m-lines in answer doesn't match/,
		rule: 'OA-01',
		line: /^m=/,
		make: answer((text) => change(parts(text).slice(0, 3).join(''), /^(a=group:BUNDLE 0 1) 2/m, '$1'))
	},
	{
		name: 'other mids in the answer',
		says: /order of m-lines in answer doesn't match/,
		rule: 'OA-03',
		line: /^a=mid:x/,
		make: answer((text) => change(text, /^a=mid:0/m, 'a=mid:x').replace('BUNDLE 0', 'BUNDLE x'))
	},
	{
		name: 'no ICE credentials',
		says: /without ice-ufrag and ice-pwd/,
		rule: 'ICE-01',
		line: /^m=audio/,
		make: offer((text) => without(text, /^a=ice-(ufrag|pwd)/))
	},
	{
		name: 'no ICE credentials in the answer',
		says: /without ice-ufrag and ice-pwd/,
		rule: 'ICE-01',
		line: /^m=audio/,
		make: answer((text) => without(text, /^a=ice-(ufrag|pwd)/))
	},
	{
		name: 'no fingerprint',
		says: /without DTLS fingerprint/,
		rule: 'DTLS-01',
		line: /^m=audio/,
		make: offer((text) => without(text, /^a=fingerprint/))
	},
	{
		name: 'SDES keys instead of DTLS',
		says: /without DTLS fingerprint/,
		rule: 'DTLS-01',
		line: /^m=audio/,
		make: offer((text) => without(text.replaceAll('UDP/TLS/RTP/SAVPF', 'RTP/SAVPF'), /^a=(fingerprint|setup)/))
	},
	{
		name: 'no rtcp-mux in a bundle',
		says: /rtcp-mux must be enabled when BUNDLE/,
		rule: 'BND-05',
		line: /^m=audio/,
		make: offer((text) => without(text, /^a=rtcp-mux/))
	},
	{
		name: 'rtcp-mux not answered',
		says: /RTCP-MUX is not enabled when it is required/,
		rule: 'BND-15',
		line: /^m=audio/,
		make: answer((text) => without(text, /^a=(rtcp-mux|group)/))
	},
	{
		name: 'an unknown mid in the bundle',
		says: /BUNDLE group contains a MID='9' matching no m= section/,
		rule: 'BND-01',
		line: /^a=group/,
		make: offer((text) => change(text, /^(a=group:BUNDLE .*)\r$/m, '$1 9\r'))
	},
	{
		name: 'one mid in two bundles',
		says: /already in a BUNDLE group/,
		rule: 'BND-12',
		line: /^a=group:BUNDLE 1 2/,
		make: offer((text) => change(text, /^a=group:BUNDLE 0 1 2/m, 'a=group:BUNDLE 0 1\r\na=group:BUNDLE 1 2'))
	},
	{
		name: 'a bundled section that was not offered so',
		says: /that was not in the offered group/,
		rule: 'BND-10',
		line: /^a=group/,
		make: ({ offer: text, answer: given }) => ({
			offer: change(text, /^a=group:BUNDLE 0 1 2/m, 'a=group:BUNDLE 0 1'),
			answer: given
		})
	},
	{
		name: 'one extension id for two extensions',
		says: /codec collision for header extension id/,
		rule: 'BND-06',
		line: /^a=extmap:2 urn:example:other/,
		make: offer((text) => inSection(text, 1, (section) => change(section, /^a=extmap:2 \S+/m, 'a=extmap:2 urn:example:other')))
	},
	{
		name: 'one mid twice',
		says: /Duplicate a=mid value '0'/,
		rule: 'BND-03',
		line: /^a=mid:0/,
		make: offer((text) => change(text, /^a=mid:1/m, 'a=mid:0').replace('BUNDLE 0 1 2', 'BUNDLE 0 2'))
	},
	{
		name: 'a section without mid beside others',
		says: /Duplicate a=mid value '0'/,
		rule: 'BND-02',
		line: /^m=video/,
		make: offer((text) => change(text, /^a=mid:1\r\n/m, '').replace('BUNDLE 0 1 2', 'BUNDLE 0 2'))
	},
	{
		name: 'a mid of 20 characters',
		says: /maximum supported length of 16/,
		rule: 'BND-08',
		line: /^a=mid:1234/,
		make: offer((text) =>
			change(text, /^a=mid:1\r$/m, 'a=mid:12345678901234567890\r').replace('BUNDLE 0 1', 'BUNDLE 0 12345678901234567890')
		)
	},
	{
		name: 'simulcast without the RID extension',
		says: /negotiates simulcast but does not negotiate the RID/,
		rule: 'SIM-02',
		line: /^a=simulcast/,
		make: ({ simulcast }) => ({ offer: without(simulcast, /rtp-stream-id/) })
	},
	{
		name: 'a source group of one',
		says: /ssrc-group with semantics FID and an unexpected number of SSRCs/,
		rule: 'SRC-02',
		line: /^a=ssrc-group/,
		make: offer((text) => change(text, /^(a=ssrc-group:FID \d+) \d+/m, '$1'))
	},
	{
		name: 'a payload type that rtcp-mux forbids',
		says: /used an invalid payload type 70/,
		rule: 'PT-04',
		line: /^m=audio/,
		make: offer((text) => inSection(text, 0, (section) => change(section, /\b111\b/g, '70')))
	},
	{
		name: 'both sides only send',
		says: /Incompatible receive direction/,
		rule: 'OA-04',
		line: /^a=send/,
		make: ({ offer: text, answer: given }) => ({ offer: change(text, /^a=sendrecv/m, 'a=sendonly'), answer: given })
	},
	{
		name: 'two tracks in one section',
		says: /Two different track IDs in msid/,
		rule: 'SRC-06',
		line: /^a=msid:/,
		make: offer((text) => change(text, /^(a=msid:\S+ )(\S+)\r$/m, '$1$2\r\n$1another-track\r'))
	},
	{
		name: 'two fingerprints for all sections',
		says: /multiple fingerprint attributes at the same level/,
		rule: 'DTLS-13',
		line: /^a=fingerprint/,
		make: offer((text) => {
			const [print] = /^a=fingerprint:.*$/m.exec(text)!;
			return change(
				text,
				/^a=group/m,
				`${print}\n${print.replace(/..\r?$/, (end) => (end.startsWith('00') ? '11\r' : '00\r'))}\na=group`
			);
		})
	},
	{
		name: 'an SCTP port that is no number',
		says: /Invalid sctp port value/,
		rule: 'DC-02',
		line: /^a=sctp-port:abc/,
		make: offer((text) => change(text, /^a=sctp-port:\d+/m, 'a=sctp-port:abc'))
	},
	{
		name: 'a message size that is no number',
		says: /Invalid SCTP max message size/,
		rule: 'DC-02',
		line: /^a=max-message-size:abc/,
		make: offer((text) => change(text, /^a=max-message-size:\d+/m, 'a=max-message-size:abc'))
	},
	{
		name: 'an encrypted extension inside an encrypted one',
		says: /Recursive encrypted header/,
		rule: 'EXT-01',
		line: /^a=extmap:1 .*encrypt .*encrypt/,
		make: offer((text) => {
			const encrypt = 'urn:ietf:params:rtp-hdrext:encrypt';
			return change(text, /^a=extmap:1 \S+/m, `a=extmap:1 ${encrypt} ${encrypt}`);
		})
	},
	{
		name: 'a user fragment of two characters',
		says: /Invalid ICE parameters: ICE ufrag must be between/,
		rule: 'ICE-02',
		line: /^a=ice-ufrag:ab/,
		make: offer((text) => change(text, /^a=ice-ufrag:\S+/gm, 'a=ice-ufrag:ab'))
	},
	{
		name: 'a password of two characters',
		says: /Invalid ICE parameters: ICE pwd must be between/,
		rule: 'ICE-02',
		line: /^a=ice-pwd:ab/,
		make: offer((text) => change(text, /^a=ice-pwd:\S+/gm, 'a=ice-pwd:ab'))
	},
	{
		name: 'no role in an answer',
		says: /Answerer must use either active or passive/,
		rule: 'DTLS-06',
		line: /^a=setup:actpass/,
		make: answer((text) => change(text, /^a=setup:\S+/gm, 'a=setup:actpass'))
	},
	{
		name: 'a digest that begins with a colon',
		says: /Failed to create fingerprint from the digest/,
		rule: 'DTLS-02',
		line: /^a=fingerprint/,
		make: offer((text) => change(text, /^a=fingerprint:sha-256 ../m, 'a=fingerprint:sha-256 '))
	},
	{ name: 'no origin', says: /Expect line: o=/, rule: 'SYN-03', line: /^v=0/, make: offer((text) => without(text, /^o=/)) },
	{ name: 'no time', says: /Expect line: t=/, rule: 'SYN-03', line: /^v=0/, make: offer((text) => without(text, /^t=/)) },
	{
		name: 'name before origin',
		says: /Expect line: o=/,
		rule: 'SYN-02',
		line: /^o=/,
		make: offer((text) => change(text, /^(o=.*\r\n)(s=.*\r\n)/m, '$2$1'))
	},
	{
		name: 'a short m= line',
		says: /Expects at least 4 fields/,
		rule: 'SYN-06',
		line: /^m=audio 9\s*$/,
		make: offer((text) => change(text, /^m=audio .*\r$/m, 'm=audio 9\r'))
	},
	{
		name: 'a short origin',
		says: /Expects 6 fields/,
		rule: 'SYN-04',
		line: /^o=- 1 2 IN\s*$/,
		make: offer((text) => change(text, /^o=.*\r$/m, 'o=- 1 2 IN\r'))
	},
	{
		name: 'a codec without name',
		says: /Expects at least 2 fields/,
		rule: 'SYN-17',
		line: /^a=rtpmap:111\s*$/,
		make: offer((text) => change(text, /^a=rtpmap:111 .*\r$/m, 'a=rtpmap:111\r'))
	},
	{
		name: 'an address of a family that is none',
		says: /Failed to parse the connection data/,
		rule: 'SYN-12',
		line: /^c=IN IP5/,
		make: offer((text) => change(text, /^c=IN IP4/m, 'c=IN IP5'))
	},
	{
		name: 'a line that is none',
		says: /Invalid SDP line/,
		rule: 'SYN-07',
		line: /^hello there/,
		make: offer((text) => change(text, /^a=mid:0/m, 'hello there\r\na=mid:0'))
	},
	{
		name: 'blanks around the equals sign',
		says: /Invalid SDP line/,
		rule: 'SYN-10',
		line: /^a = mid/,
		make: offer((text) => change(text, /^a=mid:0/m, 'a = mid:0'))
	},
	{
		name: 'an empty line',
		says: /Invalid SDP line/,
		rule: 'SYN-20',
		line: /^\s*$/,
		make: offer((text) => change(text, /^a=mid:0/m, '\r\na=mid:0'))
	},
	{
		name: 'feedback for a codec that is not listed',
		says: /Failed to parse codecs correctly/,
		rule: 'PT-02',
		line: /^a=rtcp-fb:77/,
		make: offer((text) => change(text, /^a=rtcp-fb:111/m, 'a=rtcp-fb:77'))
	},
	{
		name: 'retransmission of itself',
		says: /./,
		rule: 'PT-06',
		line: /^a=fmtp:97 apt=97/,
		make: offer((text) => change(text, /^a=fmtp:97 apt=\d+/m, 'a=fmtp:97 apt=97'))
	},
	{
		name: 'a time to live behind an address',
		says: /Failed to parse the connection data/,
		rule: 'SYN-12',
		line: /^c=IN IP4 0\.0\.0\.0\/127/,
		make: offer((text) => change(text, /^c=IN IP4 .*$/m, 'c=IN IP4 0.0.0.0/127'))
	},
	{
		name: 'two lines of simulcast',
		says: /Multiple Simulcast attributes/,
		rule: 'SYN-15',
		line: /^a=simulcast:send q$/,
		make: ({ simulcast }) => ({
			offer: change(simulcast, /^a=simulcast:send .*$/m, 'a=simulcast:send h;f\r\na=simulcast:send q')
		})
	},
	{
		name: 'a direction of simulcast twice',
		says: /./,
		rule: 'SYN-17',
		line: /^a=simulcast:send q;h send f/,
		make: ({ simulcast }) => ({ offer: change(simulcast, /^a=simulcast:send .*$/m, 'a=simulcast:send q;h send f') })
	},
	{
		name: 'a candidate that is cut off',
		says: /Expect at least 8 fields/,
		rule: 'ICE-04',
		line: /^a=candidate:1 1 udp foo/,
		make: offer((text) => change(text, /^a=mid:0/m, 'a=candidate:1 1 udp foo\r\na=mid:0'))
	}
];
