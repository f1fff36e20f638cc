/**
 * The linter's rules. What browsers accept was measured by constructing connections in Chromium 156 and Firefox 153;
 * tests/e2e/browser-facts.test.ts does it again. W3C WebRTC §4.2.4 and §4.4.1.6 say what they should do.
 */
import { parseIp, scopeOfText } from '../base/ip';
import { formatIceUrl, parseIceUrl, type IceUrl } from '../stun/uri';
import type { UrlFault } from '../stun/uri-fault';
import { CREDENTIAL_RULES } from './credential-rules';
import type { IceServer } from './server';
import type { Hit, Mend, ServerLintRule } from './server-finding';
import { isTurnText, missingLogin } from './server-list-facts';
import type { ListedEntry, ServerList } from './server-list-shape';
import type { RefusedUrl } from './server-list-values';
import { isTriedByLibwebrtc } from './turn-ports';

/** libwebrtc p2p/base/port_allocator.h, kMaxTurnServers. */
const MAX_TURN_SERVERS = 32;
/** RFC 8489 §14.3. */
const MAX_USERNAME_BYTES = 509;
/** From here on Firefox warns on its console that discovery gets slow. */
const MANY_SERVERS = 5;
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
	entry: ListedEntry;
	/** As written, without what stands before an `@`. */
	text: string;
	/** Null when it cannot be read. */
	url: IceUrl | null;
	/** Why not; null for a placeholder too, which is no misspelt address. */
	fault: UrlFault | null;
	placeholder: boolean;
	at: { server: number; url: number };
}

function places({ servers }: ServerList): Place[] {
	return servers.flatMap((entry, i) =>
		entry.urls.map((text, j) => {
			const { fault, placeholder } = entry.urlFacts[j]!;
			const read = fault || placeholder ? null : parseIceUrl(text.trim());
			return { entry, text, url: read?.ok ? read.value : null, fault, placeholder, at: { server: i, url: j } };
		})
	);
}

/** A rule that looks at one address at a time. `look` gives the values and the address to write instead. */
function eachUrl<V>(look: (place: Place) => { values: V; instead?: string | null } | null): (list: ServerList) => Hit<V>[] {
	return (list) =>
		places(list).flatMap((place) => {
			const found = look(place);
			if (!found) return [];
			const { values, instead } = found;
			const fix: Mend | null = instead
				? { label: { rule: 'write-address', values: { url: instead } }, mend: (servers) => withUrl(servers, place, instead) }
				: null;
			return [{ ...place.at, values, fix }];
		});
}

function withUrl(servers: readonly IceServer[], { at }: Pick<Place, 'at'>, text: string): IceServer[] {
	return servers.map((server, i) =>
		i === at.server ? { ...server, urls: server.urls.map((url, j) => (j === at.url ? text : url)) } : server
	);
}

function withServer(servers: readonly IceServer[], index: number, change: (server: IceServer) => IceServer): IceServer[] {
	return servers.map((server, i) => (i === index ? change(server) : server));
}

/** Leaves these addresses out; entries without any go too. */
function without(servers: readonly IceServer[], dropped: readonly Pick<Place, 'at'>[]): IceServer[] {
	const isDropped = (i: number, j: number) => dropped.some(({ at }) => at.server === i && at.url === j);
	return servers
		.map((server, i) => ({ ...server, urls: server.urls.filter((_, j) => !isDropped(i, j)) }))
		.filter(({ urls }) => urls.length > 0);
}

/** The text if it can be read as an address, else null: no remedy is better than a wrong one. */
function readable(text: string): string | null {
	return parseIceUrl(text).ok ? text : null;
}

const turnPlaces = (list: ServerList) => places(list).filter(({ text }) => isTurnText(text));

/** The values of an address that is refused for one of these reasons; null for others. */
function refusedFor({ fault }: Place, ...codes: UrlFault['code'][]): RefusedUrl | null {
	return fault && codes.includes(fault.code) ? { fault } : null;
}

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
		check: ({ servers }) =>
			servers.flatMap(({ urls }, i) =>
				urls.some((url) => url.trim() !== '')
					? []
					: [
							{
								server: i,
								url: null,
								values: {},
								fix: { label: { rule: 'take-entry-out', values: {} }, mend: (all) => all.filter((_, j) => j !== i) }
							}
						]
			)
	},
	{
		id: 'address-empty',
		severity: 'problem',
		check: (list) =>
			places(list)
				.filter(({ text, entry }) => text.trim() === '' && entry.urls.some((url) => url.trim() !== ''))
				.map((place) => ({
					...place.at,
					values: {},
					fix: { label: { rule: 'take-address-out', values: {} }, mend: (servers) => without(servers, [place]) }
				}))
	},
	{
		id: 'address-scheme',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'scheme');
			return values && { values };
		})
	},
	{
		id: 'address-without-scheme',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'no-scheme');
			const login = place.entry.userFacts !== null || place.entry.credentialFacts !== null;
			return values && { values, instead: readable(`${login ? 'turn' : 'stun'}:${place.text.trim()}`) };
		})
	},
	{
		id: 'address-slashes',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'slashes');
			return values && { values, instead: readable(place.text.trim().replace(/:\/+/, ':')) };
		})
	},
	{
		id: 'address-with-user',
		severity: 'problem',
		check: (list) =>
			places(list).flatMap((place) => {
				const values = refusedFor(place, 'user-info');
				return values ? [{ ...place.at, values, fix: moveUser(place) }] : [];
			})
	},
	{
		id: 'ipv6-without-brackets',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'ipv6-brackets');
			const [, scheme, address, query] = /^(\w+:)([^?]*)(.*)$/.exec(place.text.trim()) ?? [];
			return values && { values, instead: parseIp(address ?? '') ? readable(`${scheme}[${address}]${query}`) : null };
		})
	},
	{
		id: 'port-invalid',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'port');
			return values && { values, instead: readable(place.text.trim().replace(/:[^:\]]*?(?=\?|$)/, '')) };
		})
	},
	{
		id: 'stun-with-transport',
		severity: 'problem',
		check: eachUrl((place) => {
			const values = refusedFor(place, 'stun-transport');
			return values && { values, instead: readable(place.text.trim().replace(/\?.*$/, '')) };
		})
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
		})
	},
	{
		id: 'address-malformed',
		severity: 'problem',
		check: eachUrl((place) => {
			const { fault } = place;
			const values = fault && !HAVE_A_RULE.includes(fault.code) ? { fault } : null;
			const bare = refusedFor(place, 'path', 'fragment') ? place.text.trim().replace(/[/#].*$/, '') : '';
			return values && { values, instead: readable(bare) };
		})
	},
	{
		id: 'address-placeholder',
		severity: 'problem',
		check: eachUrl(({ text, placeholder }) => (placeholder ? { values: { address: text.trim() } } : null))
	},
	{
		id: 'transport-in-capitals',
		severity: 'problem',
		check: eachUrl(({ text, url }) => {
			const query = /\?transport=([A-Za-z]+)$/i.exec(text.trim())?.[0];
			if (!url || query === undefined || query === query.toLowerCase()) return null;
			return { values: { query }, instead: text.trim().replace(query, query.toLowerCase()) };
		})
	},
	{
		id: 'stuns-scheme',
		severity: 'problem',
		check: eachUrl(({ text, url }) =>
			url?.scheme === 'stuns' ? { values: {}, instead: text.trim().replace(/^stuns:/i, 'stun:') } : null
		)
	},
	{
		id: 'port-blocked-by-firefox',
		severity: 'problem',
		check: eachUrl(({ url }) => (url && FIREFOX_BLOCKED_PORTS.has(url.port) ? { values: { port: url.port } } : null))
	},
	{
		id: 'turn-login-missing',
		severity: 'problem',
		check: ({ servers }) =>
			servers.flatMap((entry, i) => {
				const missing = missingLogin(entry);
				return missing ? [{ server: i, url: null, values: { missing }, fix: null }] : [];
			})
	},
	{
		id: 'username-too-long',
		severity: 'problem',
		check: ({ servers }) =>
			servers.flatMap(({ urls, userFacts }, i) => {
				const bytes = userFacts?.bytes ?? 0;
				if (bytes <= MAX_USERNAME_BYTES || !urls.some(isTurnText)) return [];
				return [{ server: i, url: null, values: { bytes, bytesAtMost: MAX_USERNAME_BYTES }, fix: null }];
			})
	}
];

/** Lists that are accepted, and do something else than one thinks. */
const SURPRISES: readonly ServerLintRule[] = [
	{
		id: 'turn-port-not-tried',
		severity: 'problem',
		check: eachUrl(({ text, url }) =>
			url && isTurnText(text) && !isTriedByLibwebrtc(url.port) && !FIREFOX_BLOCKED_PORTS.has(url.port)
				? { values: { port: url.port } }
				: null
		)
	},
	{
		id: 'turns-over-udp',
		severity: 'warning',
		check: eachUrl(({ text, url }) =>
			url?.scheme === 'turns' && url.explicitTransport === 'udp'
				? { values: {}, instead: text.trim().replace(/\?.*$/, '?transport=tcp') }
				: null
		)
	},
	{
		id: 'turns-to-address',
		severity: 'warning',
		check: eachUrl(({ url }) => (url?.scheme === 'turns' && url.hostKind !== 'name' ? { values: { address: url.host } } : null))
	},
	{
		id: 'turn-list-cut',
		severity: 'warning',
		check: (list) => {
			const turn = turnPlaces(list);
			if (turn.length <= MAX_TURN_SERVERS) return [];
			return [
				{
					server: null,
					url: null,
					values: { turnUrls: turn.length, used: MAX_TURN_SERVERS },
					fix: {
						label: { rule: 'keep-first-turn-addresses', values: { used: MAX_TURN_SERVERS } },
						mend: (servers) => without(servers, turn.slice(MAX_TURN_SERVERS))
					}
				}
			];
		}
	},
	{
		id: 'login-with-spaces',
		severity: 'warning',
		check: ({ servers }) =>
			servers.flatMap(({ userFacts, credentialFacts }, i) => {
				if (!userFacts?.spacesAround && !credentialFacts?.spacesAround) return [];
				const field = userFacts?.spacesAround ? 'username' : 'credential';
				return [
					{
						server: i,
						url: null,
						values: { field },
						fix: {
							label: { rule: 'take-spaces-out', values: {} },
							mend: (all) =>
								withServer(all, i, (old) => ({
									...old,
									...(old.username === undefined ? {} : { username: old.username.trim() }),
									...(old.credential === undefined ? {} : { credential: old.credential.trim() })
								}))
						}
					}
				];
			})
	},
	{
		id: 'address-with-spaces',
		severity: 'warning',
		check: eachUrl(({ text, url }) => (url && text !== text.trim() ? { values: {}, instead: text.trim() } : null))
	},
	{
		id: 'address-twice',
		severity: 'warning',
		check: (list) => {
			const first = new Map<string, number>();
			return places(list).flatMap((place) => {
				const { url, at } = place;
				if (!url) return [];
				const login = isTurnText(place.text) ? place.entry.sameLoginAs : '';
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
						fix: { label: { rule: 'take-repeated-address-out', values: {} }, mend: (servers) => without(servers, [place]) }
					}
				];
			});
		}
	},
	{
		id: 'address-unusable',
		severity: 'problem',
		check: eachUrl(({ url }) => {
			const scope = scopeOfText(url?.host);
			return url && (scope === 'unspecified' || scope === 'multicast' || scope === 'broadcast')
				? { values: { address: url.host } }
				: null;
		})
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
		})
	},
	{
		id: 'stun-with-login',
		severity: 'info',
		check: ({ servers }) =>
			servers.flatMap(({ urls, userFacts, credentialFacts }, i) =>
				(userFacts === null && credentialFacts === null) || urls.length === 0 || urls.some(isTurnText)
					? []
					: [
							{
								server: i,
								url: null,
								values: {},
								fix: {
									label: { rule: 'take-login-out', values: {} },
									mend: (all) => withServer(all, i, (old) => ({ urls: old.urls }))
								}
							}
						]
			)
	}
];

/** What the list as a whole can and cannot do. */
const WHOLE_LIST: readonly ServerLintRule[] = [
	{
		id: 'many-servers',
		severity: 'warning',
		check: (list) => {
			const urls = places(list).length;
			return urls < MANY_SERVERS ? [] : whole({ urls, firefoxWarnsFrom: MANY_SERVERS });
		}
	},
	{
		id: 'turn-over-udp-only',
		severity: 'warning',
		check: (list) => {
			const turn = turnPlaces(list).filter(({ url }) => url !== null);
			if (turn.length === 0 || turn.some(({ url }) => url!.transport !== 'udp')) return [];
			const overTcp = (i: number) =>
				turn
					.filter(({ at }) => at.server === i)
					.map(({ url }) => formatIceUrl({ ...url!, transport: 'tcp', explicitTransport: 'tcp' }));
			const fix: Mend = {
				label: { rule: 'add-turn-over-tcp', values: {} },
				mend: (servers) => servers.map((server, i) => ({ ...server, urls: [...server.urls, ...overTcp(i)] }))
			};
			return [{ server: null, url: null, values: {}, fix }];
		}
	},
	{
		id: 'no-turn-server',
		severity: 'info',
		check: (list) => (list.servers.length > 0 && turnPlaces(list).length === 0 ? whole({}) : [])
	},
	{
		id: 'no-server',
		severity: 'info',
		check: ({ servers }) => (servers.length === 0 ? whole({}) : [])
	}
];

export const SERVER_LINT_RULES: readonly ServerLintRule[] = [
	...REFUSED_BY_BROWSERS,
	...CREDENTIAL_RULES,
	...SURPRISES,
	...WHOLE_LIST
];

function whole<V>(values: V): Hit<V>[] {
	return [{ server: null, url: null, values, fix: null }];
}

/** `turn:user:secret@host` as three fields; what is said of it names no secret. */
function moveUser({ at, text }: Place): Mend | null {
	const url = readable(text.trim().replace(/^(\w+:)[^@]*@/, '$1'));
	if (url === null) return null;
	const mend = (servers: readonly IceServer[]) =>
		withServer(withUrl(servers, { at }, url), at.server, (server) => {
			const login = /^\s*\w+:([^@]*)@/.exec(servers[at.server]!.urls[at.url]!)?.[1] ?? '';
			const colon = login.indexOf(':');
			const [username, credential] = colon < 0 ? [login, undefined] : [login.slice(0, colon), login.slice(colon + 1)];
			return {
				...server,
				username: server.username ?? username,
				...(credential === undefined ? {} : { credential }),
				...given(server)
			};
		});
	return { label: { rule: 'write-address-and-move-login', values: { url } }, mend };
}

/** A credential that the entry has already counts more than one in its address. */
function given({ credential }: IceServer): Pick<IceServer, 'credential'> {
	return credential === undefined ? {} : { credential };
}
