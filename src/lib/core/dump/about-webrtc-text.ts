/** about:webrtc of Firefox, selected and copied: the same tables as the saved page has, with tabs for cells. */
import { RecordingBuilder } from './builder';
import { isPairTable, takePairTable } from './firefox-pair-table';
import { clip } from './text-lines';

const HEADING = /^\s*(?:PeerConnection ID:?|RTCPeerConnection|\[\s*\d+(?:\s*\|\s*\d+)?\s*\])\s+(.*)$/;
/** Headings and labels of the page that say nothing themselves. */
const LABELS =
	/^(?:RTCConfiguration|Configuration|ICE Stats|SDP|Local SDP|Remote SDP|SDP History|RTP Stats|Bandwidth|Frame Statistics|ICE State\b.*|\(?(?:offer|answer)\)?|show|hide|close|details|(?:Raw|Trickled) .*|ICE (?:restarts|rollbacks):.*|[▼▶►▾▸]?\s*\w+ details|Component \d.*|Local Candidate.*)\s*$/i;
const ENDPOINTS = /\S+:\d+\/(?:udp|tcp|tls)\b.*\S+:\d+\/(?:udp|tcp|tls)\b/i;

export function looksLikeAboutWebrtcText(text: string): boolean {
	return (
		/^[ \t]*(?:PeerConnection ID:|about:webrtc\b)/m.test(text) ||
		(/\bICE State\b.*\bLocal Candidate\b.*\bRemote Candidate\b/i.test(text) && /\/(?:udp|tcp)\(/i.test(text))
	);
}

export function readAboutWebrtcText(text: string): RecordingBuilder | null {
	const recording = new RecordingBuilder('about-webrtc', 'about:webrtc of Firefox, copied as text');
	recording.clock = 'none';
	let table: string[][] = [];
	let configuration: string[] | null = null;
	let current: { id: string; url: string | null } = { id: '1', url: null };
	let cancelled = 0;
	let sdp: { side: 'local' | 'remote' | null; lines: string[] } | null = null;
	let side: 'local' | 'remote' | null = null;
	const connection = () => {
		const builder = recording.connection(current.id);
		builder.url ??= current.url;
		return builder;
	};
	const endTable = () => {
		if (table.length > 0 && isPairTable(table)) cancelled += takePairTable(connection(), table, 0);
		table = [];
	};
	const endSdp = () => {
		if (sdp && sdp.lines.length > 3) {
			const text = `${sdp.lines.join('\r\n')}\r\n`;
			const call = sdp.side === 'remote' ? ('set-remote' as const) : ('set-local' as const);
			const type = /^a=setup:(?:active|passive)/m.test(text) ? ('answer' as const) : ('offer' as const);
			connection().events.push({ atMs: null, peer: current.id, call, phase: 'called', description: { type, sdp: text } });
		}
		sdp = null;
	};
	const endConfiguration = () => {
		if (configuration && configuration.length > 0) connection().setConfiguration(configuration.join('\n'));
		configuration = null;
	};
	text.split(/\r?\n/).forEach((raw, index) => {
		const line = raw.trim();
		if (sdp && /^[a-z]=/.test(line)) {
			sdp.lines.push(line);
			return;
		}
		endSdp();
		const heading = HEADING.exec(line);
		if (heading) {
			endTable();
			endConfiguration();
			current = { id: heading[1]!.slice(0, 200), url: /\burl=([^\s)]+)/.exec(line)?.[1] ?? null };
			connection();
		} else if (/^v=0$/.test(line)) sdp = { side, lines: [line] };
		else if (/^(?:RTC)?Configuration\b/i.test(line)) {
			endTable();
			configuration = [];
		} else if (/^(ICE Stats|SDP|RTP Stats|ICE State\b|Local SDP|Remote SDP)/i.test(line)) {
			endConfiguration();
			endTable();
			if (/^(Local|Remote) SDP/i.test(line)) side = /^Local/i.test(line) ? 'local' : 'remote';
		} else if (ENDPOINTS.test(line)) {
			endConfiguration();
			table.push(cellsOf(raw));
		} else if (configuration) configuration.push(line);
		else if (line !== '' && !LABELS.test(line))
			recording.notes.add('line-unreadable', `It is none of the tables that are read: ${clip(line)}`, `line ${index + 1}`);
	});
	endSdp();
	endTable();
	endConfiguration();
	if (recording.connections.size === 0) return null;
	if (cancelled > 0)
		recording.notes.add(
			'pairs-cancelled',
			'Pairs that Firefox calls cancelled, because another one was chosen, are shown as failed.'
		);
	recording.notes.add('one-moment', 'The page shows one moment: there is nothing over time in it.');
	return recording;
}

/** A row as copied: cells between tabs; where tabs became blanks, the state, two endpoints and what follows. */
function cellsOf(line: string): string[] {
	if (line.includes('\t'))
		return line
			.trimEnd()
			.split('\t')
			.map((cell) => cell.trim());
	const match =
		/^\s*(\S+)\s+(?:(true|false)\s+)?(?:(true|false)\s+)?(\S+:\d+\/\S+(?:\s+\[[^\]]*\])?)\s+(\S+:\d+\/\S+)\s*(.*)$/.exec(line);
	if (!match) return [];
	const [, state, nominated = '', selected = '', local, remote, rest] = match as unknown as [
		string,
		string,
		string?,
		string?,
		string?,
		string?,
		string?
	];
	return [state, nominated, selected, local!, remote!, ...(rest ?? '').split(/\s+/)];
}
