/** Everything the call screen says. */
import { count, ordinal } from '../../core/base/format';
import { USE_LOOPBACK } from '../../core/messages/en/vocabulary';
import type { CallState } from '../../probes/call/loopback-call';

export const words = {
	title: 'A real call, over exactly the path you choose.',
	lead: 'Two ends inside this page call each other with audio and video through this network, and every number they report is charted meanwhile.',
	setup: 'The call',
	path: {
		title: 'Path',
		ice: 'Chosen by ICE',
		relay: 'Through this relay only',
		names: { any: 'any path', host: 'host candidates only', srflx: 'server-reflexive candidates only' },
		short: { any: 'Any path', host: 'Direct, host', srflx: 'Direct, server-reflexive' },
		oneEnd: 'Only one end behind the relay',
		oneEndHelp: 'Otherwise both are, and media cross the relay twice.',
		noRelay: 'No TURN server is in the list, so only direct paths can be chosen.',
		change: 'Change the servers',
		loopback: `Firefox asks no server on this machine itself, as at 127.0.0.1, unless configured to: paths over one fail. ${USE_LOOPBACK}`,
		gone: 'This server is no longer in the list. Choose another path.'
	},
	media: {
		source: 'Source',
		synthetic: 'a moving test pattern and a tone',
		devices: 'camera and microphone',
		devicesHelp: 'The browser asks first. Without permission the test pattern takes their place.',
		audioOnly: 'Audio only',
		codec: 'Codec',
		codecAny: 'the browser’s choice',
		size: 'Resolution',
		frameRate: 'Frame rate',
		cap: 'Max bitrate',
		capNone: 'no limit',
		duration: 'Duration',
		endless: 'until stopped',
		seconds: (s: number) => (s < 60 ? `${s} s` : `${s / 60} min`),
		poll: 'Poll interval',
		more: 'Audio, video and duration'
	},
	cost: (text: string) => `About ${text}.`,
	costEndless: (text: string) => `About ${text} for each minute.`,
	costHost: 'Direct calls of a device with itself cost no traffic.',
	start: 'Start the call',
	again: 'Call again',
	stop: 'Stop',
	restart: 'Restart ICE',
	switch: 'Switch path',
	switchTo: 'Switch to',
	loseCamera: 'Simulate camera loss',
	loseMicrophone: 'Simulate microphone loss',
	controls: 'While the call runs',

	live: 'The call now',
	was: 'The call as it was',
	states: {
		idle: 'Not started',
		connecting: 'Connecting',
		connected: 'Connected',
		interrupted: 'Interrupted',
		ended: 'Ended'
	} satisfies Record<CallState, string>,
	facts: {
		quality: 'Quality',
		time: 'Time',
		connect: 'Connected after',
		media: 'First frame after',
		mediaAudio: 'First audio after',
		path: 'Media path',
		asked: 'Requested path',
		source: 'Source',
		none: 'not yet',
		never: 'never'
	},
	thinned: (n: number) => `A long call: every ${ordinal(n)} sample is kept in the report.`,
	preview: {
		sent: 'Sent by both ends',
		received: 'Received by the callee, through the network',
		audioOnly: 'Audio only: there is no video.'
	},
	said: {
		connecting: 'Connecting.',
		connected: (path: string | null) => `Connected${path ? `, over ${path}` : ''}.`,
		interrupted: 'The call is interrupted.',
		ended: (why: string) => `The call has ended. ${why}`
	},
	handshake: {
		title: 'The handshake, step by step',
		lead: 'Every signalling message between the two ends, with times.'
	},
	charts: 'Charts',
	chartsOf: (path: string) => `Charts of the call over ${path}`,
	events: 'Events',

	quality: {
		title: 'Quality',
		unknownYet: 'Measuring',
		missing: (what: string) => `To say more: ${what}.`,
		what: 'What',
		direction: 'Direction',
		both: 'whole path',
		value: 'Measured',
		verdict: 'Verdict',
		limits: 'Limits',
		limitsOf: (good: string, fair: string) => `good ${good}, fair ${fair}`,
		source: 'Where the limits come from',
		notMeasured: 'not measured',
		capped: 'The bitrate was capped by you, so what the path allows was not judged.'
	},
	mos: {
		show: 'Formula, inputs and clamp',
		input: 'Input',
		value: 'Value',
		source: 'Where it comes from'
	},
	oneWay: {
		title: 'Each direction by itself',
		lead: 'Both ends share one clock, so each direction is measured alone.',
		direction: 'Direction',
		sent: 'Packets sent',
		received: 'Received',
		loss: 'Lost',
		delay: 'Delay, median',
		delayWorst: '95th percentile',
		messages: 'Small messages lost',
		names: (from: string, to: string) => `${from} to ${to}`
	},
	load: {
		title: 'Load test',
		lead: 'Fills a data channel over the chosen path, one direction after the other, and times small messages meanwhile: the throughput, and the delay and loss that it adds.',
		over: (path: string) => `Over ${path}.`,
		cost: (text: string) => `At most ${text}; a slow path carries less.`,
		start: 'Start the load test',
		stop: 'Stop',
		progress: {
			connecting: 'Connecting.',
			idle: 'Timing small messages on the idle path.',
			forth: 'Loading from the caller to the callee.',
			back: 'Loading from the callee to the caller.'
		},
		none: 'Not run yet.',
		path: 'Path',
		direction: 'Direction',
		directions: { forth: 'caller to callee', back: 'callee to caller' },
		throughput: 'Throughput',
		idle: 'Delay, idle',
		under: 'Delay, under load',
		lost: 'Messages lost',
		nothing: 'nothing arrived',
		ended: { done: '', stopped: 'Stopped before its end.', 'path-lost': 'The path was lost meanwhile.' },
		failed: 'The path could not be loaded:'
	},
	compare: {
		title: 'Compare paths',
		lead: 'The same short call over each path in turn, side by side.',
		choose: 'Paths',
		start: 'Compare',
		stop: 'Stop',
		cost: (n: number, text: string) => `${count(n, 'call')}, about ${text}.`,
		progress: (n: number, of: number, path: string) => `Call ${n} of ${of}: ${path}.`,
		path: 'Path',
		connect: 'Connected after',
		rtt: 'Round trip',
		lossThere: 'Outbound loss',
		lossBack: 'Inbound loss',
		rateThere: 'Outbound bitrate',
		rateBack: 'Inbound bitrate',
		quality: 'Quality',
		waiting: 'waiting',
		running: 'runs now',
		failed: 'did not connect'
	},
	save: {
		title: 'Save, or open a saved call',
		download: 'Download report',
		note: 'The report holds everything measured here and this network’s addresses. It never holds credentials, audio or video.',
		nothing: 'Nothing to save yet.',
		count: (n: number) => `${count(n, 'measurement')} so far.`,
		open: 'Open a saved report',
		opened: (when: string, browser: string) => `A saved call from ${when}, measured with ${browser}.`,
		which: 'Call',
		leave: 'Back to this network',
		noCall: 'This report holds no call. It can be opened on the Check screen.'
	}
};
