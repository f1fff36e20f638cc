/** What is kept of a recorded call, and where. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { CallPage } from './call';
import type { Kind } from './kind';
import type { Servers } from './servers';

const FOLDER = fileURLToPath(new URL('../fixtures/calls/', import.meta.url));
const CAPTURES = fileURLToPath(new URL('../fixtures/captures/', import.meta.url));

/** The connections of one page out of a dump of all of them. */
export function partOf(dump: Buffer, url: string): string {
	const text = (dump[0] === 0x1f ? gunzipSync(dump) : dump).toString('utf8');
	const whole = JSON.parse(text) as {
		PeerConnections: Record<string, { url: string }>;
		getUserMedia: { rid: number }[];
	};
	const own = Object.entries(whole.PeerConnections).filter(([, each]) => each.url === url);
	const rids = new Set(own.map(([id]) => Number(id.split('-')[0])));
	return JSON.stringify({
		...whole,
		PeerConnections: Object.fromEntries(own),
		getUserMedia: (whole.getUserMedia ?? []).filter(({ rid }) => rids.has(rid))
	});
}

/** The reports alone, as a page that calls getStats() each second would keep them. */
export function reportsOf(lines: string): string {
	const reports = lines
		.split('\n')
		.map((line) => JSON.parse(line) as unknown[])
		.filter(([method]) => method === 'getstats')
		.map(([, , value]) => Object.values(value as object));
	return JSON.stringify(reports);
}

export function save(kind: Kind, text: string, extension: string): void {
	mkdirSync(FOLDER, { recursive: true });
	const bytes = gzipSync(text, { level: 9 });
	writeFileSync(`${FOLDER}${kind.name}.${extension}.gz`, bytes);
	process.stdout.write(`${kind.name}: ${bytes.length} bytes\n`);
}

/** What a capture shows too. */
const TRUTH_TYPES = new Set([
	'candidate-pair',
	'local-candidate',
	'remote-candidate',
	'transport',
	'inbound-rtp',
	'outbound-rtp'
]);

/** The packets, and beside them what the end itself counted, and what the server says of it. */
export async function saveCapture(
	servers: Servers,
	{ name, captured }: Kind,
	packets: Buffer,
	page: CallPage,
	logged: number
): Promise<void> {
	mkdirSync(CAPTURES, { recursive: true });
	const bytes = gzipSync(packets, { level: 9 });
	writeFileSync(`${CAPTURES}${name}.pcap.gz`, bytes);
	const reports = (await page.evaluate(`reportsOf('a')`)) as { type: string }[];
	const stats = reports.filter(({ type }) => TRUTH_TYPES.has(type));
	const log = captured!.logOf ? servers.log(captured!.logOf).slice(logged) : '';
	const serverSaid = log.split('\n').filter((line) => / user /.test(line));
	writeFileSync(`${CAPTURES}${name}.truth.json`, `${JSON.stringify({ stats, serverSaid }, null, '\t')}\n`);
	process.stdout.write(`${name}: ${bytes.length} bytes of packets\n`);
}
