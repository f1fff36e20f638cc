/** What every line means, by its letter, and every attribute, by its name. */
import { count, integer } from '../../base/format';
import * as say from './annotation-values';
import type { Context, Said } from './annotation-values';
import * as names from './names-table';
import { clip, decimal, fieldsOf } from '../text/values';

export interface AnnotationEntry {
	/** A short name. */
	title: string;
	/** A sentence, or what says it of the value. */
	text: string | ((context: Context) => Said | string);
	cite: string | null;
}

const entry = (title: string, cite: string | null, text: AnnotationEntry['text']): AnnotationEntry => ({ title, cite, text });

export const LINE_TYPES: Readonly<Record<string, AnnotationEntry>> = {
	v: entry('Version', 'RFC 8866 §5.1', 'The version of SDP; it has always been 0, and the line must come first.'),
	o: entry('Origin', 'RFC 8866 §5.2', say.sayOrigin),
	s: entry('Session name', 'RFC 8866 §5.3', ({ value }) =>
		value === '-' || value === '' ? 'The session has no name.' : `The session is called ${clip(value, 80)}.`
	),
	i: entry('Information', 'RFC 8866 §5.4', ({ value }) => `A title for people: ${clip(value, 80)}.`),
	u: entry('URI', 'RFC 8866 §5.5', 'Where to read more about the session.'),
	e: entry('E-mail address', 'RFC 8866 §5.6', 'Whom to write to about the session.'),
	p: entry('Phone number', 'RFC 8866 §5.6', 'Whom to call about the session.'),
	c: entry('Connection', 'RFC 8866 §5.7', say.sayConnection),
	b: entry('Bandwidth', 'RFC 8866 §5.8', say.sayBandwidth),
	t: entry('Time', 'RFC 8866 §5.9', ({ value }) =>
		/^0+ 0+$/.test(value)
			? 'The session has no beginning and no end, as every call.'
			: `The session runs from ${clip(value.replace(' ', ' to '))}, in seconds since 1900.`
	),
	r: entry('Repeat times', 'RFC 8866 §5.10', 'When the session takes place again.'),
	z: entry('Time zone', 'RFC 8866 §5.11', 'Changes of the clock between repetitions.'),
	k: entry('Encryption key', 'RFC 8866 §5.12', 'An obsolete way to send a key; it must not be used.'),
	m: entry('Media section', 'RFC 8866 §5.14', say.sayMedia)
};

const roles = ({ value }: Context) => {
	const role = say.lookUp(names.SETUP_ROLES, value);
	return role ? `This side ${role}.` : `${clip(value)} is no role known here.`;
};

const direction = (title: string, cite: string, words: string) =>
	entry(title, cite, `${words} Seen from the side that wrote this description.`);

const ports = ({ value }: Context) => {
	const port = fieldsOf(value)[0]?.text ?? '';
	return port === '9'
		? 'Port 9 is a placeholder: ICE finds the real one, and with rtcp-mux there is no second one.'
		: `RTCP goes to port ${clip(port)} when it is not multiplexed.`;
};

export const ATTRIBUTES: Readonly<Record<string, AnnotationEntry>> = {
	// RFC 8866 §6
	cat: entry('Category', 'RFC 8866 §6.1', 'A category, for filtering announcements.'),
	keywds: entry('Keywords', 'RFC 8866 §6.2', 'Keywords, for filtering announcements.'),
	tool: entry('Tool', 'RFC 8866 §6.3', ({ value }) => `Made by ${clip(value, 80)}.`),
	ptime: entry('Packet time', 'RFC 8866 §6.4', ({ value }) => `Packets of ${clip(value)} ms are wished for.`),
	maxptime: entry('Longest packet', 'RFC 8866 §6.5', ({ value }) => `Packets of at most ${clip(value)} ms are accepted.`),
	rtpmap: entry('Codec', 'RFC 8866 §6.6', say.sayRtpMap),
	sendrecv: direction('Direction', 'RFC 8866 §6.7.2', 'Sends and receives.'),
	sendonly: direction('Direction', 'RFC 8866 §6.7.3', 'Sends, does not receive.'),
	recvonly: direction('Direction', 'RFC 8866 §6.7.1', 'Receives, does not send.'),
	inactive: direction('Direction', 'RFC 8866 §6.7.4', 'Neither sends nor receives.'),
	orient: entry('Orientation', 'RFC 8866 §6.8', 'How a whiteboard or presentation is turned.'),
	type: entry('Conference type', 'RFC 8866 §6.9', 'What kind of conference it is.'),
	charset: entry('Character set', 'RFC 8866 §6.10', ({ value }) => `Text is in ${clip(value)}.`),
	sdplang: entry('Language of the description', 'RFC 8866 §6.11', ({ value }) => `The description is in ${clip(value)}.`),
	lang: entry('Language', 'RFC 8866 §6.12', ({ value }) => `The session is in ${clip(value)}.`),
	framerate: entry('Frame rate', 'RFC 8866 §6.13', ({ value }) => `At most ${clip(value)} frames a second.`),
	quality: entry('Quality', 'RFC 8866 §6.14', 'Picture quality against frame rate, 0 to 10.'),
	fmtp: entry('Codec parameters', 'RFC 8866 §6.15', say.sayFmtp),
	// Groups and identities
	group: entry('Group', 'RFC 5888 §5', say.sayGroup),
	mid: entry(
		'Section id',
		'RFC 5888 §4',
		({ value }) => `This section is called ${clip(value)}; groups, candidates and RTP packets refer to it by that name.`
	),
	'bundle-only': entry(
		'Bundle only',
		'RFC 9143 §6',
		'The section is wanted only if the other side bundles it; otherwise it counts as refused.'
	),
	msid: entry('Stream and track', 'RFC 8830 §2', ({ value }) => {
		const [stream = '', track] = fieldsOf(value).map(({ text }) => text);
		return `What is sent here belongs to ${stream === '-' ? 'no MediaStream' : `the MediaStream ${clip(stream, 60)}`}${track ? `, as the track ${clip(track, 60)}` : ''}.`;
	}),
	'msid-semantic': entry(
		'Stream semantics',
		'RFC 8830',
		'A mark of early drafts that a=msid is in use. Nothing reads it any more.'
	),
	label: entry('Label', 'RFC 4574 §4', ({ value }) => `Other documents call this stream ${clip(value)}.`),
	content: entry('Content', 'RFC 4796 §5', ({ value }) => `What the stream shows: ${clip(value)}.`),
	// ICE
	'ice-ufrag': entry(
		'ICE user fragment',
		'RFC 8839 §5.4',
		({ value }) => `Names this side in connectivity checks (${count(value.length, 'character')}). A new one restarts ICE.`
	),
	'ice-pwd': entry(
		'ICE password',
		'RFC 8839 §5.4',
		({ value }) => `Protects connectivity checks (${count(value.length, 'character')}). It is only good for this session.`
	),
	'ice-lite': entry(
		'ICE lite',
		'RFC 8839 §5.3',
		'This side only answers connectivity checks, as servers with a public address do; the other side controls.'
	),
	'ice-mismatch': entry(
		'ICE mismatch',
		'RFC 8839 §5.3',
		'Something on the way rewrote the address of the offer, so ICE is not used.'
	),
	'ice-options': entry('ICE options', 'RFC 8839 §5.6', ({ value }) => {
		const options = fieldsOf(value).map(({ text }) => ({ text, known: say.lookUp(names.ICE_OPTIONS, text) }));
		return `${options.map(({ text, known }) => `${clip(text)}: ${known ? known.words : 'not known here'}`).join('; ')}.`;
	}),
	'ice-pacing': entry('ICE pacing', 'RFC 8839 §5.5', ({ value }) => `A connectivity check at most every ${clip(value)} ms.`),
	candidate: entry('Candidate', 'RFC 8839 §5.1', say.sayCandidate),
	'remote-candidates': entry('Chosen candidates', 'RFC 8839 §5.2', 'The candidates of the other side that ICE has chosen.'),
	'end-of-candidates': entry('End of candidates', 'RFC 8840 §8', 'No more candidates follow.'),
	// DTLS and keys
	fingerprint: entry(
		'Certificate fingerprint',
		'RFC 8122 §5',
		({ value }) =>
			`Hash (${clip(value.split(/\s/)[0] ?? '')}) of the certificate this side shows in the DTLS handshake. It ties the media to this description.`
	),
	setup: entry('DTLS role', 'RFC 8842 §5; RFC 4145 §4', roles),
	'tls-id': entry('DTLS association', 'RFC 8842 §4', 'Names the DTLS association; a new value asks for a new handshake.'),
	'dtls-message': entry('DTLS message', null, 'A piece of the DTLS handshake, sent ahead (experimental).'),
	connection: entry('Connection', 'RFC 4145 §5', ({ value }) =>
		value === 'new' ? 'A new connection is to be made.' : 'The existing connection is kept.'
	),
	crypto: entry('Key (SDES)', 'RFC 4568 §4', 'A media key in plain text. WebRTC forbids it: keys come from DTLS.'),
	'key-mgmt': entry('Key management', 'RFC 4567 §3', 'A key exchange inside the description. WebRTC does not use it.'),
	identity: entry('Identity', 'RFC 8827 §5', 'An assertion of who is calling.'),
	// RTP
	rtcp: entry('RTCP port', 'RFC 3605 §2.1', ports),
	'rtcp-mux': entry('RTCP on the same port', 'RFC 5761 §5.1.1', 'RTP and RTCP share one port.'),
	'rtcp-mux-only': entry(
		'RTCP on the same port only',
		'RFC 8858 §3',
		'RTP and RTCP share one port; this side has no second one.'
	),
	'rtcp-rsize': entry('Short RTCP packets', 'RFC 5506 §5', 'Feedback may be sent without the full report around it.'),
	'rtcp-fb': entry('Feedback', 'RFC 4585 §4.2', say.sayFeedback),
	'rtcp-xr': entry('Extended reports', 'RFC 3611 §5.1', ({ value }) => `Extended RTCP reports: ${clip(value, 80)}.`),
	extmap: entry('Header extension', 'RFC 8285 §5', say.sayExtension),
	'extmap-allow-mixed': entry(
		'Mixed header extensions',
		'RFC 8285 §6',
		'One-byte and two-byte header extensions may be mixed, which allows ids above 14.'
	),
	ssrc: entry('Media source', 'RFC 5576 §4.1', say.saySource),
	'ssrc-group': entry('Media sources together', 'RFC 5576 §4.2', say.saySourceGroup),
	rid: entry('Layer', 'RFC 8851 §4', say.sayRid),
	simulcast: entry('Simulcast', 'RFC 8853 §5.1', say.saySimulcast),
	imageattr: entry('Image attributes', 'RFC 6236 §3', 'Resolutions that can be sent and received.'),
	// Data channels
	'sctp-port': entry(
		'SCTP port',
		'RFC 8841 §5',
		({ value }) => `Port ${clip(value)} inside the DTLS association; it is no port of the network.`
	),
	'max-message-size': entry('Largest message', 'RFC 8841 §6', ({ value }) => {
		const size = decimal(value);
		return size === 0
			? 'This side accepts data channel messages of any size.'
			: `This side accepts data channel messages up to ${size === null ? clip(value) : integer(size)} bytes.`;
	}),
	sctpmap: entry(
		'SCTP port, old form',
		'RFC 8841',
		'The port of the data channels as an early draft wrote it; a=sctp-port took its place.'
	),
	'sctp-init': entry('SCTP INIT', null, 'The beginning of the SCTP handshake, sent ahead (experimental).'),
	dcmap: entry('Data channel', 'RFC 8864 §5.1', 'A data channel agreed in the description.'),
	dcsa: entry('Data channel attribute', 'RFC 8864 §5.2', 'An attribute of one data channel.'),
	// Telephony, streaming and the rest
	'source-filter': entry('Source filter', 'RFC 4570 §3', 'From whom packets are accepted.'),
	control: entry('RTSP control', 'RFC 2326 §C.1.1', 'The URL by which this stream is controlled.'),
	range: entry('RTSP range', 'RFC 2326 §C.1.5', 'From when to when the recording lasts.'),
	'ts-refclk': entry('Reference clock', 'RFC 7273 §4', 'The clock that timestamps are tied to.'),
	mediaclk: entry('Media clock', 'RFC 7273 §5', 'How the media clock relates to the reference clock.'),
	acap: entry('Attribute capability', 'RFC 5939 §3.4.1', 'An attribute this side could use instead.'),
	tcap: entry('Transport capability', 'RFC 5939 §3.4.2', 'A transport this side could use instead.'),
	pcfg: entry('Possible configuration', 'RFC 5939 §3.5.1', 'A configuration this side would accept instead.'),
	acfg: entry('Chosen configuration', 'RFC 5939 §3.5.2', 'The alternative configuration that was chosen.'),
	csup: entry('Capability support', 'RFC 5939 §3.3.1', 'Extensions of capability negotiation this side knows.'),
	floorctrl: entry('Floor control', 'RFC 8856', 'Which end of floor control (BFCP) this side plays.'),
	confid: entry('Conference id', 'RFC 8856', 'The conference, for floor control.'),
	userid: entry('User id', 'RFC 8856', 'The user, for floor control.'),
	floorid: entry('Floor id', 'RFC 8856', 'The floor, and the streams it stands for.'),
	bfcpver: entry('Floor control version', 'RFC 8856', 'Versions of floor control this side knows.'),
	trafficclass: entry('Traffic class', null, 'How the network should treat the stream; used by Cisco equipment.'),
	alt: entry('Alternative address', null, 'A forerunner of ICE candidates, used by Microsoft and CounterPath clients.'),
	nortpproxy: entry('RTP proxy mark', null, 'Left by a SIP proxy: the media already goes through its RTP relay.'),
	direction: entry('Connection role, old form', null, 'A forerunner of a=setup.'),
	'x-google-flag': entry(
		'Google flag',
		null,
		'A switch of Chromium; conference turned the old simulcast on. It is no longer read.'
	),
	'x-dimensions': entry('Resolution', null, 'Width and height, as some cameras write them.'),
	Media_header: entry('Media header', null, 'Private data of a camera.'),
	appversion: entry('Program version', null, 'Private data of a camera.')
};
