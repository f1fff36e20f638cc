/** The table of candidate pairs of about:webrtc, of a saved page or of its text. */
import { unbracketed } from '../base/web-url';
import type { ConnectionBuilder } from './builder';

/** State, nominated, selected, local, remote, component, priority, bytes sent, bytes received; before 2018 without the last ones. */
export function isPairTable(table: readonly string[][]): boolean {
	return (
		table.some((row) => row.length >= 5 && ENDPOINT.test(row[3]!) && ENDPOINT.test(row[4]!)) ||
		(table[0]?.length === 9 && table.length === 1)
	);
}

const ENDPOINT =
	/^\s*(\(redacted\)|\[[0-9a-f:.%a-z]+\]|[^\s/]*?):(\d+)\/(udp|tcp|tls)(?:\((host|srflx|prflx|relay|serverreflexive|peerreflexive|relayed)(?:-(udp|tcp|tls))?\))?/i;

/** How many of its pairs were cancelled. */
export function takePairTable(builder: ConnectionBuilder, table: readonly string[][], atMs: number): number {
	let cancelled = 0;
	let row = 0;
	for (const cells of table) {
		const local = ENDPOINT.exec(cells[3] ?? '');
		const remote = ENDPOINT.exec(cells[4] ?? '');
		if (!local || !remote) continue;
		row++;
		const [state, nominated, selected, , , component, priority, sent, received] = cells;
		if (state === 'cancelled') cancelled++;
		const number = (value: string | undefined) =>
			value !== undefined && value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
		builder.addReport(atMs, `pair ${row}`, {
			type: 'candidate-pair',
			state,
			nominated: nominated === 'true',
			selected: selected === 'true',
			localCandidateId: candidateFor(builder, local, 'local-candidate', atMs),
			remoteCandidateId: candidateFor(builder, remote, 'remote-candidate', atMs),
			componentId: number(component),
			priority: number(priority),
			bytesSent: number(sent),
			bytesReceived: number(received)
		});
	}
	return cancelled;
}

function candidateFor(builder: ConnectionBuilder, match: RegExpExecArray, type: string, atMs: number): string {
	const [whole, host, port, protocol, candidateType, relayProtocol] = match as unknown as [
		string,
		string,
		string,
		string,
		string?,
		string?
	];
	const id = `${type} ${whole.trim()}`;
	const address = host === '(redacted)' ? '' : unbracketed(host);
	const relayed = relayProtocol ? { relayProtocol: relayProtocol.toLowerCase() } : {};
	builder.addReport(atMs, id, { type, address, port: Number(port), protocol: protocol.toLowerCase(), candidateType, ...relayed });
	return id;
}
