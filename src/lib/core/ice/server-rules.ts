/**
 * The linter's rules. What browsers accept was measured by constructing connections in Chromium 156 and Firefox 153;
 * tests/e2e/browser-facts.test.ts does it again. W3C WebRTC §4.2.4 and §4.4.1.6 say what they should do.
 */
import { parseIp, scopeOfText } from '../base/ip';
import { utf8Encode } from '../stun/bytes';
import { formatIceUrl, parseIceUrl, type IceUrl } from '../stun/uri';
import type { UrlFault } from '../stun/uri-fault';
import type { IceServer } from './server';
import type { Hit, LintFix, ServerLintRule } from './server-finding';
import type { RefusedUrl } from './server-list-values';
import { expiredForMs } from '../stun/rest-credentials';

/** libwebrtc p2p/base/port_allocator.h, kMaxTurnServers. */
const MAX_TURN_SERVERS = 32;
/** RFC 8489 §14.3. */
const MAX_USERNAME_BYTES = 509;
/** From here on Firefox warns on its console that discovery gets slow. */
const MANY_SERVERS = 5;
/** libwebrtc TurnPort::AllowedTurnPort. */
const LOW_TURN_PORTS = [53, 80, 443];
/** Ports to which Firefox 153 refuses STUN and TURN: the bad ports of the Fetch standard (§2.9) without 53. */
export const FIREFOX_BLOCKED_PORTS = new Set(
	(
		'1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 143 161 ' +
		'179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 ' +
		'4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080'
	)
		.split(' ')
		.map(Number)
);

interface Place {
	server: IceServer;
	/** As written. */
	text: string;
	/** Null when it cannot be read. */
	url: IceUrl | null;
	/** Why not. */
	fault: UrlFault | null;
	at: { server: number; url: number };
}

function places(servers: readonly IceServer[]): Place[] {
	return servers.flatMap((server, i) =>
		server.urls.map((text, j) => {
			const read = parseIceUrl(text.trim());
			const at = { server: i, url: j };
			return read.ok ? { server, text, url: read.value, fault: null, at } : { server, text, url: null, fault: read.error, at };
		})
	);
}

/** A rule that looks at one address at a time. `look` gives the values and the address to write instead. */
function eachUrl<V>(
	look: (place: Place) => { values: V; instead?: string | null } | null
): (servers: readonly IceServer[]) => Hit<V>[] {
	return (servers) =>
		places(servers).flatMap((place) => {
			const found = look(place);
			if (!found) return [];
			const { values, instead } = found;
			const fix: LintFix | null = instead
				? { label: { rule: 'write-address', values: { url: instead } }, servers: withUrl(servers, place, instead) }
				: null;
			return [{ ...place.at, values, fix }];
		});
}

function withUrl(servers: readonly IceServer[], { at }: Place, text: string): IceServer[] {
	return servers.map((server, i) =>
		i === at.server ? { ...server, urls: server.urls.map((url, j) => (j === at.url ? text : url)) } : server
	);
}

function withServer(servers: readonly IceServer[], index: number, change: (server: IceServer) => IceServer): IceServer[] {
	return servers.map((server, i) => (i === index ? change(server) : server));
}

/** Leaves the addresses out that `drop` names; entries without any go too. */
function without(servers: readonly IceServer[], drop: (place: Place) => boolean): IceServer[] {
	const dropped = new Set(
		places(servers)
			.filter(drop)
			.map(({ at }) => `${at.server} ${at.url}`)
	);
	return servers
		.map((server, i) => ({ ...server, urls: server.urls.filter((_, j) => !dropped.has(`${i} ${j}`)) }))
		.filter(({ urls }) => urls.length > 0);
}

/** The text if it can be read as an address, else null: no remedy is better than a wrong one. */
function readable(text: string): string | null {
	return parseIceUrl(text).ok ? text : null;
}

const isTurnText = (text: string) => /^\s*turns?:/i.test(text);
const turnPlaces = (servers: readonly IceServer[]) => places(servers).filter(({ text }) => isTurnText(text));

/** The values of an address that is refused for one of these reasons; null for others. */
function refusedFor({ fault }: Place, ...codes: UrlFault['code'][]): RefusedUrl | null {
	return fault && codes.includes(fault.code) ? { fault } : null;
}

const one = (url: string, login = false): IceServer[] => [
	login ? { urls: [url], username: 'user', credential: 'secret' } : { urls: [url] }
];

/** Faults with a rule of their own; the others are `address-malformed`. */
const HAVE_A_RULE: readonly UrlFault['code'][] = [
	'empty',
	'scheme',
	'no-scheme',
	'slashes',
	'user-info',
	'ipv6-brackets',
	'port',
	'stun-transport',
	'transport',
	'query'
];

/** Lists that one browser at least refuses when a connection is made. */
export const REFUSED_BY_BROWSERS: readonly ServerLintRule[] = [
	{
		id: 'server-without-address',
		severity: 'problem',
		check: (servers) =>
			servers.flatMap(({ urls }, i) =>
				urls.some((url) => url.trim() !== '')
					? []
					: [
							{
								server: i,
								url: null,
								values: {},
								fix: { label: { rule: 'take-entry-out', values: {} }, servers: servers.filter((_, j) => j !== i) }
							}
						]
			),
		bad: [{ urls: [] }],
		good: one('stun:stun.example.org')
	},
	{
		id: 'address-empty',
		severity: 'problem',
		check: (servers) =>
			places(servers)
				.filter(({ text, server }) => text.trim() === '' && server.urls.some((url) => url.trim() !== ''))
				.map(({ at }) => ({
					...at,
					values: {},
					fix: {
						label: { rule: 'take-address-out', values: {} },
						servers: without(servers, (place) => place.at.server === at.server && place.at.url === at.url)
					}
				})),
		bad: [{ urls: ['stun:stun.example.org', ''] }],
		good: one('stun:stun.example.org')
	},
	{
		id: 'address-scheme',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'scheme');
			return values && { values };
		}),
		bad: one('https://turn.example.org'),
		good: one('stun:stun.example.org')
	},
	{
		id: 'address-without-scheme',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'no-scheme');
			const login = place.server.username !== undefined || place.server.credential !== undefined;
			return values && { values, instead: readable(`${login ? 'turn' : 'stun'}:${place.text.trim()}`) };
		}),
		bad: one('stun.example.org:3478'),
		good: one('stun:stun.example.org:3478')
	},
	{
		id: 'address-slashes',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'slashes');
			return values && { values, instead: readable(place.text.trim().replace(/:\/+/, ':')) };
		}),
		bad: one('stun://stun.example.org'),
		good: one('stun:stun.example.org')
	},
	{
		id: 'address-with-user',
		severity: 'problem',
		check: (servers) =>
			places(servers).flatMap((place) => {
				const values = refusedFor(place, 'user-info');
				return values ? [{ ...place.at, values, fix: moveUser(servers, place) }] : [];
			}),
		bad: [{ urls: ['turn:user:secret@turn.example.org'] }],
		good: one('turn:turn.example.org', true)
	},
	{
		id: 'ipv6-without-brackets',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'ipv6-brackets');
			const [, scheme, address, query] = /^(\w+:)([^?]*)(.*)$/.exec(place.text.trim()) ?? [];
			return values && { values, instead: parseIp(address ?? '') ? readable(`${scheme}[${address}]${query}`) : null };
		}),
		bad: one('stun:2001:db8::1'),
		good: one('stun:[2001:db8::1]')
	},
	{
		id: 'port-invalid',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'port');
			return values && { values, instead: readable(place.text.trim().replace(/:[^:\]]*?(?=\?|$)/, '')) };
		}),
		bad: one('stun:stun.example.org:99999'),
		good: one('stun:stun.example.org')
	},
	{
		id: 'stun-with-transport',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'stun-transport');
			return values && { values, instead: readable(place.text.trim().replace(/\?.*$/, '')) };
		}),
		bad: one('stun:stun.example.org?transport=udp'),
		good: one('stun:stun.example.org')
	},
	{
		id: 'transport-unknown',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'transport', 'query');
			const text = place.text.trim();
			const bare = text.replace(/\?.*$/, '');
			const tls = /transport=d?tls/i.test(text);
			return values && { values, instead: readable(tls ? `${bare.replace(/^turns?:/i, 'turns:')}?transport=tcp` : bare) };
		}),
		bad: one('turn:turn.example.org?transport=tls', true),
		good: one('turns:turn.example.org?transport=tcp', true)
	},
	{
		id: 'address-malformed',
		severity: 'problem',
		check: eachUrl((place) => {
			const { fault } = place;
			const values = fault && !HAVE_A_RULE.includes(fault.code) ? { fault } : null;
			const bare = refusedFor(place, 'path', 'fragment') ? place.text.trim().replace(/[/#].*$/, '') : '';
			return values && { values, instead: readable(bare) };
		}),
		bad: one('stun:256.1.1.1'),
		good: one('stun:192.0.2.1')
	},
	{
		id: 'transport-in-capitals',
		severity: 'problem',
		check: eachUrl(({ text, url }) => {
			const query = /\?transport=([A-Za-z]+)$/i.exec(text.trim())?.[0];
			if (!url || query === undefined || query === query.toLowerCase()) return null;
			return { values: { query }, instead: text.trim().replace(query, query.toLowerCase()) };
		}),
		bad: one('turn:turn.example.org?transport=TCP', true),
		good: one('turn:turn.example.org?transport=tcp', true)
	},
	{
		id: 'stuns-scheme',
		severity: 'problem',
		check: eachUrl(({ text, url }) =>
			url?.scheme === 'stuns' ? { values: {}, instead: text.trim().replace(/^stuns:/i, 'stun:') } : null
		),
		bad: one('stuns:stun.example.org'),
		good: one('stun:stun.example.org')
	},
	{
		id: 'port-blocked-by-firefox',
		severity: 'problem',
		check: eachUrl(({ url }) => (url && FIREFOX_BLOCKED_PORTS.has(url.port) ? { values: { port: url.port } } : null)),
		bad: one('stun:stun.example.org:5060'),
		good: one('stun:stun.example.org:3478')
	},
	{
		id: 'turn-login-missing',
		severity: 'problem',
		check: (servers) =>
			servers.flatMap(({ urls, username = '', credential = '' }, i) => {
				if (!urls.some(isTurnText) || (username !== '' && credential !== '')) return [];
				const missing = username !== '' ? 'credential' : credential !== '' ? 'username' : 'both';
				return [{ server: i, url: null, values: { missing }, fix: null }];
			}),
		bad: one('turn:turn.example.org'),
		good: one('turn:turn.example.org', true)
	},
	{
		id: 'username-too-long',
		severity: 'problem',
		check: (servers) =>
			servers.flatMap(({ urls, username = '' }, i) => {
				const bytes = utf8Encode(username).length;
				if (bytes <= MAX_USERNAME_BYTES || !urls.some(isTurnText)) return [];
				return [{ server: i, url: null, values: { bytes, bytesAtMost: MAX_USERNAME_BYTES }, fix: null }];
			}),
		bad: [{ urls: ['turn:turn.example.org'], username: 'u'.repeat(510), credential: 'secret' }],
		good: [{ urls: ['turn:turn.example.org'], username: 'u'.repeat(509), credential: 'secret' }]
	}
];

/** Lists that are accepted, and do something else than one thinks. */
const SURPRISES: readonly ServerLintRule[] = [
	{
		id: 'turn-port-not-tried',
		severity: 'problem',
		check: eachUrl(({ text, url }) =>
			url && isTurnText(text) && url.port < 1024 && !LOW_TURN_PORTS.includes(url.port) && !FIREFOX_BLOCKED_PORTS.has(url.port)
				? { values: { port: url.port } }
				: null
		),
		bad: one('turn:turn.example.org:444', true),
		good: one('turn:turn.example.org:443', true)
	},
	{
		id: 'turn-credential-expired',
		severity: 'problem',
		check: (servers, nowMs) =>
			servers.flatMap(({ urls, username }, i) => {
				const expired = nowMs === null || !urls.some(isTurnText) ? null : expiredForMs(username, nowMs);
				if (expired === null) return [];
				return [{ server: i, url: null, values: { expiredForMs: expired }, fix: null }];
			}),
		bad: [{ urls: ['turn:turn.example.org'], username: '1600000000:user', credential: 'secret' }],
		good: one('turn:turn.example.org', true)
	},
	{
		id: 'turns-over-udp',
		severity: 'warning',
		check: eachUrl(({ text, url }) =>
			url?.scheme === 'turns' && url.explicitTransport === 'udp'
				? { values: {}, instead: text.trim().replace(/\?.*$/, '?transport=tcp') }
				: null
		),
		bad: one('turns:turn.example.org?transport=udp', true),
		good: one('turns:turn.example.org?transport=tcp', true)
	},
	{
		id: 'turns-to-address',
		severity: 'warning',
		check: eachUrl(({ url }) => (url?.scheme === 'turns' && url.hostKind !== 'name' ? { values: { address: url.host } } : null)),
		bad: one('turns:192.0.2.1', true),
		good: one('turns:turn.example.org', true)
	},
	{
		id: 'turn-list-cut',
		severity: 'warning',
		check: (servers) => {
			const turn = turnPlaces(servers);
			if (turn.length <= MAX_TURN_SERVERS) return [];
			const surplus = new Set(turn.slice(MAX_TURN_SERVERS).map(({ at }) => `${at.server} ${at.url}`));
			return [
				{
					server: null,
					url: null,
					values: { turnUrls: turn.length, used: MAX_TURN_SERVERS },
					fix: {
						label: { rule: 'keep-first-turn-addresses', values: { used: MAX_TURN_SERVERS } },
						servers: without(servers, ({ at }) => surplus.has(`${at.server} ${at.url}`))
					}
				}
			];
		},
		bad: [{ urls: Array.from({ length: 33 }, (_, i) => `turn:t${i}.example.org`), username: 'user', credential: 'secret' }],
		good: one('turn:turn.example.org', true)
	},
	{
		id: 'login-with-spaces',
		severity: 'warning',
		check: (servers) =>
			servers.flatMap((server, i) => {
				const trimmed = { username: server.username?.trim(), credential: server.credential?.trim() };
				if (trimmed.username === server.username && trimmed.credential === server.credential) return [];
				const field = trimmed.username === server.username ? 'credential' : 'username';
				return [
					{
						server: i,
						url: null,
						values: { field },
						fix: {
							label: { rule: 'take-spaces-out', values: {} },
							servers: withServer(servers, i, (old) => ({
								...old,
								...(old.username === undefined ? {} : { username: old.username.trim() }),
								...(old.credential === undefined ? {} : { credential: old.credential.trim() })
							}))
						}
					}
				];
			}),
		bad: [{ urls: ['turn:turn.example.org'], username: 'user ', credential: 'secret' }],
		good: one('turn:turn.example.org', true)
	},
	{
		id: 'address-with-spaces',
		severity: 'warning',
		check: eachUrl(({ text, url }) => (url && text !== text.trim() ? { values: {}, instead: text.trim() } : null)),
		bad: one('stun:stun.example.org '),
		good: one('stun:stun.example.org')
	},
	{
		id: 'address-twice',
		severity: 'warning',
		check: (servers) => {
			const first = new Map<string, number>();
			return places(servers).flatMap((place) => {
				const { url, at } = place;
				if (!url) return [];
				const login = isTurnText(place.text) ? `${place.server.username} ${place.server.credential}` : '';
				const key = `${formatIceUrl({ ...url, explicitPort: true, explicitTransport: url.transport === 'tcp' ? 'tcp' : null })} ${login}`;
				const before = first.get(key);
				if (before === undefined) {
					first.set(key, at.server);
					return [];
				}
				return [
					{
						...at,
						values: { firstEntry: before + 1 },
						fix: {
							label: { rule: 'take-repeated-address-out', values: {} },
							servers: without(servers, (other) => other.at.server === at.server && other.at.url === at.url)
						}
					}
				];
			});
		},
		bad: [{ urls: ['stun:stun.example.org', 'stun:stun.example.org:3478'] }],
		good: [{ urls: ['stun:stun.example.org', 'stun:stun.example.org:3479'] }]
	},
	{
		id: 'address-unusable',
		severity: 'problem',
		check: eachUrl(({ url }) => {
			const scope = scopeOfText(url?.host);
			return url && (scope === 'unspecified' || scope === 'multicast' || scope === 'broadcast')
				? { values: { address: url.host } }
				: null;
		}),
		bad: one('stun:0.0.0.0'),
		good: one('stun:192.0.2.1')
	},
	{
		id: 'address-local',
		severity: 'info',
		check: eachUrl(({ url }) => {
			if (!url) return null;
			const { host } = url;
			const scope = /(^|\.)localhost\.?$/i.test(host) ? 'loopback' : scopeOfText(host);
			const near = scope === 'private' || scope === 'link-local' || scope === 'carrier-grade';
			const where = scope === 'loopback' ? 'this-machine' : near ? 'own-network' : null;
			return where && { values: { host, where } };
		}),
		bad: one('stun:192.168.1.1'),
		good: one('stun:192.0.2.1')
	},
	{
		id: 'stun-with-login',
		severity: 'info',
		check: (servers) =>
			servers.flatMap(({ urls, username, credential }, i) =>
				(username === undefined && credential === undefined) || urls.length === 0 || urls.some(isTurnText)
					? []
					: [
							{
								server: i,
								url: null,
								values: {},
								fix: {
									label: { rule: 'take-login-out', values: {} },
									servers: withServer(servers, i, (old) => ({ urls: old.urls }))
								}
							}
						]
			),
		bad: one('stun:stun.example.org', true),
		good: one('stun:stun.example.org')
	}
];

/** What the list as a whole can and cannot do. */
const WHOLE_LIST: readonly ServerLintRule[] = [
	{
		id: 'many-servers',
		severity: 'warning',
		check: (servers) => {
			const urls = places(servers).length;
			return urls < MANY_SERVERS ? [] : whole({ urls, firefoxWarnsFrom: MANY_SERVERS });
		},
		bad: Array.from({ length: 5 }, (_, i) => ({ urls: [`stun:s${i}.example.org`] })),
		good: one('stun:stun.example.org')
	},
	{
		id: 'turn-over-udp-only',
		severity: 'warning',
		check: (servers) => {
			const turn = turnPlaces(servers).filter(({ url }) => url !== null);
			if (turn.length === 0 || turn.some(({ url }) => url!.transport !== 'udp')) return [];
			const servers2 = servers.map((server, i) => ({
				...server,
				urls: [
					...server.urls,
					...turn
						.filter(({ at }) => at.server === i)
						.map(({ url }) => formatIceUrl({ ...url!, transport: 'tcp', explicitTransport: 'tcp' }))
				]
			}));
			const fix: LintFix = { label: { rule: 'add-turn-over-tcp', values: {} }, servers: servers2 };
			return [{ server: null, url: null, values: {}, fix }];
		},
		bad: one('turn:turn.example.org', true),
		good: [{ urls: ['turn:turn.example.org', 'turn:turn.example.org?transport=tcp'], username: 'user', credential: 'secret' }]
	},
	{
		id: 'no-turn-server',
		severity: 'info',
		check: (servers) => (servers.length > 0 && turnPlaces(servers).length === 0 ? whole({}) : []),
		bad: one('stun:stun.example.org'),
		good: one('turn:turn.example.org', true)
	},
	{
		id: 'no-server',
		severity: 'info',
		check: (servers) => (servers.length === 0 ? whole({}) : []),
		bad: [],
		good: one('stun:stun.example.org')
	}
];

export const SERVER_LINT_RULES: readonly ServerLintRule[] = [...REFUSED_BY_BROWSERS, ...SURPRISES, ...WHOLE_LIST];

function whole<V>(values: V): Hit<V>[] {
	return [{ server: null, url: null, values, fix: null }];
}

/** `turn:user:secret@host` as three fields; what is said of it names no secret. */
function moveUser(servers: readonly IceServer[], place: Place): LintFix | null {
	const match = /^(\w+:)([^@]*)@(.*)$/.exec(place.text.trim());
	if (!match) return null;
	const [, scheme, login, rest] = match;
	const url = readable(`${scheme}${rest}`);
	if (url === null) return null;
	const colon = login!.indexOf(':');
	const username = colon < 0 ? login! : login!.slice(0, colon);
	const credential = colon < 0 ? undefined : login!.slice(colon + 1);
	const moved = withServer(withUrl(servers, place, url), place.at.server, (server) => ({
		...server,
		username: server.username ?? username,
		...(server.credential !== undefined ? {} : credential !== undefined ? { credential } : {})
	}));
	return { label: { rule: 'write-address-and-move-login', values: { url } }, servers: moved };
}
