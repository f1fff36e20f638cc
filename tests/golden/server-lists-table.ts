/** Of each rule for lists of servers: a list that breaks it, and one that does not. Judging need not load them. */
import type { IceServer } from '../../src/lib/core/ice/server';
import type { ServerListValues } from '../../src/lib/core/ice/server-list-values';

const one = (url: string, login = false): IceServer[] => [
	login ? { urls: [url], username: 'user', credential: 'secret' } : { urls: [url] }
];
const login = (username: string, credential: string): IceServer[] => [
	{ urls: ['turn:turn.example.org', 'turn:turn.example.org?transport=tcp'], username, credential }
];
/** Of the year 2096: no test outlives it. */
const LATER = '4000000000:user';
const GOOD = login(LATER, 'QArDp18zdKr4CT8tvpVplSgsreQ=');

export const SERVER_LIST_EXAMPLES: Readonly<Record<keyof ServerListValues, { bad: IceServer[]; good: IceServer[] }>> = {
	'server-without-address': { bad: [{ urls: [] }], good: one('stun:stun.example.org') },
	'address-empty': { bad: [{ urls: ['stun:stun.example.org', ''] }], good: one('stun:stun.example.org') },
	'address-scheme': { bad: one('https://turn.example.org'), good: one('stun:stun.example.org') },
	'address-without-scheme': { bad: one('stun.example.org:3478'), good: one('stun:stun.example.org:3478') },
	'address-slashes': { bad: one('stun://stun.example.org'), good: one('stun:stun.example.org') },
	'address-with-user': { bad: [{ urls: ['turn:user:secret@turn.example.org'] }], good: one('turn:turn.example.org', true) },
	'ipv6-without-brackets': { bad: one('stun:2001:db8::1'), good: one('stun:[2001:db8::1]') },
	'port-invalid': { bad: one('stun:stun.example.org:99999'), good: one('stun:stun.example.org') },
	'stun-with-transport': { bad: one('stun:stun.example.org?transport=udp'), good: one('stun:stun.example.org') },
	'transport-unknown': {
		bad: one('turn:turn.example.org?transport=tls', true),
		good: one('turns:turn.example.org?transport=tcp', true)
	},
	'address-malformed': { bad: one('stun:256.1.1.1'), good: one('stun:192.0.2.1') },
	'address-placeholder': { bad: one('$TURN_URL', true), good: one('turn:turn.example.org:3478', true) },
	'transport-in-capitals': {
		bad: one('turn:turn.example.org?transport=TCP', true),
		good: one('turn:turn.example.org?transport=tcp', true)
	},
	'stuns-scheme': { bad: one('stuns:stun.example.org'), good: one('stun:stun.example.org') },
	'port-blocked-by-firefox': { bad: one('stun:stun.example.org:5060'), good: one('stun:stun.example.org:3478') },
	'turn-login-missing': { bad: one('turn:turn.example.org'), good: one('turn:turn.example.org', true) },
	'username-too-long': {
		bad: [{ urls: ['turn:turn.example.org'], username: 'u'.repeat(510), credential: 'secret' }],
		good: [{ urls: ['turn:turn.example.org'], username: 'u'.repeat(509), credential: 'secret' }]
	},
	'turn-port-not-tried': { bad: one('turn:turn.example.org:444', true), good: one('turn:turn.example.org:443', true) },
	'turns-over-udp': {
		bad: one('turns:turn.example.org?transport=udp', true),
		good: one('turns:turn.example.org?transport=tcp', true)
	},
	'turns-to-address': { bad: one('turns:192.0.2.1', true), good: one('turns:turn.example.org', true) },
	'turn-list-cut': {
		bad: [{ urls: Array.from({ length: 33 }, (_, i) => `turn:t${i}.example.org`), username: 'user', credential: 'secret' }],
		good: one('turn:turn.example.org', true)
	},
	'login-with-spaces': {
		bad: [{ urls: ['turn:turn.example.org'], username: 'user ', credential: 'secret' }],
		good: one('turn:turn.example.org', true)
	},
	'address-with-spaces': { bad: one('stun:stun.example.org '), good: one('stun:stun.example.org') },
	'address-twice': {
		bad: [{ urls: ['stun:stun.example.org', 'stun:stun.example.org:3478'] }],
		good: [{ urls: ['stun:stun.example.org', 'stun:stun.example.org:3479'] }]
	},
	'address-unusable': { bad: one('stun:0.0.0.0'), good: one('stun:192.0.2.1') },
	'address-local': { bad: one('stun:192.168.1.1'), good: one('stun:192.0.2.1') },
	'stun-with-login': { bad: one('stun:stun.example.org', true), good: one('stun:stun.example.org') },
	'many-servers': {
		bad: Array.from({ length: 5 }, (_, i) => ({ urls: [`stun:s${i}.example.org`] })),
		good: one('stun:stun.example.org')
	},
	'turn-over-udp-only': {
		bad: one('turn:turn.example.org', true),
		good: [{ urls: ['turn:turn.example.org', 'turn:turn.example.org?transport=tcp'], username: 'user', credential: 'secret' }]
	},
	'no-turn-server': { bad: one('stun:stun.example.org'), good: one('turn:turn.example.org', true) },
	'no-server': { bad: [], good: one('stun:stun.example.org') },
	'login-placeholder': { bad: login('${TURN_USER}', '<your-password>'), good: login('user', '$ecret') },
	'credential-hex': { bad: login(LATER, '400ac3a75f3374aaf8093f2dbe956995282cade4'), good: GOOD },
	'credential-base64-of-hex': { bad: login(LATER, 'NDAwYWMzYTc1ZjMzNzRhYWY4MDkzZjJkYmU5NTY5OTUyODJjYWRlNA=='), good: GOOD },
	'turn-credential-expired': { bad: login('1600000000:user', 'QArDp18zdKr4CT8tvpVplSgsreQ='), good: GOOD },
	'credential-not-hmac': { bad: login(LATER, 'north-wind'), good: GOOD },
	'credential-time-in-milliseconds': { bad: login('4000000000000:user', 'QArDp18zdKr4CT8tvpVplSgsreQ='), good: GOOD },
	'credential-expires-during-run': { bad: login('1795219212:user', 'QArDp18zdKr4CT8tvpVplSgsreQ='), good: GOOD },
	'credential-expires-soon': { bad: login('1795219320:user', 'QArDp18zdKr4CT8tvpVplSgsreQ='), good: GOOD },
	'login-filler': { bad: login('user', 'REPLACE_ME'), good: login('user', 'change') }
};
