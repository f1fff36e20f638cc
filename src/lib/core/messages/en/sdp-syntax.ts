/** Findings about lines, their order and their attributes in English. */
import type { SyntaxValues } from '../../sdp/lint/values/syntax-values';
import type { SdpMessagesOf } from '../sdp-language';
import { faultSentence } from './sdp-faults';
import { sectionName } from './sdp-sections';

/** Of lines that a description has to have. */
const EXAMPLES = { o: 'o=- 1 1 IN IP4 127.0.0.1', s: 's=-', t: 't=0 0' };

export const LINE_END_NAMES = { '\r\n': 'CRLF', '\n': 'LF', '\r': 'CR', '': 'nothing' };

export const SDP_SYNTAX: SdpMessagesOf<keyof SyntaxValues> = {
	'first-line': {
		title: 'The text does not begin with v=0',
		advice:
			'Begin the text with the line v=0: take away whatever stands before it (a log prefix, a byte order mark, a quote), or unescape the JSON string.',
		sentence: ({ line }) =>
			line === null ? 'The text is empty.' : `The first line is "${line}"; a session description begins with v=0.`
	},
	'line-order': {
		title: 'Lines out of order',
		advice:
			'Put the lines in the order v o s i u e p c b t r z k a above the first m=, and m i c b k a in each section. Browsers refuse a wrong order in the session part.',
		sentence: ({ type, after }) => `${type}= stands after ${after}= and belongs before it.`
	},
	'session-lines-missing': {
		title: 'o=, s= or t= missing or empty',
		advice: 'Add the missing line: o= after v=0, then s=- when there is no name, and t=0 0 before the first attribute.',
		sentence: ({ type, empty }) =>
			empty
				? `${type}= is empty; it must hold at least one character, a single blank or - when there is no name.`
				: `The session part has no ${type}= line, for example ${EXAMPLES[type]}.`
	},
	origin: {
		title: 'The o= line is malformed',
		advice: 'Write o=<user name without blanks, or -> <decimal id> <decimal version> IN IP4 <address>.',
		sentence: faultSentence
	},
	'session-id-range': {
		title: 'The session id is too large',
		advice: 'Take the session id from 62 random bits, so that it fits a signed 64-bit number everywhere.',
		sentence: ({ sessionId }) => `The session id ${sessionId} does not fit 63 bits; some peers read it as negative or refuse it.`
	},
	'connection-missing': {
		title: 'No c= line for a section',
		advice: 'Add c=IN IP4 0.0.0.0 below the m= line, or one c= for all sections in the session part.',
		sentence: ({ section }) => `The ${sectionName(section)} has no c= line, and neither has the session part.`
	},
	'media-line': {
		title: 'The m= line is malformed',
		advice:
			'Write m=<audio, video, application> <port> <transport> <format> …, with at least one format; a section without formats is rejected with port 0 and one format kept.',
		sentence: faultSentence
	},
	'repeated-session-line': {
		title: 'v=, o=, s= or i= more than once',
		advice: 'Send one description at a time; two of them seem to have been joined.',
		sentence: ({ type, inSection }) =>
			`${type}= stands ${inSection ? 'inside a media section' : 'a second time'}; it belongs once at the top.`
	},
	'connection-line': {
		title: 'The c= line is malformed, or names a multicast address',
		advice:
			'Write c=IN IP4 <IPv4 address> or c=IN IP6 <IPv6 address>; in WebRTC 0.0.0.0 is usual, because ICE carries the addresses.',
		sentence: (found) => {
			switch (found.kind) {
				case 'fault':
					return faultSentence(found.fault);
				case 'multicast':
					return `${found.address} is a multicast address; WebRTC connects two ends.`;
				case 'time-to-live':
					return 'A time to live stands behind an address that is no multicast address.';
			}
		}
	},
	'no-media': {
		title: 'No media section',
		advice: 'Add tracks, transceivers or a data channel before createOffer.',
		sentence: () => 'The description has no m= line, so there is nothing to connect.'
	},
	'too-many-sections': {
		title: 'More sections than are judged',
		advice: 'Look at how the text was put together: no call has that many sections.',
		sentence: ({ sections, judged }) => `The text has ${sections} m= lines; the first ${judged} are judged.`
	},
	'section-unknown': {
		title: 'A kind or transport of section that browsers do not know',
		advice: 'Write UDP/TLS/RTP/SAVPF for audio and video, and UDP/DTLS/SCTP for data channels (application).',
		sentence: (found) =>
			found.kind === 'media'
				? `"${found.media}" is not a kind of media ${found.known ? 'of calls' : 'at all'}.`
				: `"${found.transport}" is not a transport that every browser knows for ${found.media}.`
	},
	'line-type': {
		title: 'Unknown line type',
		advice:
			'Remove the line: a session description has only v o s i u e p c b t r z k a and m lines, and parsers may refuse anything else.',
		sentence: (found) =>
			'line' in found ? `"${found.line}" is not of the form letter=value.` : `There is no line type "${found.type}=".`
	},
	'line-ends': {
		title: 'Line ends other than CRLF',
		advice: 'End every line, the last one too, with carriage return and line feed.',
		sentence: (found) => {
			switch (found.kind) {
				case 'last-missing':
					return 'The last line has no line end.';
				case 'mixed':
					return `Line ends are mixed: the first line ends in ${LINE_END_NAMES[found.first]}, this one in ${LINE_END_NAMES[found.here]}.`;
				case 'not-crlf':
					return `Lines end in ${LINE_END_NAMES[found.end]} alone; the specification says CRLF, browsers take both.`;
			}
		}
	},
	'blank-line': {
		title: 'A blank line',
		advice: 'Take the line out; between two descriptions, paste them one at a time.',
		sentence: ({ atEnd }) => (atEnd ? 'An empty line ends the text.' : 'The line is empty, and Firefox reads nothing below it.')
	},
	'control-characters': {
		title: 'Control characters, or text that is not UTF-8',
		advice: 'Send the description as UTF-8 text and look at how the transport encodes it.',
		sentence: ({ character }) =>
			`The line contains ${character === null ? 'a byte that is not UTF-8' : `the control character ${character}`}.`
	},
	'spaced-line': {
		title: 'Blanks around = or before the letter',
		advice: 'Take the blanks out: the letter is the first character of the line and the = follows it directly.',
		sentence: ({ line }) => `"${line}" has blanks before the letter or next to the =.`
	},
	'repeated-line': {
		title: 'The same attribute line twice in a section',
		advice: 'Leave one of the two; a copy adds nothing and hides real differences.',
		sentence: ({ attribute, earlierLine }) => `a=${attribute} is already on line ${earlierLine}.`
	},
	'conflicting-values': {
		title: 'One value wanted, several given',
		advice: 'Leave the one that is meant; which of them a peer takes is chance.',
		sentence: (found) => {
			switch (found.kind) {
				case 'attribute':
					return `a=${found.attribute} is "${found.here}" here and "${found.first}" on line ${found.firstLine}.`;
				case 'direction':
					return `The direction is ${found.here} here and ${found.first} on line ${found.firstLine}.`;
				case 'codec':
					return `Payload type ${found.payloadType} is ${found.here} here and ${found.first} on line ${found.firstLine}.`;
			}
		}
	},
	'attribute-level': {
		title: 'An attribute at the wrong level',
		advice: 'Move the line: media attributes below their m= line, session attributes above the first m=.',
		sentence: ({ attribute, section }) =>
			section === null
				? `a=${attribute} stands in the session part and belongs below an m= line.`
				: `a=${attribute} stands in the ${sectionName(section)} and belongs above the first m=.`
	},
	'attribute-value': {
		title: 'An attribute that cannot be read',
		advice: 'Write the attribute as its specification says; the sentence names the part that is wrong.',
		sentence: faultSentence
	}
};
