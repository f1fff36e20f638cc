/** Every sentence of the SDP workbench that does not come from core. */
import { count } from '../../core/base/format';
import type { Severity } from '../../core/base/severity';
import { LINE_END_NAMES } from '../../core/messages/en/sdp-syntax';
import { FINDING_WORDS } from '../../core/messages/en/vocabulary';
import type { LineEnd } from '../../core/sdp/text/document';

export const sdpWords = {
	title: 'Session descriptions, explained and checked.',
	lead: 'Paste what you have: an offer, an answer, both, a log, a SIP message, a webrtc-internals dump. It stays in this page.',
	offer: 'Offer',
	answer: 'Answer',
	description: 'Description',

	input: {
		title: 'Text',
		label: (name: string) => `${name}, as text`,
		placeholder: 'v=0\no=- 0 0 IN IP4 127.0.0.1\n…',
		open: 'Open a file',
		sample: 'Make one in this browser',
		sampleFailed: 'This browser made no offer: ',
		drop: 'Paste it here, or drop a file anywhere on this page.',
		addAnswer: 'Add the answer',
		addOffer: 'Add the next offer',
		remove: (name: string) => `Remove ${name}`,
		clear: 'Clear',
		restore: 'Undo clearing',
		role: 'Type',
		roles: { auto: 'detected', offer: 'an offer', answer: 'an answer' },
		autoAs: (role: string) => `detected: ${role}`,
		profile: 'Used for',
		profiles: { webrtc: 'WebRTC', sip: 'SIP', declarative: 'RTSP, ST 2110' },
		takeOut: 'Extract the description',
		split: (n: number) => `Split into ${n} texts`,
		back: 'Back to the original',
		edit: 'Edit a copy',
		which: 'Description',
		held: (size: string) => ` Kept whole (${size}). Its descriptions are shown one at a time.`,
		position: (line: number) => `Line ${line}`,
		inputs: 'Texts',
		fold: 'Fold this section',
		unfold: 'Unfold this section',
		foldAll: 'Fold sections',
		unfoldAll: 'Unfold sections',
		folded: (lines: number) => `… ${count(lines, 'line')}`
	},

	views: {
		label: 'Views',
		findings: 'Findings',
		explained: 'Explained',
		candidates: 'Candidates',
		negotiated: 'Negotiated',
		changes: 'Changes',
		simulcast: 'Simulcast',
		handshake: 'Handshake',
		capabilities: 'Capabilities',
		structured: 'Structured'
	},

	findings: {
		severities: FINDING_WORDS,
		none: 'No rule reports anything.',
		noneButRefused: 'No rule finds a reason, and this browser refuses it.',
		noneButMessages: 'No rule finds a problem in the description; what the browser said of it is explained above.',
		noneYet: 'Findings appear here as soon as there is a description.',
		counts: (n: Record<Severity, number>) => {
			const parts = [
				n.problem > 0 ? count(n.problem, 'problem') : '',
				n.warning > 0 ? count(n.warning, 'warning') : '',
				n.info + n.normal > 0 ? count(n.info + n.normal, 'note') : ''
			].filter((part) => part !== '');
			return parts.length === 0 ? 'No problems.' : n.problem === 0 ? `No problems, ${parts.join(', ')}.` : `${parts.join(', ')}.`;
		},
		notes: (n: number) => count(n, 'note'),
		goTo: (line: number, column: number) => `Line ${line}, column ${column}`,
		rule: 'About this rule',
		export: 'Save the findings',
		copyMarkdown: 'Copy as Markdown',
		json: 'JSON',
		markdown: 'Markdown',
		sarif: 'SARIF'
	},

	fixes: {
		title: 'Correction',
		choice: 'Other texts would do, too: check that this is what you mean.',
		old: 'removed: ',
		new: 'added: ',
		moreLines: (n: number) => `and ${count(n, 'more line')}`,
		ends: (n: number, end: LineEnd) => `${count(n, 'line')} ${n === 1 ? 'ends' : 'end'} in ${LINE_END_NAMES[end]}.`,
		apply: 'Apply',
		applySafe: (n: number) => `Apply all safe corrections (${n})`,
		safeHelp: 'Those that leave nothing to choose, and what they make possible.',
		corrected: (n: number) => `${count(n, 'finding')} corrected.`,
		undo: 'Undo',
		notHere: 'It can be applied where the description stands alone: extract it, or edit a copy.'
	},

	messages: {
		title: (n: number) => (n === 1 ? 'The error message' : `${n} error messages`)
	},

	profile: {
		looks: {
			sip: 'It looks like plain SIP: RTP without fingerprint and ICE.',
			declarative: 'It looks like RTSP or ST 2110: RTP that is fetched and not answered.'
		},
		judged: {
			webrtc: 'It is judged as what a browser gets.',
			sip: 'It is judged as SIP.',
			declarative: 'It is judged as RTSP or ST 2110.'
		},
		judge: { webrtc: 'Judge it as WebRTC', sip: 'Judge it as SIP', declarative: 'Judge it as RTSP or ST 2110' }
	},

	explained: {
		session: 'Session',
		sessionHint: 'What holds for all sections',
		media: (kind: string) => kind || 'media',
		mid: (mid: string) => `mid ${mid}`,
		noMid: 'no mid',
		rejected: 'rejected',
		bundleOnly: 'bundle-only',
		lines: (from: number, to: number) => (from === to ? `line ${from}` : `lines ${from} to ${to}`),
		openAll: 'Open all',
		closeAll: 'Close all',
		unknown: 'Not known to Icelens',
		candidates: 'These candidates came without a description.',
		inText: 'Show in the text'
	},

	judge: {
		title: 'This browser',
		lead: 'The same text, given to a connection of this browser that has no servers, sends nothing and is closed at once.',
		run: 'Ask this browser',
		again: 'Ask again',
		running: 'Asking…',
		needsWhole: 'This is a piece of a description, and a browser takes whole ones only.',
		needsOffer: 'An answer is judged against its offer. Add the offer that it belongs to.',
		accepted: (role: string) => `accepts it as a remote ${role}.`,
		refused: (role: string) => `refuses it as a remote ${role}:`,
		notAsked: 'was not asked:',
		sameAsRule: 'The rules say the same:',
		noRule: 'No rule of Icelens knows this message.',
		ruleOnly: 'It is about',
		line: (line: number) => `Line ${line}`,
		decode: 'Explain an error message',
		decodeHelp: 'The message of a failed setLocalDescription, setRemoteDescription or addIceCandidate, from any browser.',
		decodeLabel: 'Error message'
	},

	contradiction: {
		unknown: 'Icelens does not know why: no rule finds a reason for it.',
		known: 'No rule finds the reason in the text, though the message is known.',
		quotes: (line: number) => `The message quotes line ${line}`,
		help: 'A rule is missing or wrong. The note has the message, the browser and the description, with placeholders for what is private.',
		save: 'Save a note for a bug report'
	},

	negotiated: {
		need: 'An offer and its answer are needed to say what was negotiated. Add the other one on the left.',
		exchange: 'Exchange',
		round: (n: number) => `Round ${n}`,
		transports: (n: number) => (n === 1 ? 'One transport for everything' : `${n} transports`),
		transport: (names: readonly string[], bundled: boolean) =>
			`${names.join(', ')}${bundled && names.length > 1 ? ', bundled' : ''}`,
		dtlsClient: 'DTLS client',
		dtlsConflict: (offer: string | null, answer: string | null) =>
			`None: ${offer ?? 'nothing'} was answered with ${answer ?? 'nothing'}`,
		parties: { offerer: 'the offerer', answerer: 'the answerer' },
		notSaid: 'not said',
		candidates: 'Candidates of offer and answer',
		both: (offer: number | string | null, answer: number | string | null) => `${offer ?? '–'} and ${answer ?? '–'}`,
		trickle: ', more may follow',
		ufrags: 'ICE user fragments',
		yes: 'yes',
		no: 'no',
		place: (side: string, line: number) => `${side}, line ${line}`,
		notUsed: 'Not used.',
		flows: {
			both: 'Both sides send.',
			offerer: 'Only the offerer sends.',
			answerer: 'Only the answerer sends.',
			none: 'Neither side sends.',
			data: 'Data channels in both directions.'
		},
		directions: (offer: string, answer: string | null) => `offered ${offer}, answered ${answer ?? 'nothing'}`,
		codecs: (name: string) => `Codecs of ${name}`,
		columns: {
			codec: 'Codec, preferred first',
			types: 'Payload type',
			parameters: 'Parameters, feedback'
		},
		types: ({ offer, answer }: { offer: number | null; answer: number | null }) =>
			`${offer ?? '–'} offered, ${answer ?? '–'} answered`,
		layers: (offerer: readonly string[], answerer: readonly string[]) =>
			offerer.length + answerer.length === 0
				? 'Simulcast: no layer was agreed on.'
				: `Simulcast: ${[
						offerer.length > 0 ? `the offerer sends ${offerer.join(', ')}` : '',
						answerer.length > 0 ? `the answerer sends ${answerer.join(', ')}` : ''
					]
						.filter((part) => part !== '')
						.join('; ')}.`,
		refusedLayers: (layers: readonly string[]) => `Not agreed: ${layers.join(', ')}.`,
		data: (offer: number | null, answer: number | null) => `SCTP port ${offer ?? '–'} and ${answer ?? '–'}.`,
		messages: (offerer: string, answerer: string) =>
			`Messages of the offerer may have up to ${offerer}, those of the answerer up to ${answerer}.`,
		anySize: 'any size',
		extensions: (agreed: number, all: number) => `${agreed} of ${all} header extensions agreed`,
		onlyOffered: ' (only offered)'
	},

	changes: {
		need: 'Two descriptions are needed to compare them.',
		from: 'Before',
		to: 'After',
		section: (kind: string, mid: string | null) => (mid === null ? kind : `${kind}, mid ${mid}`),
		kinds: { added: 'added', removed: 'removed', changed: 'changed' },
		place: (side: 'before' | 'after', line: number) => `${side}, line ${line}`,
		places: (n: number) => count(n, 'place'),
		munged: (role: string, peer: string, time: string | null) =>
			`The ${role} of ${peer}${time === null ? '' : ` at ${time}`} was changed between creating and setting it`,
		asMunging: 'Read as SDP munging: changes that a program made before setting the description'
	},

	handshake: {
		need: 'A recording is needed to show the offer/answer exchange: open a dump of chrome://webrtc-internals, rtcstats, or the report that about:webrtc saves.',
		connection: 'Connection',
		all: 'all connections'
	},

	structured: {
		lead: 'The same description as the npm package sdp-transform reads it, for those who know it from their code. It leaves out or alters what it does not know; the other views do not use it.',
		copy: 'Copy as JSON'
	},

	share: {
		title: 'Share',
		redact: 'Replace addresses, host names, credentials, fingerprints and user names',
		redactHelp: 'Each value becomes the same placeholder everywhere, so that what belongs together still does.',
		preview: 'What the link holds',
		nothingReplaced: 'There was nothing to replace.',
		replaced: (lines: number) => `Changed in ${count(lines, 'line')}.`,
		link: 'Copy link',
		linkDone: (size: string) => `Copied, ${size}. The text is inside the link; nothing was uploaded.`,
		held: 'A recording does not fit into a link: it holds the descriptions of the chosen connection.',
		copyText: 'Copy this text',
		badLink: 'The link holds no readable description. It may have been cut off on its way; ask for it again.'
	}
};
