/** Servers out of plain lines: addresses with or without a login behind them, and turnutils_uclient commands. */
import { parseIp } from '../base/ip';
import { fail, ok, type Result } from '../base/result';
import { unbracketed } from '../base/web-url';
import { parseIceUrl } from '../stun/uri';
import { urlFaultText } from '../stun/uri-fault';
import type { IceServer } from './server';
import type { ParsedServers } from './parsed-servers';

const ADDRESS = /^(?:stun|turn)s?:/i;

/**
 * `turn:host?transport=tcp`, several separated by spaces or commas, a login behind them as `user password`, `user:password`
 * or `[user:password]`, as Trickle ICE writes it. Lines that begin with # or // are comments.
 */
export function readServerLines(text: string): Result<ParsedServers> {
	const servers: IceServer[] = [];
	const notes: string[] = [];
	for (const [i, line] of text.split('\n').entries()) {
		const where = `line ${i + 1}`;
		if (/^\s*(?:#|\/\/|$)/.test(line)) continue;
		const words = line
			.trim()
			.split(/[\s,;]+/)
			.map(unquote)
			.filter((word) => word !== '' && word !== '-' && word !== '*');
		const urls: string[] = [];
		while (words[0] !== undefined && ADDRESS.test(words[0])) urls.push(words.shift()!);
		if (urls.length === 0) return refuseLine(line.trim(), words[0] ?? '', where);
		const login = readLogin(words, urls);
		if (login === null) {
			return fail('login', 'What stands behind the address is not understood. Write turn:HOST [user:password].', where);
		}
		servers.push({ urls, ...login });
	}
	if (servers.length === 0)
		return fail('empty', 'The text holds comments only. Write one address a line, such as stun:stun.example.org:3478.');
	return ok({ servers, recognised: 'url-lines', notes, options: {}, sharedSecret: null });
}

/** Null when the words are no login. */
function readLogin(words: readonly string[], urls: readonly string[]): Pick<IceServer, 'username' | 'credential'> | null {
	if (words.length === 0) return {};
	const text = words.join(' ');
	const bracketed = /^\[(.*)\]$/.exec(text);
	if (bracketed || words.length === 1) {
		const pair = bracketed ? bracketed[1]! : text;
		if (bracketed && (pair === '' || pair === ':')) return {};
		// A TURN REST user name is `time:user`, so the colon that parts user and password may be the second one.
		const colon = /^\d{10,11}:[^:]*:/.test(pair) ? pair.indexOf(':', pair.indexOf(':') + 1) : pair.indexOf(':');
		if (colon < 0) return null;
		return { username: pair.slice(0, colon), credential: pair.slice(colon + 1) };
	}
	if (words.length === 2 && urls.length > 0) return { username: words[0]!, credential: words[1]! };
	return null;
}

function refuseLine(line: string, word: string, where: string): Result<never> {
	// Faults may end up in a log, and lines like this hold what must not.
	if (/secret|passw|credential|token|@/i.test(line)) {
		return fail('unrecognised', 'This line is neither an address nor part of a configuration that is known.', where);
	}
	const read = parseIceUrl(word);
	const about = line.length > 60 ? `${line.slice(0, 60)}…` : line;
	if (/[{}[\]]/.test(line)) {
		return fail(
			'unrecognised',
			`“${about}” begins neither a configuration nor an address. Paste the whole { iceServers: […] }.`,
			where
		);
	}
	const reason = read.ok ? `“${about}” is not understood.` : urlFaultText(read.error);
	return fail(read.ok ? 'unrecognised' : read.error.code, reason, where);
}

function unquote(word: string): string {
	return word.replace(/^(["'`])(.*)\1$/, '$2');
}

export function isUclientCommand(text: string): boolean {
	return /^\s*(?:\$\s*)?(?:\S*\/)?turnutils_uclient\b/.test(text);
}

/** Options of turnutils_uclient that take a value and are of no use here (coturn 4.6, `turnutils_uclient -h`). */
const UCLIENT_IGNORED_WITH_VALUE = 'likEndLmerzCFoa';

/** `turnutils_uclient -t -u user -w password -p 3478 turn.example.org`. */
export function readUclientCommand(text: string): Result<ParsedServers> {
	const joined = text.replace(/\\\n/g, ' ').trim();
	const words = [...joined.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
	const start = words.findIndex((word) => /turnutils_uclient$/.test(word));
	const given: {
		username?: string;
		credential?: string;
		secret?: string;
		port?: string;
		host?: string;
		tcp?: boolean;
		tls?: boolean;
	} = {};
	const ignored: string[] = [];
	for (let i = start + 1; i < words.length; i++) {
		const word = words[i]!;
		if (!/^-[A-Za-z]/.test(word)) {
			given.host = word;
			continue;
		}
		const letter = word[1]!;
		const takesValue = 'uwWp'.includes(letter) || UCLIENT_IGNORED_WITH_VALUE.includes(letter);
		const value = takesValue ? (word.length > 2 ? word.slice(2) : (words[++i] ?? '')) : '';
		if (letter === 'u') given.username = value;
		else if (letter === 'w') given.credential = value;
		else if (letter === 'W') given.secret = value;
		else if (letter === 'p') given.port = value;
		else if (letter === 't') given.tcp = true;
		else if (letter === 'S') given.tls = true;
		else ignored.push(`-${letter}`);
	}
	const { host, port, tcp, tls, secret } = given;
	if (host === undefined)
		return fail('no-host', 'The command names no server. It has to end with one, such as turn.example.org.', 'line 1');
	const name = parseIp(host)?.family === 'ipv6' ? `[${unbracketed(host)}]` : host;
	const url = `${tls ? 'turns' : 'turn'}:${name}${port === undefined ? '' : `:${port}`}${tls || tcp ? '?transport=tcp' : ''}`;
	const notes = [`The command was read as ${url}.`];
	if (tls && !tcp)
		notes.push('With -S and without -t the command speaks DTLS, which no browser does: TLS over TCP was taken instead.');
	if (ignored.length > 0) notes.push(`Left out, since browsers have nothing like it: ${[...new Set(ignored)].join(' ')}.`);
	const server: IceServer = { urls: [url] };
	if (given.username !== undefined && secret === undefined) server.username = given.username;
	if (given.username !== undefined && secret !== undefined) notes.push('The user name will be made from the shared secret.');
	if (given.credential !== undefined) server.credential = given.credential;
	return ok({ servers: [server], recognised: 'turnutils-command', notes, options: {}, sharedSecret: secret ?? null });
}
