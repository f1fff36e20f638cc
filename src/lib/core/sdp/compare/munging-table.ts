/** The kinds of change that programs make to a description between creating and setting it. First match wins. */
import type { Difference } from './difference';

export interface MungingEntry {
	kind: string;
	/** What was changed, for people. */
	title: string;
	/** What to use instead, or what it leads to. */
	advice: string;
	match(difference: Difference): boolean;
}

const topic = (name: Difference['topic'], change?: Difference['change']) => (difference: Difference) =>
	difference.topic === name && (change === undefined || difference.change === change);
const subject = (name: string) => (difference: Difference) =>
	difference.subject === name || difference.subject.startsWith(`${name} `);
const codec = (name: string) => (difference: Difference) =>
	new RegExp(`^(codec|rtcp-fb|fmtp)( rtx of)? ${name}/`, 'i').test(difference.subject);
const parameter = (name: string) => (difference: Difference) => {
	const value = (place: Difference['before']) =>
		new RegExp(`[ ;:]${name}=([^;]*)`, 'i').exec(place?.raw ?? '')?.[1]?.trim() ?? '';
	return difference.topic === 'codec-parameters' && value(difference.before) !== value(difference.after);
};
const all =
	(...tests: ((difference: Difference) => boolean)[]) =>
	(difference: Difference) =>
		tests.every((test) => test(difference));

const PREFERENCES = 'Use setCodecPreferences on the transceiver instead.';
const BUNDLE_POLICY = 'Use bundlePolicy in the configuration instead.';

export const MUNGING: readonly MungingEntry[] = [
	{
		kind: 'section-count',
		title: 'Sections added or removed',
		advice: 'Add or stop transceivers instead: setLocalDescription refuses another number of sections.',
		match: (d) => d.topic === 'sections' && d.subject === 'section'
	},
	{
		kind: 'section-place',
		title: 'Sections in another order',
		advice: 'The order of m= lines is fixed for the life of a connection; setLocalDescription refuses another.',
		match: (d) => d.topic === 'sections' && d.subject === 'place'
	},
	{
		kind: 'section-kind',
		title: 'Another kind or transport of section',
		advice: 'Leave the m= line as it was made; both sides compare it.',
		match: (d) => d.topic === 'sections' && (d.subject === 'kind' || d.subject === 'protocol')
	},
	{
		kind: 'section-port',
		title: 'Section switched off or on by its port',
		advice: 'Use transceiver.stop() to give a section up.',
		match: topic('sections')
	},
	{
		kind: 'mid',
		title: 'Section id',
		advice: 'Leave a=mid as it is; the connection finds its transceivers by it.',
		match: topic('mid')
	},
	{ kind: 'bundle', title: 'Bundle group', advice: BUNDLE_POLICY, match: topic('bundle') },
	{
		kind: 'direction',
		title: 'Direction',
		advice: 'Set transceiver.direction before creating the description.',
		match: topic('direction')
	},
	{
		kind: 'ice-ufrag',
		title: 'ICE user fragment',
		advice:
			'The browser answers checks under the name it made itself; a changed one breaks them. For a restart call restartIce().',
		match: subject('ice-ufrag')
	},
	{
		kind: 'ice-pwd',
		title: 'ICE password',
		advice: 'The browser checks messages with the password it made itself. For a restart call restartIce().',
		match: subject('ice-pwd')
	},
	{
		kind: 'ice-lite',
		title: 'ICE lite',
		advice: 'A browser is never ICE lite; leave a=ice-lite to servers.',
		match: subject('ice-lite')
	},
	{
		kind: 'ice-options',
		title: 'ICE options',
		advice: 'Leave them as made; to switch trickling off wait for the gathering to end and send the description then.',
		match: topic('ice-options')
	},
	{
		kind: 'candidates',
		title: 'Candidates',
		advice:
			'Use iceTransportPolicy to keep host addresses back; send only the candidates you want over signalling instead of cutting them out here.',
		match: topic('candidates')
	},
	{
		kind: 'dtls-setup',
		title: 'DTLS role',
		advice: 'The answer chooses the role; a changed one in an offer must be actpass.',
		match: subject('setup')
	},
	{
		kind: 'fingerprint',
		title: 'Certificate fingerprint',
		advice: 'It must be the one of the certificate in use; setLocalDescription refuses another.',
		match: subject('fingerprint')
	},
	{ kind: 'dtls', title: 'Keying', advice: 'Leave what concerns DTLS as it was made.', match: topic('dtls') },
	{
		kind: 'simulcast-legacy',
		title: 'Simulcast by source groups',
		advice: 'Use sendEncodings of addTransceiver: browsers have dropped simulcast by munged sources.',
		match: (d) => d.subject === 'ssrc-group SIM' || d.subject === 'x-google-flag'
	},
	{ kind: 'simulcast', title: 'Simulcast', advice: 'Use sendEncodings of addTransceiver.', match: topic('simulcast') },
	{
		kind: 'ssrcs',
		title: 'Sources',
		advice: 'Change nothing here, other than to leave sources out for a peer that cannot read them.',
		match: topic('sources')
	},
	{ kind: 'streams', title: 'Streams and tracks', advice: 'Use sender.setStreams.', match: topic('streams') },
	{
		kind: 'bandwidth',
		title: 'Bandwidth',
		advice: 'Use maxBitrate in sender.setParameters for what is sent; b= in a remote description limits the same.',
		match: topic('bandwidth')
	},
	{ kind: 'codec-order', title: 'Order of codecs', advice: PREFERENCES, match: topic('codec-order') },
	{ kind: 'codec-removed', title: 'Codecs removed', advice: PREFERENCES, match: topic('codecs', 'removed') },
	{
		kind: 'codec-added',
		title: 'Codecs added',
		advice: 'A codec the browser did not offer is one it will not be able to use.',
		match: topic('codecs')
	},
	{
		kind: 'payload-types',
		title: 'Payload types renumbered',
		advice: 'Leave the numbers; the other side has to use those it is given.',
		match: topic('payload-types')
	},
	{
		kind: 'opus-stereo',
		title: 'Opus in stereo',
		advice:
			'There is no API for it: stereo=1 belongs into the description that is set as remote, since it says what its writer receives.',
		match: all(codec('opus'), parameter('(?:sprop-)?stereo'))
	},
	{
		kind: 'opus-dtx',
		title: 'Opus silence suppression',
		advice: 'There is no API for it; change the description that is set as remote.',
		match: all(codec('opus'), parameter('usedtx'))
	},
	{
		kind: 'opus-fec',
		title: 'Opus error correction',
		advice: 'It is on by default in browsers.',
		match: all(codec('opus'), parameter('useinbandfec'))
	},
	{
		kind: 'opus-cbr',
		title: 'Opus at a constant bitrate',
		advice: 'There is no API for it; change the description that is set as remote.',
		match: all(codec('opus'), parameter('cbr'))
	},
	{
		kind: 'opus-bitrate',
		title: 'Opus bitrate',
		advice: 'Use maxBitrate in sender.setParameters.',
		match: all(codec('opus'), parameter('maxaveragebitrate'))
	},
	{
		kind: 'h264-profile',
		title: 'H.264 profile or packetization',
		advice: `The decoder decides what it can take. ${PREFERENCES}`,
		match: (d) => codec('h264')(d) && (parameter('profile-level-id')(d) || parameter('packetization-mode')(d))
	},
	{
		kind: 'start-bitrate',
		title: 'Start bitrate (Chromium)',
		advice: 'Chromium reads x-google-start-bitrate; other browsers ignore it.',
		match: (d) => ['start', 'min', 'max'].some((name) => parameter(`x-google-${name}-bitrate`)(d))
	},
	{
		kind: 'codec-parameters',
		title: 'Codec parameters',
		advice: 'Parameters say what their writer can receive; the browser goes by what it was built with.',
		match: topic('codec-parameters')
	},
	{
		kind: 'audio-nack',
		title: 'Retransmission for audio',
		advice: 'There is no API for it; both descriptions need the line.',
		match: (d) => d.topic === 'feedback' && / nack$/.test(d.subject) && d.section?.kind === 'audio'
	},
	{ kind: 'feedback', title: 'Feedback', advice: 'Both descriptions need the line for it to be used.', match: topic('feedback') },
	{
		kind: 'header-extension-added',
		title: 'Header extensions added',
		advice: 'Use setHeaderExtensionsToNegotiate where the browser has it.',
		match: topic('header-extensions', 'added')
	},
	{
		kind: 'header-extension-removed',
		title: 'Header extensions removed',
		advice: 'Use setHeaderExtensionsToNegotiate where the browser has it.',
		match: topic('header-extensions', 'removed')
	},
	{
		kind: 'header-extension-changed',
		title: 'Header extensions renumbered',
		advice: 'Leave the ids: in a bundle each may mean one thing only.',
		match: topic('header-extensions')
	},
	{
		kind: 'rtcp-rsize',
		title: 'Short RTCP packets',
		advice: 'Harmless, and of no use unless both sides have it.',
		match: subject('rtcp-rsize')
	},
	{
		kind: 'rtcp-mux',
		title: 'RTCP on the same port',
		advice: 'Use rtcpMuxPolicy; browsers always multiplex.',
		match: topic('rtcp')
	},
	{
		kind: 'sctp-port',
		title: 'SCTP port',
		advice: 'Browsers use 5000; leave it.',
		match: (d) => d.subject === 'sctp-port' || d.subject === 'sctpmap'
	},
	{
		kind: 'max-message-size',
		title: 'Largest message',
		advice: 'It says what its writer accepts; a larger number than that loses messages.',
		match: subject('max-message-size')
	},
	{ kind: 'data-channel', title: 'Data channel', advice: 'Leave the data section as it was made.', match: topic('data-channel') },
	{ kind: 'address', title: 'Default address', advice: 'With ICE nobody reads it.', match: topic('address') },
	{
		kind: 'session',
		title: 'Session lines',
		advice: 'The o= line names the session; keep id and version as they were made.',
		match: topic('session')
	},
	{ kind: 'other', title: 'Other lines', advice: 'The browser ignores attributes it does not know.', match: () => true }
];
