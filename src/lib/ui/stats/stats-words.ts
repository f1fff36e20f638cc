/** Everything the stats screen says. */
import { count, plural } from '../../core/base/format';

export const statsWords = {
	title: 'Open a dump, and see what happened in the call.',
	lead: 'webrtc-internals of any Chrome, rtcstats and RTCStatsDump, about:webrtc of Firefox, getStats, copies of a console, logs of libwebrtc and of servers, packet captures. Everything is read in this page; nothing is uploaded.',
	open: {
		title: 'Dumps',
		choose: 'Open a file',
		second: 'Open another to compare',
		drop: 'or drop it anywhere on this page, or paste its text',
		paste: 'Paste text',
		pasteLabel: 'Text of a dump',
		pasteUse: 'Read this text',
		pasted: 'pasted text',
		reading: (name: string, share: number) => `Reading ${name}: ${Math.round(share * 100)} %`,
		cancel: 'Cancel',
		close: (name: string) => `Close ${name}`,
		refused: 'Not opened',
		/** A verdict on two files that hold the two ends of a call. */
		joined: (one: string, other: string) => `Both ends: ${one} and ${other}`,
		tooLargeTogether:
			'These files hold the two ends of one call, and are too large to be judged together in a page. The command “icelens stats” with both of them does that.',
		files: 'Open files',
		how: {
			title: 'How to get a dump',
			ways: [
				{
					where: 'Chrome, Edge and others of their kind',
					how: 'Open chrome://webrtc-internals in a second tab before the call, and after it “Create a WebRTC-Internals dump”, “Download the PeerConnection updates and stats data”.'
				},
				{ where: 'Firefox', how: 'Open about:webrtc during the call, and save it with “Save Page”, or “Copy Report”.' },
				{
					where: 'Any browser, in the console of the page',
					how: 'copy(JSON.stringify([...(await connection.getStats()).values()])), with the variable that holds the connection.'
				},
				{
					where: 'Packets and servers',
					how: 'tcpdump or Wireshark (pcap, pcapng), and the logs of coturn, Janus, LiveKit, Jitsi, mediasoup and go2rtc.'
				}
			]
		},
		samples: {
			title: 'Samples',
			notLoaded: (name: string) => `The sample ${name} could not be loaded from this server.`,
			files: [
				{ name: 'call-with-wrong-password.json.gz', title: 'A call that failed' },
				{ name: 'call-with-simulcast.json.gz', title: 'A call with simulcast' }
			]
		},
		opened: (name: string, connections: number) => `${name} is open: ${count(connections, 'connection')}.`
	},
	notes: 'What to know about this dump',
	keptCopy: {
		gone: 'This dump is not kept on this device, or no longer. Open its file again.',
		notStats: 'The kept report holds no statistics.',
		look: 'Look at it on the Stats screen',
		title: 'Statistics from a dump',
		about: (formatName: string, connections: number) => `${formatName}, ${count(connections, 'connection')}.`
	},
	findings: {
		title: 'Findings',
		/** Below a verdict that already says the first of them. */
		more: 'Other findings',
		follows: (consequences: number) => `What follows from it (${consequences})`,
		show: 'Show in the charts',
		at: (time: string) => `at ${time}`
	},
	calls: {
		title: 'Calls'
	},
	connection: {
		path: 'Path',
		figures: 'Figures',
		events: 'Events',
		states: 'States over time',
		charts: 'Charts',
		back: 'Back',
		noCharts: 'Nothing in this connection was measured over time.',
		steady: 'Values that did not change',
		limits: 'Quality limitation',
		pairsOverTime: 'Candidate pairs over time',
		pairs: 'Candidate pairs',
		candidates: 'Candidates',
		procedure: 'Offer and answer',
		procedureLead: 'Each description opens in the SDP workbench.',
		raw: 'Raw values',
		rawLead: 'The sample at the crosshair of the charts; without one, the last.',
		track: 'Object',
		configuration: 'Configuration',
		media: 'Microphone, camera and screen',
		columns: {
			state: 'State',
			local: 'Local',
			remote: 'Remote',
			rtt: 'Round trip',
			bytes: 'Sent / received',
			checks: 'Checks / answers',
			side: 'End',
			type: 'Type',
			address: 'Address',
			protocol: 'Protocol',
			server: 'Server',
			priority: 'Priority',
			field: 'Field',
			value: 'Value',
			time: 'Time',
			samples: 'Samples'
		},
		selected: 'in use',
		hidden: 'hidden',
		approximate: 'approximate',
		history: 'before'
	},
	search: {
		title: 'Search',
		label: 'Search events, descriptions, fields and notes',
		none: 'Nothing holds this text.',
		count: (n: number, atMost: number) => `${count(n, 'place')}${n >= atMost ? ', and perhaps more' : ''}`
	},
	compare: {
		title: 'Two files side by side',
		with: 'Compare',
		and: 'with',
		ends: (by: string, shared: number) =>
			`These are the two ends of one call: ${by === 'ssrc' ? count(shared, 'stream (SSRC)', 'streams (SSRC)') : count(shared, 'address', 'addresses')} of one ${plural(shared, 'is', 'are')} in the other.`,
		apart: 'Nothing ties these two connections together: they are compared as two calls.',
		align: 'Line up the charts',
		byStart: 'by their beginning',
		byClock: 'by the clock',
		streams: 'Sent against received',
		over: (time: string) =>
			`Over the ${time} that both files recorded. What arrived less than was sent is missing; what the receiver counts as lost may have come late.`,
		notOver: 'Over all that each file recorded: their times have too little in common to say what is missing.',
		columns: {
			stream: 'Stream',
			from: 'From',
			sent: 'Packets sent',
			received: 'Packets received',
			missing: 'Missing',
			lost: 'Counted as lost'
		},
		figure: 'Figure',
		figures: {
			title: 'In figures',
			rows: {
				outcome: 'Outcome',
				path: 'Path',
				seconds: 'Duration of media',
				rttMs: 'Round-trip time (median)',
				lossIn: 'Inbound loss',
				jitterInMs: 'Jitter (median)',
				audioInBps: 'Audio received',
				videoInBps: 'Video received',
				videoOutBps: 'Video sent',
				availableBps: 'Available outgoing bitrate',
				freezes: 'Freezes',
				bytesSent: 'Sent',
				bytesReceived: 'Received'
			}
		},
		charts: 'Both in one chart'
	},
	save: {
		title: 'Save what was found',
		redact: 'Replace addresses, names and credentials with placeholders',
		redactHelp: 'The same value gets the same placeholder in descriptions, statistics and events.',
		json: 'JSON',
		markdown: 'Markdown',
		kept: 'Kept on this device.',
		already: (when: string) => `This dump is already kept on this device, since ${when}.`,
		bounded: (leftOut: string) => `The kept copy is smaller than the dump. ${leftOut}`,
		notKept: (why: string) => `Not kept on this device. ${why}`,
		off: 'Not kept on this device: keeping is switched off.',
		toReports: 'All reports'
	}
};
