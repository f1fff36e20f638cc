/** Changes of one section of the other end's description: its codecs, header extensions, sources, layers and data channels. */
import { drop, kindOf, payloadTypesOf, put, removePayloadType, renumber, swap, valueOf, type Parts } from './parts';

export type SectionEdit = (section: string[], parts: Parts) => unknown;

export const PRINT = 'sha-256 29:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2';
const TOFFSET = 'urn:ietf:params:rtp-hdrext:toffset';
const UNKNOWN = 'urn:example:nobody-knows-it';
const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
const DIRECTION = /^a=(sendrecv|sendonly|recvonly|inactive)$/;

/** To one section. */
export const SECTION: Record<string, SectionEdit> = {
	rejected: (section) => swap(section, /^(m=\S+) \d+/, '$1 0'),
	'rejected-out-of-group': (section, { session }) => {
		const mid = valueOf(section, 'mid');
		swap(section, /^(m=\S+) \d+/, '$1 0');
		swap(session, /^a=group:BUNDLE/, (line) =>
			line
				.split(' ')
				.filter((word) => word !== mid)
				.join(' ')
		);
	},
	'rejected-bundle-only': (section) => {
		swap(section, /^(m=\S+) \d+/, '$1 0');
		put(section, 'a=bundle-only');
	},
	'out-of-group': (section, { session }) =>
		swap(session, /^a=group:BUNDLE/, (line) =>
			line
				.split(' ')
				.filter((word) => word !== valueOf(section, 'mid'))
				.join(' ')
		),
	'mid-other': (section) => swap(section, /^a=mid:.*/, 'a=mid:other'),
	'mid-other-and-group': (section, { session }) => {
		const mid = valueOf(section, 'mid');
		swap(section, /^a=mid:.*/, 'a=mid:other');
		swap(session, /^a=group:BUNDLE/, (line) =>
			line
				.split(' ')
				.map((word) => (word === mid ? 'other' : word))
				.join(' ')
		);
	},
	'mid-of-next': (section, { sections }) => {
		const next = sections[sections.indexOf(section) + 1];
		if (next) swap(section, /^a=mid:.*/, `a=mid:${valueOf(next, 'mid')}`);
	},
	'mids-swapped-with-next': (section, { sections }) => {
		const next = sections[sections.indexOf(section) + 1];
		if (!next) return;
		const [here, there] = [valueOf(section, 'mid'), valueOf(next, 'mid')];
		swap(section, /^a=mid:.*/, `a=mid:${there}`);
		swap(next, /^a=mid:.*/, `a=mid:${here}`);
	},
	'kind-other': (section) =>
		section[0]!.startsWith('m=application') ||
		swap(section, /^m=(audio|video)/, (line) => line.replace(/^m=\w+/, kindOf(section) === 'audio' ? 'm=video' : 'm=audio')),
	'kind-text': (section) => swap(section, /^m=\w+/, 'm=text'),
	'port-other': (section) => swap(section, /^(m=\S+) \d+/, '$1 4711'),
	...Object.fromEntries(
		DIRECTIONS.map((direction): [string, SectionEdit] => [direction, (section) => swap(section, DIRECTION, `a=${direction}`)])
	),
	'no-direction': (section) => drop(section, DIRECTION),
	'two-directions': (section) => put(section, 'a=inactive'),
	'rtcp-mux-only': (section) => put(section, 'a=rtcp-mux-only'),
	'fingerprint-second': (section) => put(section, `a=fingerprint:${PRINT}`),
	'extension-added': (section) => put(section, `a=extmap:9 ${UNKNOWN}`),
	'known-extension-added': (section) => section.some((line) => line.endsWith(TOFFSET)) || put(section, `a=extmap:9 ${TOFFSET}`),
	'extension-added-15': (section) => put(section, `a=extmap:15 ${UNKNOWN}`),
	'extension-id-other': (section) =>
		swap(section, /^a=extmap:\d+(\S*) (urn:ietf:params:rtp-hdrext:sdes:mid)$/, 'a=extmap:12$1 $2'),
	'extension-id-high': (section) =>
		swap(section, /^a=extmap:\d+(\S*) (urn:ietf:params:rtp-hdrext:sdes:mid)$/, 'a=extmap:200$1 $2'),
	'extension-id-zero': (section) => swap(section, /^a=extmap:\d+(\S*) (urn:ietf:params:rtp-hdrext:sdes:mid)$/, 'a=extmap:0$1 $2'),
	'extension-ids-swapped': (section) => {
		const [one, two] = section.filter((line) => line.startsWith('a=extmap:')).map((line) => /^a=extmap:(\d+)/.exec(line)![1]!);
		if (one && two)
			swap(section, new RegExp(`^a=extmap:(${one}|${two})\\b`), (line) =>
				line.replace(/^a=extmap:\d+/, (id) => `a=extmap:${id.endsWith(`:${one}`) ? two : one}`)
			);
	},
	'extension-uri-other': (section) => swap(section, /^(a=extmap:\S+) urn:ietf:params:rtp-hdrext:sdes:mid$/, `$1 ${UNKNOWN}`),
	'extension-uri-known': (section) =>
		swap(section, /^(a=extmap:\S+) urn:ietf:params:rtp-hdrext:sdes:mid$/, `$1 urn:3gpp:video-orientation`),
	'extension-twice': (section) => {
		const first = section.find((line) => line.startsWith('a=extmap:'));
		if (first) put(section, first);
	},
	'extension-direction': (section) =>
		swap(section, /^a=extmap:(\d+) (urn:ietf:params:rtp-hdrext:sdes:mid)$/, 'a=extmap:$1/sendonly $2'),
	'codec-unknown-added': (section) => codecs(section) && (section[0] += ' 59') && put(section, 'a=rtpmap:59 X-NOBODY/90000'),
	'codec-known-added': (section) =>
		codecs(section) &&
		(section[0] += ' 59') &&
		put(section, kindOf(section) === 'audio' ? 'a=rtpmap:59 L16/44100/2' : 'a=rtpmap:59 H265/90000'),
	'codec-number-other': (section) => first(section) && renumber(section, first(section)!, '59'),
	'codec-number-of-second': (section) => {
		const [one, two] = payloadTypesOf(section);
		if (!one || !two) return;
		renumber(section, one.payloadType, '200');
		renumber(section, two.payloadType, one.payloadType);
		renumber(section, '200', two.payloadType);
	},
	'codec-renamed': (section) => swap(section, new RegExp(`^(a=rtpmap:${first(section)}) [^/]+`), '$1 X-NOBODY'),
	'codec-becomes-second': (section) => {
		const [one] = payloadTypesOf(section);
		const other = payloadTypesOf(section).find(({ codec }) => codec !== one!.codec && codec !== 'rtx');
		const map = section.find((line) => line.startsWith(`a=rtpmap:${other?.payloadType} `));
		if (one && other && map)
			swap(section, new RegExp(`^a=rtpmap:${one.payloadType} .*`), `a=rtpmap:${one.payloadType} ${map.split(' ')[1]}`);
	},
	'all-codecs-renamed': (section) => swap(section, /^(a=rtpmap:\d+) [^/]+/, '$1 X-NOBODY'),
	'helpers-alone': (section) => {
		for (const { payloadType, codec } of payloadTypesOf(section))
			if (!/^(rtx|red|telephone-event|cn|ulpfec)$/.test(codec)) removePayloadType(section, payloadType);
		for (const word of ['0', '8', '9']) removePayloadType(section, word);
	},
	'clock-rate-other': (section) => swap(section, new RegExp(`^(a=rtpmap:${first(section)} [^/]+)/\\d+`), '$1/16000'),
	'channels-other': (section) => swap(section, new RegExp(`^(a=rtpmap:${first(section)} [^/]+/\\d+).*`), '$1/1'),
	'no-rtpmap': (section) => drop(section, new RegExp(`^a=rtpmap:${first(section)} `)),
	'first-codec-gone': (section) => first(section) && removePayloadType(section, first(section)!),
	'first-codec-alone': (section) => {
		for (const { payloadType } of payloadTypesOf(section).slice(1)) removePayloadType(section, payloadType);
		for (const word of ['0', '8', '9']) if (first(section) !== word) removePayloadType(section, word);
	},
	'codecs-reversed': (section) => {
		const words = section[0]!.split(' ');
		section[0] = [...words.slice(0, 3), ...words.slice(3).reverse()].join(' ');
	},
	'payload-type-twice': (section) => codecs(section) && (section[0] += ` ${first(section)}`),
	'payload-type-unmapped': (section) => codecs(section) && (section[0] += ' 61'),
	'payload-type-rtcp': (section) => first(section) && renumber(section, first(section)!, '72'),
	'rtx-of-nothing': (section) => swap(section, /^(a=fmtp:\d+ apt=)\d+$/, '$161'),
	'rtx-of-itself': (section) => swap(section, /^a=fmtp:(\d+) apt=\d+$/, 'a=fmtp:$1 apt=$1'),
	'rtx-of-another': (section) => {
		const plain = payloadTypesOf(section).filter(({ codec }) => codec !== 'rtx');
		const fmtp = section.find((line) => /^a=fmtp:\d+ apt=/.test(line));
		const other = plain.find(({ payloadType }) => !fmtp?.endsWith(`=${payloadType}`));
		if (fmtp && other) section[section.indexOf(fmtp)] = fmtp.replace(/=\d+$/, `=${other.payloadType}`);
	},
	'h264-profile-other': (section) => swap(section, /profile-level-id=[0-9a-f]{6}/, 'profile-level-id=640c1f'),
	'h264-mode-other': (section) =>
		swap(section, /packetization-mode=\d/, (line) =>
			line.replace(/packetization-mode=(\d)/, (_, mode: string) => `packetization-mode=${1 - Number(mode)}`)
		),
	'h264-profile-malformed': (section) => swap(section, /profile-level-id=[0-9a-f]{6}/, 'profile-level-id=zz'),
	'vp9-profile-other': (section) => swap(section, /profile-id=\d/, 'profile-id=1'),
	'av1-profile-other': (section) => swap(section, /;profile=\d/, ';profile=2'),
	'feedback-not-offered': (section) => first(section) && put(section, `a=rtcp-fb:${first(section)} x-nobody`),
	'feedback-for-all': (section) => codecs(section) && put(section, 'a=rtcp-fb:* nack'),
	'feedback-unlisted': (section) => codecs(section) && put(section, 'a=rtcp-fb:61 nack'),
	'fmtp-unlisted': (section) => codecs(section) && put(section, 'a=fmtp:61 x=1'),
	'source-changed': (section) => swap(section, /^a=ssrc:\d+/, 'a=ssrc:4711'),
	'source-of-next': (section, { sections }) => {
		const source = /^a=ssrc:(\d+)/m.exec((sections[sections.indexOf(section) + 1] ?? []).join('\n'))?.[1];
		if (source) put(section, `a=ssrc:${source} cname:x`);
	},
	'source-group-short': (section) => swap(section, /^(a=ssrc-group:FID \d+).*/, '$1'),
	'msid-other': (section) => swap(section, /^a=msid:.*/, 'a=msid:another stream'),
	'msid-two-tracks': (section) => section.some((line) => line.startsWith('a=msid:')) && put(section, 'a=msid:one other'),
	'cname-other': (section) => swap(section, /cname:.*/, 'cname:other'),
	'simulcast-same-direction': (section) => {
		swap(section, /^a=rid:(\S+) (send|recv)/, (line) =>
			line.replace(/ (send|recv)/, (word) => (word === ' send' ? ' recv' : ' send'))
		);
		swap(section, /^a=simulcast:(send|recv)/, (line) =>
			line.replace(/:(send|recv)/, (word) => (word === ':send' ? ':recv' : ':send'))
		);
	},
	'no-simulcast': (section) => drop(section, /^a=simulcast/),
	'no-rids': (section) => drop(section, /^a=rid:/),
	'no-simulcast-and-rids': (section) => drop(section, /^a=(rid|simulcast):/),
	'first-layer-gone': (section) => {
		const rid = /^a=rid:(\S+)/m.exec(section.join('\n'))?.[1];
		if (!rid) return;
		drop(section, new RegExp(`^a=rid:${rid} `));
		swap(section, /^a=simulcast:/, (line) => line.replace(new RegExp(`([: ])~?${rid};`), '$1'));
	},
	'layer-added': (section) => {
		const line = section.find((each) => each.startsWith('a=simulcast:'));
		if (!line) return;
		swap(section, /^a=simulcast:.*/, `${line};z`);
		put(section, `a=rid:z ${/^a=simulcast:(\w+)/.exec(line)![1]}`);
	},
	'layers-reversed': (section) =>
		swap(
			section,
			/^(a=simulcast:\w+) (.*)/,
			(line) => `${line.split(' ')[0]} ${line.split(' ')[1]!.split(';').reverse().join(';')}`
		),
	'layers-paused': (section) => swap(section, /^(a=simulcast:\w+) (.*)/, (line) => line.replace(/ /, ' ~').replaceAll(';', ';~')),
	'layer-renamed': (section) => swap(section, /^a=(rid|simulcast):/, (line) => line.replace(/([: ~;])h([ ;]|$)/, '$1k$2')),
	'layer-alternatives': (section) => swap(section, /^a=simulcast:/, (line) => line.replace(';', ',')),
	'simulcast-added': (section) =>
		codecs(section) &&
		!section.some((line) => line.startsWith('a=simulcast')) &&
		put(section, 'a=rid:q send', 'a=rid:h send', 'a=simulcast:send q;h'),
	'simulcast-added-recv': (section) =>
		codecs(section) &&
		!section.some((line) => line.startsWith('a=simulcast')) &&
		put(section, 'a=rid:q recv', 'a=rid:h recv', 'a=simulcast:recv q;h'),
	'sctp-port-other': (section) => swap(section, /^a=sctp-port:.*/, 'a=sctp-port:5001'),
	'sctp-port-zero': (section) => swap(section, /^a=sctp-port:.*/, 'a=sctp-port:0'),
	'sctp-port-high': (section) => swap(section, /^a=sctp-port:.*/, 'a=sctp-port:65536'),
	'no-sctp-port': (section) => drop(section, /^a=sctp-port/),
	'message-size-zero': (section) => swap(section, /^a=max-message-size:.*/, 'a=max-message-size:0'),
	'message-size-small': (section) => swap(section, /^a=max-message-size:.*/, 'a=max-message-size:1200'),
	'message-size-large': (section) => swap(section, /^a=max-message-size:.*/, 'a=max-message-size:2147483648'),
	'no-message-size': (section) => drop(section, /^a=max-message-size/),
	'data-draft': (section) => swap(section, /^(m=application \d+) .*/, '$1 DTLS/SCTP 5000'),
	'data-format-other': (section) => swap(section, /^(m=application.*) webrtc-datachannel/, '$1 x-other'),
	'data-over-tcp': (section) => swap(section, /^(m=application \d+) UDP/, '$1 TCP')
};

function codecs(section: string[]): boolean {
	return /^m=(audio|video) /.test(section[0]!);
}

function first(section: string[]): string | null {
	return codecs(section) ? (section[0]!.split(' ')[3] ?? null) : null;
}
