/**
 * Free text without what identifies somebody: addresses, names, user names, fingerprints, identifiers. Each placeholder is put
 * down as a mark first and written out at the end, so that no later pattern takes a placeholder for an original.
 */
import { parseIp } from '../base/ip';

/** What was replaced by what, in order of appearance, with the kind for people. */
export interface Replaced {
	kind: RemovedKind;
	from: string;
	to: string;
}

export type RemovedKind =
	'address' | 'host' | 'username' | 'ice-credential' | 'fingerprint' | 'device' | 'path' | 'identifier' | 'foundation' | 'model';

export type Replace = (kind: RemovedKind, from: string) => string;

/** Private-use characters (Unicode §23.5) around a number: the mark of one placeholder. */
const MARK = /\uE000(\d+)\uE001/g;

/** A host, an address with or without brackets, or Chromium's IPv6 address without them. */
const ICE_URL = /\b(stuns?|turns?):(\/\/)?(?:[^\s@/?#"'<>]*@)?(\[[^\]\s]*\]|[^\s?#/,;"'<>()[\]{}]+)/gi;
const WEB_URL = /\b(https?|wss?|ftp):\/\/(?:[^\s@/?#"'<>]*@)?(\[[^\]\s]*\]|[^\s:/?#"'<>()[\]{},;]+)(:\d+)?([^\s"'<>(){}\\]*)/gi;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*/g;
/** A certificate's digest: at least 16 pairs (MD5), up to 64 (SHA-512). Chromium's statistics put two letters before it. */
const FINGERPRINT = /(?:[0-9A-Fa-f]{2}:){15,63}[0-9A-Fa-f]{2}/g;
const IPV6 = /(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-FxX]{0,4}(?::x)*)(?:%[\w.-]+)?(?![\w:])/g;
const IPV4 = /(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.(?:\d{1,3}|x)(?![\w]|\.\d)/g;
const MDNS = /(?<![\w.-])[\w-]+\.local(?![\w-])/gi;
const NAME = /(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z-]*[a-z](?![\w(-])/gi;
const CANDIDATE = /\b(candidate:)(\S+)( \d+ \w+ \d+ )(\S+)(?= \d+ typ )/gi;
const UFRAG = /(\bufrag[ :=]\s*|\bice-ufrag:)([^\s"',;]+)/gi;
const PASSWORD = /(\bice-pwd:)(\S+)/gi;
/** A field of an RTCIceServer within a text, as JSON, also escaped in another one, or as recorders of before 2025 write it. */
const USERNAME = /(\busername\\{0,4}["']?\s*:\s*\\{0,4}["']?)([^"'\\,\s}\]]+)/gi;
/** Identifiers nobody can read: random device, group and track ids, hashes. */
const IDENTIFIER = /(?<![\w-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}|[A-Za-z0-9+/]{43}=)(?![\w-])/gi;

/** RTP header extensions are named by URLs that lead to documents and to nobody's server. */
const PUBLIC_URLS = /^https?:\/\/(www\.webrtc\.org\/experiments\/|aomediacodec\.github\.io\/|www\.w3\.org\/|tools\.ietf\.org\/)/i;
/** Paths of Icelens itself say nothing about anybody. */
const OWN_PATH = /^(\/?|\/api\/[\w/-]*|\/[a-z]+)$/;

export interface TextRedactor {
	/** Any text: a URL, a candidate line, a sentence, a session description. */
	text(text: string): string;
	/** The placeholder of a value whose field says what it is. */
	whole: Replace;
	/** A text that is one of the known names as a whole, or any other. */
	named(text: string): string;
}

/**
 * `names` are host names and user names known from elsewhere in the report; sentences may hold them bare. A text without a
 * space is a word of the report's own (`searching`, `candidate-pair`) and is searched for patterns only.
 */
export function textRedactor(replace: Replace, names: ReadonlyMap<string, RemovedKind>): TextRedactor {
	const known = [...names.keys()].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
	const bare =
		known.length === 0 ? null : new RegExp(`(?<![\\w.-])(?:${known.map(quote).join('|')})(?![\\w-]|\\.\\w|:[^\\s\\d])`, 'gi');

	function text(original: string): string {
		const made: string[] = [];
		const mark = (kind: RemovedKind, from: string) => {
			const to = replace(kind, from);
			return to === from ? from : `\uE000${made.push(to) - 1}\uE001`;
		};
		let rest = original.replace(/[\uE000\uE001]/g, '\uFFFD');
		if (/^[a-z]=/m.test(rest)) rest = descriptionLines(rest, mark);
		rest = rest
			.replace(FINGERPRINT, (found) => mark('fingerprint', found))
			.replace(
				CANDIDATE,
				(_, start, foundation, middle, host) => `${start}${mark('foundation', foundation)}${middle}${mark('host', host)}`
			)
			.replace(USERNAME, (_, start, value) => `${start}${mark('username', value)}`)
			.replace(UFRAG, (_, start, value) => `${start}${mark('ice-credential', value)}`)
			.replace(PASSWORD, (_, start, value) => `${start}${mark('ice-credential', value)}`)
			.replace(ICE_URL, (_, scheme, slashes, place) => `${scheme}:${slashes ?? ''}${endpoint(place, mark)}`)
			.replace(WEB_URL, (found, scheme, host, port, path) => webUrl(found, scheme, host, port ?? '', path, mark))
			.replace(MAIL, (found) => mark('username', found))
			.replace(MDNS, (found) => mark('host', found))
			.replace(IDENTIFIER, (found) => mark('identifier', found))
			.replace(IPV6, (found) => (/^[:\d]*$/.test(found) && !parseIp(found) ? found : mark('address', found)))
			.replace(IPV4, (found) => mark('address', found));
		if (/\s/.test(rest)) {
			if (bare) rest = rest.replace(bare, (found) => mark(names.get(found.toLowerCase()) ?? 'host', found));
			rest = rest.replace(NAME, (found) => (looksLikeCode(found) ? found : mark('host', found)));
		}
		return rest.replace(MARK, (_, number) => made[Number(number)]!);
	}
	const named = (original: string) => {
		const kind = names.get(original.toLowerCase());
		return kind === undefined ? text(original) : replace(kind, original);
	};
	return { text, whole: replace, named };
}

/** `host:port` after a scheme. The last group of an IPv6 address without brackets is the port, as Chromium writes it. */
function endpoint(place: string, mark: Replace): string {
	const [, host, port] = /^(\[[^\]]*\]|[0-9a-f:.]*:[0-9a-f:.]*(?=:\d+$)|[^:]*)(:.*)?$/i.exec(place) ?? ['', place, ''];
	return `${bracketed(host!, mark)}${port ?? ''}`;
}

/** Brackets stay outside the placeholder. */
function bracketed(host: string, mark: Replace): string {
	const inner = /^\[(.*)\]$/.exec(host)?.[1];
	return inner === undefined ? mark('host', host) : `[${mark('host', inner)}]`;
}

function webUrl(found: string, scheme: string, host: string, port: string, path: string, mark: Replace): string {
	if (PUBLIC_URLS.test(found)) return found;
	const [, plain, query] = /^([^?#]*)(.*)$/s.exec(path)!;
	// The end of a sentence is not part of its last address.
	const end = query === '' ? (/[.,;:!]+$/.exec(plain!)?.[0] ?? '') : '';
	const bare = plain!.slice(0, plain!.length - end.length);
	const kept = OWN_PATH.test(bare) ? bare : `/${mark('path', bare)}`;
	return `${scheme}://${bracketed(host, mark)}${port}${kept}${query === '' ? '' : '?…'}${end}`;
}

/** Lines of a session description (RFC 8866) whose values are names, secrets or free text. */
function descriptionLines(text: string, mark: Replace): string {
	return text
		.replace(/^o=(\S+)( \S+ \S+ IN IP[46] )(\S+)/gm, (_, user, middle, host) => {
			return `o=${user === '-' ? '-' : mark('username', user)}${middle}${mark('host', host)}`;
		})
		.replace(
			/^([siuep])=(?!-\r?$| ?\r?$)(.+?)(\r?)$/gm,
			(_, letter, value, end) => `${letter}=${mark('identifier', value)}${end}`
		)
		.replace(/^(c=IN IP[46] )([^\s/]+)/gm, (_, start, host) => `${start}${mark('host', host)}`)
		.replace(/^(a=rtcp:\d+ IN IP[46] )(\S+)/gm, (_, start, host) => `${start}${mark('host', host)}`)
		.replace(/^(a=crypto:.*?inline:)([^\s|;]+)/gm, (_, start, key) => `${start}${mark('ice-credential', key)}`)
		.replace(/^(a=identity:|k=)(\S+)/gm, (_, start, value) => `${start}${mark('identifier', value)}`)
		.replace(/(\bcname:)(\S+)/g, (_, start, value) => `${start}${mark('identifier', value)}`)
		.replace(/^(a=(?:ssrc:\d+ )?msid:)(\S+)(?: (\S+))?/gm, (_, start, stream, track) => {
			const shown = stream === '-' ? '-' : mark('identifier', stream);
			return `${start}${shown}${track === undefined ? '' : ` ${mark('identifier', track)}`}`;
		})
		.replace(/^(a=msid-semantic: ?\w+ )(.+?)(\r?)$/gm, (_, start, streams: string, end) => {
			const shown = streams.split(' ').map((stream) => (stream === '*' || stream === '' ? stream : mark('identifier', stream)));
			return `${start}${shown.join(' ')}${end}`;
		})
		.replace(/^(a=(?:ssrc:\d+ )?(?:mslabel|label):)(\S+)/gm, (_, start, value) => `${start}${mark('identifier', value)}`);
}

/** `RTCPeerConnection.setLocalDescription`, `v8.heapUsed`: a capital inside a lower-case word is no host's. */
function looksLikeCode(text: string): boolean {
	return /[a-z][A-Z]/.test(text) || /^RTC/.test(text);
}

function quote(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Hosts that a text names in addresses of servers and pages: what sentences elsewhere may repeat without a scheme. */
export function hostsIn(text: string): string[] {
	const ice = [...text.matchAll(ICE_URL)].map(([, , , place]) => /^(\[[^\]]*\]|[^:]*)/.exec(place!)![1]!);
	const web = [...text.matchAll(WEB_URL)].filter(([found]) => !PUBLIC_URLS.test(found)).map(([, , host]) => host!);
	return [...ice, ...web].filter((host) => host !== '' && !parseIp(host)).map((host) => host.toLowerCase().replace(/\.$/, ''));
}
