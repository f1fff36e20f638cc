/**
 * A saved about:webrtc page of Firefox: the pair table, the RTP lines and the descriptions of each connection, as they were
 * at one moment. Newer pages name their texts (`data-l10n-id`); those of 2019 are in the language of the browser, and are
 * read by their structure.
 */
import { count, plural } from '../base/format';
import { entryOf, isRecord, parseJson, type JsonObject } from '../base/record';
import { htmlTokens, type HtmlToken } from './html-tokens';
import { RecordingBuilder, type ConnectionBuilder } from './builder';
import { isPairTable, takePairTable } from './firefox-pair-table';
import { addFirefoxNames } from './firefox-report';

interface Description {
	/** `local`, `remote`, or null where the page's language hides it. */
	side: 'local' | 'remote' | null;
	atMs: number | null;
	sdp: string;
}

interface Found {
	id: string;
	atMs: number | null;
	closed: boolean;
	url: string | null;
	configuration: string;
	tables: string[][][];
	/** Label and text in turn, of the RTP part. */
	rtp: { label: string | null; args: JsonObject; text: string }[];
	ssrcs: string[];
	history: Description[];
	shown: Description[];
}

/** null where the page is another one. */
export function readFirefoxPage(html: string): RecordingBuilder | null {
	const found = connectionsIn(html);
	const known = found.filter(
		({ tables, history, shown, atMs }) => atMs !== null || tables.some(isPairTable) || history.length + shown.length > 0
	);
	if (known.length === 0 || !known.some(({ tables, id }) => tables.some(isPairTable) || id.includes('{') || /^\d{16}/.test(id)))
		return null;
	const recording = new RecordingBuilder('about-webrtc', `Saved about:webrtc page of Firefox${generation(html)}`);
	let cancelled = 0;
	for (const each of known) {
		const builder = recording.connection(each.id);
		addFirefoxNames(builder, each.id);
		builder.url ??= each.url;
		builder.setConfiguration(each.configuration.trim());
		const atMs = each.atMs ?? Math.max(...each.history.map((entry) => entry.atMs ?? 0), 0);
		for (const table of each.tables) cancelled += takePairTable(builder, table, atMs);
		takeRtp(builder, each, atMs);
		takeDescriptions(builder, each);
		if (each.closed) builder.events.push({ atMs: atMs || null, peer: each.id, call: 'close', phase: 'event' });
	}
	if (cancelled > 0)
		recording.notes.add(
			'pairs-cancelled',
			`${count(cancelled, 'pair')} ${plural(cancelled, 'was', 'were')} cancelled: Firefox had chosen another one.`
		);
	recording.notes.add(
		'one-moment',
		'The page shows one moment: there is nothing over time in it. Its graphs are drawings and cannot be read back.'
	);
	return recording;
}

function generation(html: string): string {
	if (/id="(ice|rtp)-stats:/.test(html)) return ' (since 2023)';
	return /data-l10n-id="about-webrtc-/.test(html) ? ' (2021 to 2023)' : ' (before 2021)';
}

interface Reading {
	found: Found[];
	now: Found | null;
	table: string[][] | null;
	cell: string | null;
	pre: string | null;
	side: Description['side'];
	atMs: number | null;
	label: { id: string; args: JsonObject } | null;
	heading: boolean;
	history: boolean;
	body: boolean;
	config: boolean;
	part: 'rtp' | 'other';
}

function connectionsIn(html: string): Found[] {
	const state: Reading = {
		found: [],
		now: null,
		table: null,
		cell: null,
		pre: null,
		side: null,
		atMs: null,
		label: null,
		heading: false,
		history: false,
		body: false,
		config: false,
		part: 'other'
	};
	for (const token of htmlTokens(html)) read(state, token);
	return state.found;
}

function read(state: Reading, token: HtmlToken): void {
	if (token.kind === 'open') open(state, token.tag, token.attributes);
	else if (token.kind === 'close') close(state, token.tag);
	else text(state, token.text);
}

function begin(state: Reading, id: string): Found {
	const made: Found = {
		id,
		atMs: null,
		closed: false,
		url: null,
		configuration: '',
		tables: [],
		rtp: [],
		ssrcs: [],
		history: [],
		shown: []
	};
	state.found.push(made);
	state.now = made;
	state.history = false;
	state.part = 'other';
	return made;
}

function open(state: Reading, tag: string, attributes: Record<string, string>): void {
	const l10n = attributes['data-l10n-id'] ?? '';
	const parsed = parseJson(attributes['data-l10n-args'] ?? '');
	const args = isRecord(parsed) ? parsed : {};
	if (/^about-webrtc-connection-(open|closed)$/.test(l10n)) {
		const made = begin(state, String(state.found.length + 1));
		made.closed = l10n.endsWith('closed');
		made.url = typeof args.url === 'string' ? args.url : null;
		const now = typeof args.now === 'string' ? Date.parse(args.now) : NaN;
		made.atMs = Number.isFinite(now) ? now : null;
	}
	const { id = '', class: name = '' } = attributes;
	const part = /^(rtp|ice|sdp|bandwidth|frame)-stats: (.*)$/s.exec(id);
	if (part) {
		if (state.now && /^\d+$/.test(state.now.id)) state.now.id = part[2]!;
		state.part = part[1] === 'rtp' ? 'rtp' : 'other';
	} else if (/about-webrtc-rtp-stats-heading/.test(l10n)) state.part = 'rtp';
	else if (/about-webrtc-(ice-stats|sdp)-heading$/.test(l10n)) state.part = 'other';
	if (tag === 'h3') state.heading = true;
	if (/sdp-history\b/.test(name) && name !== 'sdp-history-link') state.history = true;
	state.body = name.split(' ').includes('info-body');
	if (name === 'peer-connection-config') state.config = true;
	if (/local-sdp-heading/.test(l10n)) state.side = 'local';
	if (/remote-sdp-heading/.test(l10n)) state.side = 'remote';
	if (l10n === 'about-webrtc-sdp-set-timestamp') state.atMs = typeof args.timestamp === 'number' ? args.timestamp : null;
	state.label = l10n === '' ? null : { id: l10n, args };
	if (tag === 'table') state.table = [];
	if (tag === 'tr') state.table?.push([]);
	if (tag === 'td' || tag === 'th') state.cell = '';
	if (tag === 'pre') state.pre = '';
	if (tag === 'br' && state.config && state.now) state.now.configuration += '\n';
}

function close(state: Reading, tag: string): void {
	const { now } = state;
	if ((tag === 'td' || tag === 'th') && state.cell !== null) {
		state.table?.[state.table.length - 1]?.push(state.cell.trim());
		state.cell = null;
	}
	if (tag === 'table' && state.table) {
		now?.tables.push(state.table);
		state.table = null;
	}
	if (tag === 'pre' && state.pre !== null) {
		if (now && /^\s*v=0/.test(state.pre))
			(state.history ? now.history : now.shown).push({
				side: state.side,
				atMs: state.history ? state.atMs : null,
				sdp: state.pre
			});
		state.pre = null;
	}
	if (tag === 'h3') state.heading = false;
	if (tag === 'div') state.config = false;
	if (tag === 'span') state.body = false;
}

function text(state: Reading, given: string): void {
	if (state.cell !== null) state.cell += given;
	else if (state.pre !== null) state.pre += given;
	else if (state.heading) oldHeading(state, given);
	const { now } = state;
	if (!now) return;
	if (state.config) now.configuration += given;
	if (state.body && /^\d+$/.test(now.id) && /\(id=\d+|^\{|^\d{16}/.test(given)) now.id = given.trim();
	if (state.part === 'rtp' && given.trim() !== '')
		now.rtp.push({ label: state.label?.id ?? null, args: state.label?.args ?? {}, text: given });
	state.label = null;
}

/** `[ 8589934649 ] https://… Fri Nov 15 2019 …`, in 2019 without any name. */
function oldHeading(state: Reading, given: string): void {
	const match = /^\s*\[\s*\d+(?:\s*\|\s*\d+)?\s*\]\s+(\S+)\s*(.*)$/s.exec(given);
	if (!match || (state.now && state.label)) return;
	const made = begin(state, String(state.found.length + 1));
	made.url = match[1]!;
	const time = Date.parse(match[2]!.replace(/\s*\([^)]*\)\s*$/, ''));
	made.atMs = Number.isFinite(time) ? time : null;
}

const LABELS: Record<string, (args: JsonObject, remote: boolean) => [string, unknown] | null> = {
	'about-webrtc-sent-label': (args) => ['packetsSent', args.packets],
	'about-webrtc-received-label': (args) => ['packetsReceived', args.packets],
	'about-webrtc-lost-label': (args) => ['packetsLost', args.packets],
	'about-webrtc-jitter-label': (args) => ['jitter', args.jitter],
	'about-webrtc-discarded-packets-label': (args) => ['packetsDiscarded', args.packets]
};

/** The RTP part is sentences; the numbers stand beside their labels. */
function takeRtp(builder: ConnectionBuilder, each: Found, atMs: number): void {
	let ssrc = '';
	let current: Record<string, unknown> | null = null;
	let kind: string | undefined;
	const flush = () => {
		if (current && Object.keys(current).length > 3) builder.addReport(atMs, `${String(current.type)} ${ssrc}`, current);
		current = null;
	};
	for (const { label, args, text: given } of each.rtp) {
		const heading = /^(audio|video)\/\S+ - SSRC (\d+)/.exec(given);
		if (heading) {
			flush();
			[, kind, ssrc] = heading as unknown as [string, string, string];
			continue;
		}
		// Only the sentences begin with a time; a heading that names a type is followed by drawings.
		const type = /\d{1,2}:\d\d:\d\d.*?\b((?:remote-)?(?:inbound|outbound)-rtp)\b/.exec(given)?.[1];
		if (type) {
			flush();
			current = { type, kind, ssrc: Number(ssrc) };
		}
		if (!current) continue;
		const put = label !== null && Object.hasOwn(LABELS, label) ? entryOf(LABELS, label)!(args, false) : null;
		if (put && typeof put[1] === 'number') current[put[0]] = put[1];
		const rtt = /RTT:\s*(\d+(?:\.\d+)?)\s*ms/.exec(given);
		if (rtt) current.roundTripTime = Number(rtt[1]) / 1000;
	}
	flush();
}

function takeDescriptions(builder: ConnectionBuilder, each: Found): void {
	const dated = [...each.history].sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
	// Without a history the two that are shown are the last exchange: local stands first.
	const list =
		dated.length > 0
			? dated
			: each.shown.map((entry, index) => ({
					...entry,
					side: entry.side ?? (index % 2 === 0 ? ('local' as const) : ('remote' as const))
				}));
	if (dated.length === 0) list.sort((a, b) => Number(roleOf(a.sdp, 0) === 'answer') - Number(roleOf(b.sdp, 0) === 'answer'));
	list.forEach(({ side, atMs, sdp }, index) => {
		const type = roleOf(sdp, index);
		builder.events.push({
			atMs,
			peer: builder.id,
			call: side === 'remote' ? 'set-remote' : 'set-local',
			phase: 'called',
			description: { type, sdp: sdp.replace(/\r?\n/g, '\r\n') }
		});
	});
}

/** RFC 8842 §5.2: an offer has `actpass`, an answer has not. Otherwise they take turns. */
function roleOf(sdp: string, index: number): 'offer' | 'answer' {
	if (/^a=setup:actpass/m.test(sdp)) return 'offer';
	if (/^a=setup:(active|passive)/m.test(sdp)) return 'answer';
	return index % 2 === 0 ? 'offer' : 'answer';
}
