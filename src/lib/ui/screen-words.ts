/**
 * Every sentence the screens say, in one place, so that another language can follow. Sentences with measured values come
 * from core (rules, explanations) and are not repeated here. Plain words, no blame, terms explained where they stand.
 */
import { count } from '../core/base/format';
import {
	ALLOW_WEBRTC,
	ANSWER_WORDS,
	FILTERING_WORDS,
	FINDING_WORDS,
	HAIRPIN_WORDS,
	LAYERS_WORDS,
	MAPPING_WORDS,
	NO_WEBRTC,
	PEER_WORDS,
	PICTURE_WORDS,
	PORT_PATTERN_WORDS,
	SERVER_STATE_WORDS,
	serverName,
	UNPROVEN_WORD,
	VERDICT_WORDS
} from '../core/messages/en/vocabulary';
import type { Recognised } from '../core/ice/parsed-servers';

const recognisedAs: Record<Recognised, string> = {
	'rtc-configuration': 'an RTCConfiguration',
	'ice-servers': 'a list of ICE servers',
	'ice-server': 'one ICE server',
	'turn-rest-answer': 'the answer of a TURN REST service',
	'url-lines': 'addresses',
	'coturn-configuration': 'a coturn configuration',
	'turnutils-command': 'a turnutils_uclient command'
};

export const words = {
	name: 'Icelens',
	/** Why an input was refused, and where in it. */
	fault: ({ message, where }: { message: string; where?: string }) => (where === undefined ? message : `${message} (${where})`),
	tableLabel: (title: string) => `${title}, table`,
	nav: {
		label: 'Screens',
		check: 'Check',
		call: 'Call',
		meet: 'Two devices',
		ice: 'ICE',
		reach: 'Reach',
		sdp: 'SDP',
		stats: 'Stats',
		reports: 'Reports',
		rules: 'Rules',
		skip: 'Skip to the content'
	},
	theme: {
		label: (theme: string) => `Colours: ${theme}. Change`,
		auto: 'as the system',
		light: 'light',
		dark: 'dark'
	},
	footer: {
		privacy:
			'No third-party request, no telemetry, no cookies. Results stay on this device until you share them. Credentials are never in a link, a report or a log.',
		version: (version: string) => `Icelens ${version}, tried in Chromium 156 and Firefox 153; Safari could not be.`
	},
	noWebrtc: `${NO_WEBRTC} ${ALLOW_WEBRTC}`,
	copy: { done: 'Copied', refused: 'The browser refused. Select the text and copy it by hand.' },
	error: { title: 'This page could not be shown', back: 'Go to the check' },

	check: {
		title: 'See what this network does to WebRTC.',
		lead: 'Find out whether calls get through from here, whether they need a TURN server, and whether your servers work. Every word of the answer links to what was measured.',
		start: 'Check this network',
		needsLogin: (n: number) =>
			`Before it can start: ${count(n, 'TURN server needs', 'TURN servers need')} a user name and a credential.`,
		again: 'Check again',
		cancel: 'Cancel',
		cost: (cost: string, atMost: number) => `About ${cost} where all is well; ${atMost} s at most.`,
		contacts: (n: number) => `Contacts ${count(n, 'server address', 'server addresses')} and this page’s own.`,
		contactsNone: 'No server is switched on: only what this device shows by itself can be seen.',
		noScript: 'The tests run in this page and need JavaScript.',
		failed: (why: string) => `The check could not run: ${why}`,
		cancelled: 'Cancelled. What was measured until then is shown.'
	},

	servers: {
		title: 'Servers to test',
		summary: (on: number, all: number) => (on === all ? `${on} in use` : `${on} of ${all} in use`),
		change: 'Change servers',
		none: 'No servers yet. Add your own, or switch on a public one.',
		add: 'Add servers',
		addLabel: 'Addresses or a configuration',
		addHelp:
			'A whole RTCConfiguration, an iceServers array, one address such as turn:turn.example.org:3478, or a coturn configuration.',
		addPlaceholder: '{ "iceServers": [{ "urls": "turn:turn.example.org:3478", "username": "…", "credential": "…" }] }',
		addDo: 'Add to the list',
		replaceDo: 'Replace the list',
		added: (n: number, recognised: Recognised) => `Added ${count(n, 'server')} from ${recognisedAs[recognised]}.`,
		close: 'Close',
		presets: 'Public STUN servers, run by others',
		presetsLead: 'They see this network’s public address. Off until you switch one on.',
		edit: 'Edit',
		editLabel: (name: string) => `Edit ${name}`,
		done: 'Done',
		remove: 'Remove',
		removeLabel: (name: string) => `Remove ${name}`,
		urls: 'Addresses, one a line',
		username: 'User name',
		credential: 'Credential',
		show: 'Show',
		hide: 'Hide',
		hasCredential: (name: string) => `user name ${name}`,
		noCredential: 'no credential',
		credentialHidden: 'credential set',
		restTitle: 'Make a credential from a shared secret',
		restHelp: 'For servers with static-auth-secret (TURN REST). The secret stays in this page and is not kept.',
		restSecret: 'Shared secret',
		restUser: 'Name to put into it',
		restHours: 'Valid for, hours',
		restDo: 'Make the credential',
		restDone: (until: string) => `Made. It is valid until ${until}.`,
		restFailed: (code: string) =>
			code === 'no-secret'
				? 'Enter the secret first.'
				: 'No credential was made: browsers compute it only on pages opened by HTTPS or from localhost.',
		keep: 'Keep these servers on this device, credentials included',
		keepOff: 'Not kept: credentials are forgotten when the page closes.',
		keepOn: 'Kept in this browser’s storage until you untick this.',
		reset: 'Back to the default servers',
		settingsLink: 'Copy link to these settings',
		settingsLinkDone: 'Copied. The link holds addresses, no credentials.',
		fromLink: 'These addresses come from the link you opened. Links hold no credentials: add them where a TURN server needs one.',
		missingTitle: 'User name and credential are missing',
		missingLead: (fromLink: boolean) =>
			`${fromLink ? 'A link to settings holds no credentials. ' : ''}Browsers send nothing to a TURN server without them. Enter them here, or leave the server out.`,
		missingLabel: (field: string, name: string) => `${field} for ${name}`,
		missingUse: 'Use these',
		missingUseFor: (name: string) => `Use these for ${name}`,
		missingLeaveOut: 'Leave it out',
		missingLeaveOutFor: (name: string) => `Leave ${name} out`,
		missingBoth: 'Enter both the user name and the credential.',
		fix: (label: string) => label,
		origin: { default: 'default of this page', user: 'yours', preset: 'third party' },
		expires: (when: string) => `Credential valid until ${when}.`
	},

	options: {
		title: 'Options',
		deadline: 'Wait for each server',
		deadlineHelp: 'A healthy one answers in well under a second. Browsers by themselves wait up to 40 s for a dead one.',
		seconds: (n: number) => `${n} s`,
		profile: 'How much to test',
		quick: 'Quick: reach every server',
		full: 'Full: also send data through every relay',
		media: 'Ask for the microphone',
		hairpin: 'Test hairpinning',
		hairpinHelp:
			'Sends packets from this device to its own public address. Some firewalls take that for an attack and may block the device for a while, so ask who runs the network.',
		mediaHelp: 'Browsers hide this device’s local addresses until a page may use the microphone. Nothing is recorded.'
	},

	run: {
		title: 'Tests',
		titleDone: (n: number, took: string) => `How this was measured: ${count(n, 'test')} in ${took}`,
		progress: (done: number, all: number) => `${done} of ${count(all, 'test')} done`,
		states: { waiting: 'waiting', running: 'running', done: 'done', skipped: 'skipped', failed: 'failed' },
		live: (done: number, all: number) => `Checking: ${done} of ${all} tests done.`,
		finished: 'The check is finished.',
		upTo: (time: string) => `up to ${time}`
	},

	/** One test's result in a few words. */
	summary: {
		listed: (n: number) => (n === 0 ? 'no server address' : count(n, 'server address', 'server addresses')),
		answered: (time: string) => `answered in ${time}`,
		error: (error: string, time: string) => `${error} after ${time}`,
		noAnswer: (time: string) => `no answer in ${time}`,
		nothing: (time: string) => `nothing found in ${time}`,
		noCandidate: 'no candidate',
		mapping: (observers: number, outside: number) =>
			`${count(observers, 'server')}, ${count(outside, 'mapped address', 'mapped addresses')}`,
		filtering: (all: number, passed: number, blocked: number) =>
			`${count(all, 'unsolicited probe')}: ${passed} received, ${blocked} blocked${all - passed - blocked > 0 ? `, ${all - passed - blocked} without result` : ''}`,
		noData: 'no data was relayed',
		sources: (sources: number, places: number) =>
			`${count(sources, 'source address', 'source addresses')} seen by ${count(places, 'prober socket')}`,
		hairpin: {
			returned: 'packets came back',
			arrived: 'packets arrived, responses did not',
			lost: 'packets were lost',
			inconclusive: 'no result'
		},
		urlStates: {
			opened: (time: string) => `opened in ${time}`,
			answered: (time: string) => `answered in ${time}`,
			'redirected-out': (time: string) => `redirected in ${time}`,
			ended: (time: string) => `error after ${time}`,
			failed: (time: string) => `error after ${time}`,
			silent: (time: string) => `no answer within ${time}`,
			refused: () => 'refused by the browser',
			'not-asked': () => 'not asked'
		},
		carried: (bytes: string, rtt: string | null) => `${bytes} echoed${rtt === null ? '' : `, round trip ${rtt}`}`,
		foundIn: (place: string, time: string) => `${place} in ${time}`,
		port: (port: number) => `port ${port}`
	},

	verdict: {
		title: 'Verdict',
		measuring: 'Measuring',
		measuringLead: 'The answer appears here as soon as it is decided.',
		soFar: 'So far, still measuring',
		what: 'What to do',
		why: 'Why',
		evidence: (n: number) => `evidence ${n}`,
		evidenceLabel: (n: number, title: string) => `Evidence ${n}: ${title}`,
		names: VERDICT_WORDS
	},

	picture: PICTURE_WORDS,

	nat: {
		title: 'NAT behaviour',
		lead: 'What the routers between this device and the internet do to its packets, in the words of RFC 4787.',
		families: { ipv4: 'IPv4', ipv6: 'IPv6' },
		none: (family: string) => `No ${family} answer from outside, so nothing can be said about it.`,
		fields: {
			mapping: { name: 'Mapping', help: 'how the external address and port are chosen' },
			filtering: { name: 'Filtering', help: 'which inbound packets are accepted' },
			hairpin: { name: 'Hairpin', help: 'whether internal hosts reach each other by external addresses' },
			portPattern: { name: 'Port pattern', help: 'how external ports relate to internal ports' },
			publicAddresses: { name: 'Public address', help: 'the source address that servers see' },
			layers: { name: 'Layers', help: 'how many NATs in a row' }
		},
		noAddress: 'Not seen',
		mapping: MAPPING_WORDS,
		filtering: FILTERING_WORDS,
		hairpin: HAIRPIN_WORDS,
		portPattern: PORT_PATTERN_WORDS,
		layers: LAYERS_WORDS,
		because: 'Seen:'
	},

	peers: {
		title: 'Who can I call without TURN',
		lead: 'Direct calls from this network to each kind of network a peer may be on.',
		peer: 'The other side is',
		call: 'The call',
		nat: 'Its NAT',
		why: 'Why',
		mapping: (word: string) => `mapping ${word.toLowerCase()}`,
		filtering: (word: string) => `filtering ${word.toLowerCase()}`,
		noUdp: 'UDP is blocked there',
		...PEER_WORDS,
		ours: 'like this network'
	},

	serverTable: {
		title: 'Servers',
		caption: 'One row for each server address and address family.',
		server: 'Server',
		reached: 'Reached',
		authenticated: 'Authenticated',
		allocated: 'Relay allocated',
		carried: 'Data relayed',
		rtt: 'Round trip',
		time: 'First answer',
		yes: 'Yes',
		no: 'No',
		notNeeded: 'Not needed',
		notKnown: 'Not known',
		next: 'Next step:',
		browserSaid: (code: number | null, text: string) =>
			`The browser reported error ${code === null ? '' : `${code} `}${text === '' ? 'with no message' : `“${text}”`}`,
		after: (time: string) => `after ${time}`,
		none: 'No server was tested, so nothing can be said about TURN.',
		families: { ipv4: 'IPv4', ipv6: 'IPv6', unknown: 'not known' },
		named: serverName,
		states: SERVER_STATE_WORDS,
		unproven: UNPROVEN_WORD
	},

	answers: {
		title: 'Questions and answers',
		table: ANSWER_WORDS,
		missing: 'To find out:',
		because: 'Because'
	},

	findings: {
		title: 'Worth knowing',
		none: 'Nothing else stands out.',
		severities: FINDING_WORDS
	},

	details: {
		title: 'Everything that was observed',
		show: 'Show the evidence',
		loading: 'Loading',
		observation: (n: number) => `Evidence ${n}`,
		started: (at: string, took: string) => `began at ${at}, took ${took}`,
		raw: 'Raw JSON',
		copyRaw: 'Copy JSON',
		copyOne: 'Copy',
		environment: 'Measured with',
		outcome: { seen: 'Seen', failed: 'Failed', skipped: 'Skipped' }
	},

	open: {
		title: 'Open a saved report',
		lead: 'It is read in this page and sent nowhere.',
		file: 'Choose a file',
		drop: 'or drop it anywhere on this page',
		paste: 'Or paste the report or a link to one',
		doPaste: 'Open',
		close: 'Close',
		opened: (when: string, browser: string) => `A saved report from ${when}, measured with ${browser}.`,
		leave: 'Back to this network',
		same: (version: string) => `This version judges it as version ${version} did when it was saved.`,
		changed: (saved: string, now: string) => `Icelens ${saved} judged this report differently from Icelens ${now}:`,
		badLink: 'The link holds no readable report. It may have been cut off on its way; ask for it again.'
	}
};

export type Words = typeof words;
