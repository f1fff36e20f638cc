/** The words of the screen for two devices. */
import { duration } from '../../core/base/format';
import { PAIR_REASON_WORDS, PAIR_STEP_WORDS } from '../../core/messages/en/vocabulary';
import type { PairStepId } from '../../core/verdict/pair/pair-conclusion';

export const words = {
	title: 'Two devices',
	lead: 'Why can these two people not connect? Send one of them a link. Both networks are checked, then the two devices really call each other, over every path you choose, and both screens show what happened and why.',
	name: 'Name of this device, as the other one sees it',
	names: { host: (browser: string) => `Host, ${browser}`, guest: (browser: string) => `Guest, ${browser}` },
	privacy:
		'The other device learns this device’s public addresses and what its check found. The server in between passes messages on and keeps nothing. Audio and video are synthetic, unless you allow the camera.',
	camera: 'Use the camera and microphone instead of synthetic media',
	make: 'Make an invitation',
	making: 'Making a room',
	join: 'Join the call',
	invited:
		'You were invited to a test of the two networks. Press the button: this network is checked, and then the two devices call each other.',
	again: 'Make a new invitation',
	return: 'Return to the room',
	invite: {
		title: 'Invitation',
		lead: 'Open this link on the other device, or let it read the code. The link is for one device: the first device to open it joins.',
		copy: 'Copy the link',
		copied: 'Copied',
		code: 'QR code of the invitation link',
		waiting: 'Waiting for the other device',
		here: (name: string) => `${name} is here.`,
		auto: 'Try the direct path by itself when both are checked, then each relay, until one connects',
		away: (name: string) => `${name} has lost its connection to the server. Its place is kept for two minutes.`
	},
	room: {
		connecting: 'Connecting',
		open: 'In the room',
		lost: 'Connection to the server lost, trying again',
		ended: 'The room has ended'
	},
	leave: 'Leave the room',
	sides: {
		title: 'Both networks',
		you: 'this device',
		unnamed: 'This device',
		mapping: 'Mapping',
		filtering: 'Filtering',
		addresses: 'Public addresses',
		udp: 'UDP',
		turn: 'TURN',
		none: 'none seen',
		unknown: 'not known',
		checking: 'Being checked',
		progress: (done: number, all: number) => `Check: ${done} of ${all} tests done`,
		turnCount: (works: number, all: number) => (all === 0 ? 'no server in the list' : `${works} of ${all} work`)
	},
	prediction: {
		title: 'What the two checks say',
		lead: 'Judged from both checks alone, before anybody tries.',
		path: 'Path',
		works: 'Connects',
		why: 'Why',
		outcome: 'Tried',
		yes: 'yes',
		no: 'no',
		unknown: 'not known',
		try: 'Try',
		again: 'Try again',
		direct: 'Direct, without a relay',
		nothing: 'The paths appear when both checks are done.',
		none: 'By both checks and by what was tried, no path exists between these two networks: a direct path does not form, and there is no TURN server that both can use.',
		any: 'Whatever ICE chooses, with all servers',
		every: 'Try every path in turn',
		relayAt: 'A relay is tried at',
		relayAts: { both: 'both ends', host: 'this device only', guest: 'the other device only' },
		relayProves: {
			both: 'Both ends are held to the server: it shows that both can use it. Two relays of one server meet inside it, so nothing is shown about its way to others.',
			host: 'This device is held to the server, the other one has no TURN server: it shows that this device can use it, and that its relay reaches the other one outside.',
			guest:
				'The other device is held to the server, this one has no TURN server: it shows that the other one can use it, and that its relay reaches this one outside.'
		},
		shareServers: 'Give the other device the servers of this device’s list, with their credentials, for this call'
	},
	state: { yes: 'Connected', no: 'Not connected', trying: 'Trying', stopped: 'Ended before it connected' },
	attempt: {
		title: (number: number, path: string) => `Attempt ${number}: ${path}`,
		stop: 'End this call',
		steps: 'Time by step',
		pairs: 'Candidate pairs',
		pairsLead:
			'Every pair that an end tried, as that end saw it, and what became of it. Their states over time are among the charts below.',
		end: 'End',
		local: 'Local',
		remote: 'Remote',
		checks: 'Checks sent, answered',
		became: 'What became of it',
		noPairsYet: 'They appear with the first statistics of both ends.',
		noPairs: 'No end had a pair to try.',
		agrees: 'This is what the two checks said.',
		proves: {
			direct: 'No end had a TURN server: this is what the two networks allow by themselves.',
			any: 'Both ends had all servers, and ICE chose.',
			both: 'Both ends were held to this relay. It shows that both can use the server; two relays of one server meet inside it, so its way to others is not shown.',
			one: (held: string, other: string) =>
				`${held} was held to this relay, ${other} had no TURN server: it shows that the relay carries data between ${held} and an address outside the server.`
		},
		provesNot: {
			direct: 'No end had a TURN server: what failed is the way between the two networks themselves.',
			any: 'Both ends had all servers.',
			both: 'Both ends were held to this relay, and neither could fall back on anything else.',
			one: (held: string, other: string) => `${held} was held to this relay, ${other} had no TURN server.`
		},
		differs: 'This is not what the two checks said: that was wrong, or something changed since.',
		clock: (offsetMs: number, uncertaintyMs: number) =>
			`The clocks of the two devices differ by ${duration(Math.abs(offsetMs))}, known to within ${duration(Math.max(1, uncertaintyMs))}; all times are on this device’s clock.`,
		noClock: 'The two clocks could not be compared: times of the other device are as its own clock has them.',
		charts: 'Quality both ways',
		handshake: 'Handshake',
		handshakeLead: 'Both ends on one time axis',
		loss: (from: string, to: string) => `${from} to ${to}`,
		lost: (share: string, sent: number) => `${share} of ${sent} packets lost`,
		lossUnknown: 'not known yet',
		directions: 'Loss by direction',
		sent: 'Sent',
		received: 'Received'
	},
	steps: PAIR_STEP_WORDS,
	stepHelp: {
		signalling: 'until the other side’s description was there',
		gathering: 'until the first candidate',
		checks: 'until a candidate pair worked',
		dtls: 'until the keys were agreed',
		'first-frame': 'until the first frame was decoded'
	} satisfies Record<PairStepId, string>,
	reasons: PAIR_REASON_WORDS,
	picture: {
		label: (host: string, guest: string, state: string) => `${host} and ${guest}: ${state}`,
		nat: 'NAT',
		open: 'no NAT',
		firewall: 'firewall',
		relay: 'TURN',
		blocked: 'no UDP'
	},
	report: {
		title: 'Keep or share',
		save: 'Download the report',
		open: 'All reports',
		kept: 'Kept on this device; the other one keeps its own.',
		notKept: (why: string) => `Not kept on this device. ${why}`,
		note: 'One report for both devices: both checks, every attempt with both ends’ statistics. Addresses are in it, credentials are not. Under Reports it opens, is compared, and leaves in every format, with or without addresses and names.'
	},
	planner: {
		title: 'How many people would this carry?',
		lead: 'Arithmetic, not a measurement: what each topology needs of one participant’s line and of the server. Every number can be changed.',
		from: 'Numbers of the line from',
		typed: 'What I type',
		onPage: 'On this page',
		inHistory: 'Kept on this device',
		now: 'now',
		run: (line: string, when: string) => `${line}, ${when}`,
		fromRun: (run: string) => `Measured: ${run}.`,
		offered: (n: number) =>
			n === 1
				? 'One measurement of this device can be used: choose it above.'
				: `${n} measurements of this device can be used: choose one above.`,
		unknown:
			'Type what this line carries, or measure it with the load test of the Call screen, over a relay: it appears here then.',
		line: 'The line',
		call: 'The call',
		up: 'Up, Mbit/s',
		down: 'Down, Mbit/s',
		rtt: 'Round trip, ms',
		loss: 'Loss, %',
		participants: 'Participants',
		video: 'Video, kbit/s',
		audio: 'Audio, kbit/s',
		usable: 'Usable share, %',
		origins: { measured: 'measured', typed: 'typed', assumed: 'assumed', open: 'not known' },
		topology: 'Topology',
		client: 'Each, up and down',
		streams: 'Streams up, down',
		encodes: 'Encodes, decodes',
		server: 'Server, in and out',
		fits: 'Fits this line',
		most: 'At most',
		delay: 'Mouth-to-ear delay',
		delays: { good: 'not noticed', fair: 'noticed', poor: 'too long to talk', unknown: 'Not known' },
		none: 'none',
		mixed: (decodes: number, encodes: number) => `${decodes} decoded, ${encodes} encoded`,
		names: {
			mesh: 'Mesh',
			sfu: 'SFU',
			'sfu-simulcast': 'SFU with simulcast',
			mcu: 'MCU'
		},
		about: {
			mesh: 'Everybody sends to everybody.',
			sfu: 'A server passes each stream on to the others.',
			'sfu-simulcast': 'As SFU; each sends small copies too, and most people are shown small.',
			mcu: 'A server decodes all and sends everybody one mixed video.'
		},
		cites: {
			mesh: { name: 'RFC 7667 §3.4', url: 'https://www.rfc-editor.org/rfc/rfc7667#section-3.4' },
			sfu: { name: 'RFC 7667 §3.7', url: 'https://www.rfc-editor.org/rfc/rfc7667#section-3.7' },
			'sfu-simulcast': { name: 'RFC 8853', url: 'https://www.rfc-editor.org/rfc/rfc8853' },
			mcu: { name: 'RFC 7667 §3.6', url: 'https://www.rfc-editor.org/rfc/rfc7667#section-3.6' }
		},
		fit: { yes: 'Yes', no: 'No', unknown: 'Not known' },
		limit: { up: 'too much up', down: 'too much down', loss: 'too much is lost' },
		people: (count: number, most: number) => (count >= most ? `${most} or more` : count < 2 ? 'not even two' : `${count}`),
		lossHolds: 'Between 2 and 10 % loss senders stop raising their rate: the call stays up, at a low resolution.',
		lossStops:
			'Above 10 % loss senders lower their rate again and again: no topology carries this video, whatever the capacity of the line.',
		assumes: (a: { copies: string; mixed: string; large: number; endMs: number; mixMs: number }) =>
			`Assumed: small copies of ${a.copies}, ${a.large} shown large, a mixed video of ${a.mixed}, 58 bytes of headers on every packet, 50 audio packets a second, lost video packets retransmitted, ${duration(a.endMs)} for capturing, coding and playing, ${duration(a.mixMs)} for mixing; and that the others’ lines are like this one. A loss that is not known counts as none.`,
		formulas: 'Formulas',
		formulaLead:
			'n participants; V a video and A an audio stream on the wire; p the loss; ΣS the small copies, S the smallest; L shown large; M the mixed video; u the usable share; d the delay of the two ends, m that of mixing.',
		each: 'each participant, up; down:',
		serverIs: 'server:',
		terms: { video: 'Video on the wire', audio: 'Audio on the wire', fits: 'It fits where', delay: 'Mouth-to-ear delay' },
		definitions: 'Where this comes from:',
		links: [
			{ name: 'RFC 7667 (topologies)', url: 'https://www.rfc-editor.org/rfc/rfc7667' },
			{ name: 'RFC 8853 (simulcast)', url: 'https://www.rfc-editor.org/rfc/rfc8853' },
			{ name: 'RFC 3550 §5.1 (RTP header)', url: 'https://www.rfc-editor.org/rfc/rfc3550#section-5.1' },
			{ name: 'RFC 4588 (retransmission)', url: 'https://www.rfc-editor.org/rfc/rfc4588' },
			{ name: 'RFC 7587 §3.1.1 (Opus)', url: 'https://www.rfc-editor.org/rfc/rfc7587#section-3.1.1' },
			{
				name: 'draft-ietf-rmcat-gcc-02 §6 (loss and rate)',
				url: 'https://datatracker.ietf.org/doc/html/draft-ietf-rmcat-gcc-02#section-6'
			},
			{ name: 'ITU-T G.114 (delay)', url: 'https://www.itu.int/rec/T-REC-G.114' }
		],
		chart: 'Up and down of one participant by number of participants'
	}
};
