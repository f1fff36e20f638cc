/** Logs of coturn, and what its client `turnutils_uclient` prints: what a server answered to whom. */
import { addServer, addServerError } from './candidate-lines';
import { addEndpoint, endpointIn, turnUrl, type LogEndpoint } from './log-endpoints';
import type { LinePattern, LogLine, LogProgram } from './log-reader';

/** What a coturn session is known by: `session 001000000000000002`. */
const SESSION = 'session (\\d{6,})';

interface Session {
	server: LogEndpoint | null;
	client: LogEndpoint | null;
	transport: 'udp' | 'tcp' | null;
	/** Errors that the session has been told of, so that a client's repeating itself is one error. */
	told: Set<string>;
}

/** The ends of each session stand in its last line, the server's address in its first or in the list of listeners. */
function sessionsIn(text: string): { find: (id: string) => Session } {
	const sessions = new Map<string, Session>();
	const listeners = new Set<string>();
	for (const [, protocol, at] of text.matchAll(/\b(UDP|TCP) listener opened on ?: ?(\S+)/g))
		listeners.add(`${protocol!.toLowerCase()} ${at}`);
	const places = new Set([...listeners].map((each) => each.split(' ')[1]!));
	const only = places.size === 1 ? endpointIn([...places][0]!) : null;
	const find = (id: string): Session => {
		const found = sessions.get(id) ?? { server: only, client: null, transport: null, told: new Set<string>() };
		sessions.set(id, found);
		return found;
	};
	for (const [, id, local, remote] of text.matchAll(/session (\d{6,}): closed [^\n]*?\blocal (\S+), remote ([^\s,]+)/g))
		Object.assign(find(id!), { server: endpointIn(local!), client: endpointIn(remote!) });
	for (const [, id] of text.matchAll(/session (\d{6,}): (?:TCP|TLS)\b/g)) find(id!).transport = 'tcp';
	return { find };
}

export const COTURN: LogProgram = {
	format: 'coturn-log',
	name: 'Log of coturn',
	is: /\bsession \d{6,}: (?:realm <|new, realm=|closed \()|\bcheck_stun_auth: /,
	lines(text) {
		const { find } = sessionsIn(text);
		/** Written before the line of the session that it is about. */
		let relay: LogEndpoint | null = null;
		let why: string | null = null;
		const connectionOf = (line: LogLine, id: string) => {
			const { client } = find(id);
			const builder = line.connection(id, client ? `Client ${client.address}:${client.port}` : `Session ${id}`);
			const session = find(id);
			addServer(builder, session.server ? turnUrl(session.server, session.transport) : null, null, line.atMs);
			return { builder, session };
		};
		const patterns: LinePattern[] = [
			{
				pattern: /\bcheck_stun_auth: (.*)$/,
				take: ([, said]) => {
					// The name is in the line of the session; here nothing would tell that it is one.
					why = said!.trim().replace(/\buser <?[^\s>]+>?/, 'user');
				}
			},
			{
				pattern: new RegExp(
					`${SESSION}: realm <[^>]*> user <([^>]*)>: incoming packet (\\w+)(?: \\w+)* processed, error (\\d{3}): ?(.*)$`
				),
				take: ([, id, user, what, code, said], line) => {
					// The first request bears no login: it is asked for one with 401 (RFC 8489 §9.2.4), and an old nonce is renewed with 438.
					const { builder, session } = connectionOf(line, id!);
					const isRefresh = what === 'REFRESH';
					if ((user === '' && (code === '401' || code === '438')) || (isRefresh && code === '438')) return;
					const key = `${isRefresh ? what : ''} ${code} ${user}`;
					const reason: string = why === null ? said!.trim() : `${said!.trim()} (${why})`;
					why = null;
					if (session.told.has(key)) return;
					session.told.add(key);
					addServerError(
						builder,
						{
							url: session.server ? turnUrl(session.server, session.transport) : null,
							errorCode: Number(code),
							errorText: reason,
							...(user === '' ? {} : { username: user! }),
							...(isRefresh ? { request: 'refresh' as const } : {})
						},
						line.atMs
					);
				}
			},
			{
				pattern: /\bLocal relay addr(?: \(RTCP\))?: (\S+)/,
				take: ([, at]) => {
					relay = endpointIn(at!);
				}
			},
			{
				pattern: new RegExp(`${SESSION}: new, realm=<[^>]*>, username=<([^>]*)>, lifetime=(\\d+)`),
				take: ([, id, username, lifetime], line) => {
					const { builder, session } = connectionOf(line, id!);
					if (relay) addEndpoint(builder, 'local', { ...relay, type: 'relay', protocol: 'udp' }, line.atMs);
					relay = null;
					const detail = JSON.stringify({
						username,
						lifetimeSeconds: Number(lifetime),
						...(session.server ? { url: turnUrl(session.server, session.transport) } : {})
					});
					builder.events.push({ atMs: line.atMs, peer: builder.id, call: 'other', phase: 'event', name: 'allocated', detail });
				}
			},
			{
				pattern: new RegExp(`${SESSION}: usage: .*\\brb=(\\d+), sp=\\d+, sb=(\\d+)`),
				take: ([, id, received, sent], line) => {
					// What the server received the client had sent.
					const counts = { type: 'transport', bytesSent: Number(received), bytesReceived: Number(sent) };
					connectionOf(line, id!).builder.addReport(line.atMs ?? 0, 'usage', counts);
				}
			},
			{
				pattern: new RegExp(`${SESSION}: closed \\([^)]*\\).*\\breason: (.*)$`),
				take: ([, id, reason], line) => {
					const { builder } = connectionOf(line, id!);
					builder.events.push({
						atMs: line.atMs,
						peer: builder.id,
						call: 'other',
						phase: 'event',
						name: 'allocation closed',
						detail: reason!.trim()
					});
				}
			},
			{ pattern: new RegExp(`${SESSION}: `), take: null },
			{
				pattern:
					/\b(?:handle_udp_packet|New UDP endpoint|tcp or tls connected to|listener opened on|Relay ports?:|IO method|turn server id=)/,
				take: null
			}
		];
		return patterns;
	}
};

export const UCLIENT: LogProgram = {
	format: 'uclient-log',
	name: 'Output of turnutils_uclient',
	is: /\bturnutils_uclient\b|\bclnet_allocate: rtv=|\ballocate (?:sent|response received:)/,
	lines(text) {
		const command = /\bturnutils_uclient\b([^\n]*)/.exec(text)?.[1] ?? '';
		const option = (name: string) => new RegExp(`\\s-${name}\\s+(\\S+)`).exec(command)?.[1] ?? null;
		const words = command.trim().split(/\s+/);
		const host = words.length > 1 && !words.at(-1)!.startsWith('-') ? words.at(-1)! : null;
		const user = option('u');
		const protocol = /\s-[a-zA-Z]*[tTS][a-zA-Z]*(?=\s|$)/.test(command) ? ('tcp' as const) : null;
		let server = host ? { address: host, port: Number(option('p') ?? 3478) } : null;
		const url = () => (server ? turnUrl(server, protocol) : null);
		/** Then a 401 or 438 before it only asked for a login or a new nonce (RFC 8489 §9.2.4). */
		const allocated = /\bReceived relay addr: /.test(text);
		let asked = '';
		return [
			{ pattern: /\bturnutils_uclient\b/, take: (_, line) => void line.connection('1', host ? `Client of ${host}` : undefined) },
			{
				pattern: /\bConnected to: (\S+)/,
				take: ([, at], line) => {
					server = endpointIn(at!) ?? server;
					line.connection('1', server ? `Client of ${server.address}:${server.port}` : undefined);
				}
			},
			{
				pattern: /\b(allocate|refresh|channel bind|create perm\w*) sent\b/i,
				take: ([, what], line) => {
					asked = what!.toLowerCase();
					addServer(line.connection('1'), url(), user, line.atMs);
				}
			},
			{
				pattern: /\berror (\d{3}) \(([^)]*)\)/,
				take: ([, code, said], line) => {
					if (allocated && (code === '401' || code === '438')) return;
					const username = user === null ? {} : { username: user };
					addServerError(line.connection('1'), { url: url(), errorCode: Number(code), errorText: said!, ...username }, line.atMs);
				}
			},
			{
				pattern: /\bReceived relay addr: (\S+)/,
				take: ([, at], line) => {
					const relay = endpointIn(at!);
					if (relay) addEndpoint(line.connection('1'), 'local', { ...relay, type: 'relay', protocol: 'udp' }, line.atMs);
				}
			},
			{
				pattern: /^\s*(?:recv|send|connect|socket_connect): (.*)$|\bcannot connect to remote addr\b/i,
				take: ([whole, said], line) => {
					const errorText = `${asked === '' ? '' : `${asked}: `}${(said ?? whole).trim()}`;
					addServerError(line.connection('1'), { url: url(), errorCode: 701, errorText }, line.atMs);
				}
			},
			{
				// It asked until it gave up, and was asked for its login each time: refused, or the nonce was never taken.
				pattern: /\bCannot complete Allocation\b/,
				take: (_, line) => {
					const builder = line.connection('1');
					builder.events.push({
						atMs: line.atMs,
						peer: '1',
						call: 'other',
						phase: 'failed',
						name: 'allocate',
						error: 'Cannot complete Allocation'
					});
				}
			},
			{
				pattern: /\bTotal lost packets (\d+) .*|\bAverage round trip delay ([\d.]+) ms|\bAverage jitter ([\d.]+) ms/,
				take: ([said], line) => {
					const builder = line.connection('1');
					builder.events.push({ atMs: line.atMs, peer: '1', call: 'other', phase: 'event', name: 'measured', detail: said });
				}
			},
			{ pattern: /\b(?:Connected from|response received|success|rtv=|start_mclient|Total|done, connection|INFO)\b/, take: null }
		];
	}
};
