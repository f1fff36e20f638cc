/** Everything the screen for a URL says. What came of one is said by core. */
import { duration } from '../../core/base/format';

export const words = {
	title: 'Does this network reach your server?',
	lead: 'Signalling, a media server or an API: this page opens a WebSocket or asks over HTTPS, and says what the browser tells of it, and what it hides.',
	ask: 'The URL',
	url: 'URL of your own server',
	urlHelp:
		'wss:// for a WebSocket, https:// for anything else. A token in the query is sent along and not kept; nothing else is sent.',
	placeholder: 'wss://signal.example.org/socket',
	mine: (host: string) => `${host} is mine, or I may test it`,
	mineHelp:
		'This page then connects to it from this device; the server of this page is not involved. No link starts it by itself.',
	hold: 'Hold the WebSocket open in silence for',
	holdTime: 'How long to hold it open',
	holdHelp:
		'Many proxies cut a connection after 60 s without data, some sooner or later. Nothing is sent meanwhile, so that a cut shows with its second. Keep this tab in sight.',
	holdFor: (s: number) => (s < 120 ? `${s} s` : `${Math.round(s / 60)} min`),
	start: 'Ask this URL',
	stop: 'Stop',
	again: 'Ask again',
	running: 'Now',
	connecting: (host: string) => `Waiting for ${host}`,
	open: 'The WebSocket is open. Nothing is sent.',
	elapsed: (ms: number, ofMs: number) => `${Math.floor(ms / 1000)} of ${Math.round(ofMs / 1000)} s`,
	said: { asking: 'Asking.', open: 'The WebSocket is open.' },

	result: 'What came of it',
	evidence: 'What was seen',
	when: 'Asked',
	rows: {
		url: 'URL',
		handshake: 'WebSocket',
		held: 'Held open',
		received: 'Received meanwhile',
		closed: 'Closed with',
		http: 'HTTPS',
		page: 'This page',
		permission: 'Permission “local network”'
	},
	handshake: {
		opened: (ms: number) => `opened after ${duration(ms)}`,
		ended: (ms: number) => `error after ${duration(ms)}, with no reason`,
		silent: (ms: number) => `neither opened nor failed within ${duration(ms)}`,
		refused: () => 'refused by the browser',
		'not-asked': () => 'not asked'
	},
	http: {
		answered: (ms: number) => `answered after ${duration(ms)}`,
		'redirected-out': (ms: number) => `redirected after ${duration(ms)}, to a URL that this page does not ask`,
		failed: (ms: number) => `error after ${duration(ms)}, with no reason`,
		silent: (ms: number) => `no answer within ${duration(ms)}`,
		'not-asked': () => 'not asked'
	},
	status: (status: number | null) => (status === null ? 'status hidden from this page' : `status ${status}`),
	messages: (n: number) => (n === 0 ? 'nothing that a page is shown' : n === 1 ? '1 message' : `${n} messages`),
	byThisPage: 'by this page, at the end',
	secure: { true: 'over https:', false: 'over http:' },
	stopped: 'Stopped before anything was known.',
	command: 'More from the command line',
	copy: 'Copy',
	save: 'Save as JSON',
	kept: 'Kept under Reports',
	earlier: 'Asked before, on this page',
	permissions: { granted: 'granted', prompt: 'not asked for yet', denied: 'denied' }
};
