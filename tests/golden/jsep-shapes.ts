/**
 * Ten descriptions with the structure of the examples in RFC 9429 §7: the same kinds of sections in the same order, with the same
 * attributes, groups, rounds and sides, and every value our own. Three calls: a simple one (§7.1), one with a second round from the other
 * end that adds simulcast (§7.2), and one that begins before anybody has answered, over a relay alone (§7.3).
 */
import type { Exchange } from '../support/sdp-captures';

interface Person {
	session: string;
	stream: string;
	ufrag: string;
	password: string;
	fingerprint: string;
	tlsId: string;
	/** Host, as seen from outside, and at its relay. */
	addresses: readonly [host: string, seen: string, relay: string];
}

const fingerprint = (first: number) =>
	Array.from({ length: 32 }, (_, i) => ((first + 37 * i) % 256).toString(16).padStart(2, '0').toUpperCase()).join(':');

const ANNA: Person = {
	session: '310022004400',
	stream: 'anna-stream',
	ufrag: 'annA',
	password: 'annas/password/of/24+abc',
	fingerprint: fingerprint(11),
	tlsId: 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf',
	addresses: ['198.51.100.10', '203.0.113.10', '192.0.2.10']
};

const BERT: Person = {
	session: '770088009900',
	stream: 'bert-stream',
	ufrag: 'berT',
	password: 'berts/password/of/24+xyz',
	fingerprint: fingerprint(90),
	tlsId: 'b0b1b2b3b4b5b6b7b8b9babbbcbdbebf',
	addresses: ['198.51.100.20', '203.0.113.20', '192.0.2.20']
};

/** Address and port of a section; nothing is known of it before candidates are. */
interface At {
	address: string;
	port: number;
}
const NOWHERE: At = { address: '0.0.0.0', port: 9 };

interface TransportOptions {
	setup: 'actpass' | 'active' | 'passive';
	/** RTCP may have a port of its own, as in offers to ends that are not known. */
	rtcpPort?: number;
	muxOnly?: boolean;
	candidates?: readonly string[];
	/** Credentials differ where a section has a transport of its own. */
	suffix?: string;
}

type Direction = 'sendrecv' | 'sendonly' | 'recvonly';

function session(
	{ session }: Person,
	version: number,
	mids: readonly string[],
	synchronized: readonly string[] | null
): string[] {
	return [
		'v=0',
		`o=- ${session} ${version} IN IP4 0.0.0.0`,
		's=-',
		't=0 0',
		'a=ice-options:trickle ice2',
		`a=group:BUNDLE ${mids.join(' ')}`,
		...(synchronized ? [`a=group:LS ${synchronized.join(' ')}`] : [])
	];
}

function transport(person: Person, at: At, options: TransportOptions): string[] {
	const { setup, rtcpPort, muxOnly = false, candidates = [], suffix = '' } = options;
	return [
		`a=ice-ufrag:${person.ufrag}${suffix}`,
		`a=ice-pwd:${person.password}${suffix}`,
		`a=fingerprint:sha-256 ${person.fingerprint}`,
		`a=setup:${setup}`,
		`a=tls-id:${person.tlsId}`,
		...(rtcpPort === undefined ? [] : [`a=rtcp:${rtcpPort} IN IP4 ${at.address}`]),
		'a=rtcp-mux',
		...(muxOnly ? ['a=rtcp-mux-only'] : []),
		'a=rtcp-rsize',
		...candidates.map((candidate) => `a=candidate:${candidate}`),
		...(candidates.length > 0 ? ['a=end-of-candidates'] : [])
	];
}

function audio(person: Person, at: At, direction: Direction, options: TransportOptions): string[] {
	return [
		`m=audio ${at.port} UDP/TLS/RTP/SAVPF 111 0 8 110 113`,
		`c=IN IP4 ${at.address}`,
		'a=mid:first',
		`a=${direction}`,
		'a=rtpmap:111 opus/48000/2',
		'a=rtpmap:0 PCMU/8000',
		'a=rtpmap:8 PCMA/8000',
		'a=rtpmap:110 telephone-event/8000',
		'a=rtpmap:113 telephone-event/48000',
		'a=fmtp:110 0-15',
		'a=fmtp:113 0-15',
		'a=maxptime:60',
		'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
		'a=extmap:2 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
		`a=msid:${person.stream}`,
		...transport(person, at, options)
	];
}

/** Without a transport of its own it is bundled with the first section, and leaves out what that says (RFC 9143 §7.1.3). */
function video(
	mid: string,
	at: At,
	direction: Direction,
	{ stream, fec = false, more = [] }: { stream?: string; fec?: boolean; more?: readonly string[] }
): string[] {
	return [
		`m=video ${at.port} UDP/TLS/RTP/SAVPF 96 98 97 99${fec ? ' 100' : ''}`,
		`c=IN IP4 ${at.address}`,
		`a=mid:${mid}`,
		`a=${direction}`,
		'a=rtpmap:96 VP8/90000',
		'a=rtpmap:98 H264/90000',
		'a=fmtp:98 packetization-mode=1;profile-level-id=42e01f',
		'a=rtpmap:97 rtx/90000',
		'a=fmtp:97 apt=96',
		'a=rtpmap:99 rtx/90000',
		'a=fmtp:99 apt=98',
		...(fec ? ['a=rtpmap:100 flexfec/90000'] : []),
		...(direction === 'recvonly' ? ['a=imageattr:96 recv [x=[64:1280],y=[64:720],q=1.0]'] : []),
		'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
		'a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
		'a=rtcp-fb:96 ccm fir',
		'a=rtcp-fb:96 nack',
		'a=rtcp-fb:96 nack pli',
		...(stream ? [`a=msid:${stream}`] : []),
		...more
	];
}

const data = (at: At, more: readonly string[] = []) => [
	`m=application ${at.port} UDP/DTLS/SCTP webrtc-datachannel`,
	`c=IN IP4 ${at.address}`,
	'a=mid:channel',
	'a=sctp-port:5000',
	'a=max-message-size:65536',
	...more
];

const text = (...parts: string[][]) => `${parts.flat().join('\r\n')}\r\n`;

/** Both components of a host candidate, or one where RTCP has no port of its own. */
const hosts = (address: string, port: number, components: 1 | 2) =>
	[1, 2]
		.slice(0, components)
		.map((component) => `1 ${component} udp ${2113929472 - component} ${address} ${port + component - 1} typ host`);

const relayed = ([, seen, relay]: Person['addresses'], port: number) =>
	`3 1 udp 255 ${relay} ${port} typ relay raddr ${seen} rport ${port - 100}`;

const allKinds = ({ addresses }: Person, port: number) => [
	...hosts(addresses[0], port, 1),
	`2 1 udp 1845494015 ${addresses[1]} ${port + 100} typ srflx raddr ${addresses[0]} rport ${port}`,
	relayed(addresses, port + 200)
];

function simple(): Exchange[] {
	const [anna, bert] = [ANNA.addresses[0], BERT.addresses[0]];
	const own = (port: number, suffix: string): TransportOptions => ({
		setup: 'actpass',
		rtcpPort: port + 1,
		candidates: hosts(anna, port, 2),
		suffix
	});
	const offer = text(
		session(ANNA, 1, ['first', 'second'], ['first', 'second']),
		audio(ANNA, { address: anna, port: 40100 }, 'sendrecv', own(40100, '')),
		video('second', { address: anna, port: 40102 }, 'sendrecv', {
			stream: ANNA.stream,
			more: transport(ANNA, { address: anna, port: 40102 }, own(40102, '2'))
		})
	);
	const at = { address: bert, port: 40200 };
	const answer = text(
		session(BERT, 1, ['first', 'second'], ['first', 'second']),
		audio(BERT, at, 'sendrecv', { setup: 'active', candidates: hosts(bert, at.port, 1) }),
		video('second', at, 'sendrecv', { stream: BERT.stream })
	);
	return [{ from: 'a', offer, answer }];
}

function withSimulcast(): Exchange[] {
	const mids = ['first', 'channel'];
	const offer = text(
		session(ANNA, 1, mids, null),
		audio(ANNA, NOWHERE, 'sendrecv', { setup: 'actpass', muxOnly: true }),
		data({ ...NOWHERE, port: 0 }, ['a=bundle-only'])
	);
	const answer = text(
		session(BERT, 1, mids, null),
		audio(BERT, NOWHERE, 'sendrecv', { setup: 'active', muxOnly: true }),
		data(NOWHERE)
	);
	const more = [...mids, 'second', 'third'];
	const [anna, bert] = [ANNA, BERT].map(({ addresses }) => ({ address: addresses[2], port: 40400 })) as [At, At];
	const layers = ['a=rid:low send', 'a=rid:mid send', 'a=rid:high send', 'a=simulcast:send low;mid;high'];
	const laterOffer = text(
		session(BERT, 2, more, ['first', 'second']),
		audio(BERT, bert, 'sendrecv', { setup: 'actpass', muxOnly: true, candidates: allKinds(BERT, 40200) }),
		data(bert),
		video('second', bert, 'sendrecv', { stream: BERT.stream, fec: true, more: layers }),
		video('third', bert, 'sendrecv', { stream: 'berts-other-stream', fec: true })
	);
	const laterAnswer = text(
		session(ANNA, 2, more, ['first', 'second']),
		audio(ANNA, anna, 'sendrecv', { setup: 'passive', muxOnly: true, candidates: allKinds(ANNA, 40200) }),
		data(anna),
		video('second', anna, 'recvonly', {}),
		video('third', anna, 'recvonly', {})
	);
	return [
		{ from: 'a', offer, answer },
		{ from: 'b', offer: laterOffer, answer: laterAnswer }
	];
}

function early(): Exchange[] {
	const mids = ['first', 'second'];
	const offer = text(
		session(ANNA, 1, mids, mids),
		audio(ANNA, NOWHERE, 'sendrecv', { setup: 'actpass', muxOnly: true }),
		video('second', { ...NOWHERE, port: 0 }, 'sendrecv', { stream: ANNA.stream, more: ['a=bundle-only'] })
	);
	const answer = text(
		session(BERT, 1, mids, mids),
		audio(BERT, NOWHERE, 'sendonly', { setup: 'active', muxOnly: true }),
		video('second', NOWHERE, 'sendonly', { stream: BERT.stream })
	);
	const [anna, bert] = [ANNA, BERT].map(({ addresses }) => ({ address: addresses[2], port: 40400 })) as [At, At];
	/** A relay's candidate need not tell what is behind it (RFC 9429 §3.5.4). */
	const hidden = (at: At) => [`1 1 udp 255 ${at.address} ${at.port} typ relay raddr 0.0.0.0 rport 0`];
	const laterOffer = text(
		session(BERT, 2, mids, mids),
		audio(BERT, bert, 'sendrecv', { setup: 'actpass', muxOnly: true, candidates: hidden(bert) }),
		video('second', bert, 'sendrecv', { stream: BERT.stream })
	);
	const laterAnswer = text(
		session(ANNA, 2, mids, mids),
		audio(ANNA, anna, 'sendrecv', { setup: 'passive', muxOnly: true, candidates: hidden(anna) }),
		video('second', anna, 'sendrecv', { stream: ANNA.stream })
	);
	return [
		{ from: 'a', offer, answer },
		{ from: 'b', offer: laterOffer, answer: laterAnswer }
	];
}

export const JSEP_SHAPES: Record<string, Exchange[]> = { simple: simple(), 'with simulcast': withSimulcast(), early: early() };
