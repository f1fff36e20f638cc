/** Public dumps beside the project (../shared/samples/stats), where they are present: none is part of the repository. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../src/lib/core/call/findings/findings';
import { sentence } from '../../src/lib/core/messages/en/sentence';
import { overviewOf } from '../../src/lib/core/call/overview';
import type { Recording } from '../../src/lib/core/recording/recording';
import { readDump } from '../../src/cli/dump-file';

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/stats/', import.meta.url));
const present = existsSync(SAMPLES);

async function open(file: string): Promise<Recording> {
	const read = await readDump(SAMPLES + file);
	if ('refusal' in read) throw new Error(read.refusal.message);
	return read.recording;
}

/** `type address:port` of both ends, bytes sent and received. */
type Expected = [
	pairs: number,
	states: Record<string, number>,
	path: string | null,
	sent: number | null,
	received: number | null
];

const FILES: [file: string, format: string, connections: Expected[]][] = [
	['webrtc-internals/chrome142-gum-only.gz', 'webrtc-internals', []],
	['webrtc-internals/headlesschrome108-empty.gz', 'webrtc-internals', []],
	[
		'webrtc-internals/chrome144-2026-02-two-pcs.txt',
		'webrtc-internals',
		[
			[1, { succeeded: 1 }, 'host null:49094 host 192.168.1.217:47747', 9233122, 8971258],
			[1, { succeeded: 1 }, 'host 192.168.1.217:47747 host null:49094', 8971258, 9233122]
		]
	],
	[
		'webrtc-internals/chrome86-2020-11-recvonly-engb-locale.txt',
		'webrtc-internals',
		[[11, { waiting: 6, 'in-progress': 4, succeeded: 1 }, 'srflx 203.0.113.8:17243 host 203.0.113.7:16955', 6658, 999984]]
	],
	[
		'rtcstats/chrome144-native-rtcstatsdump-v3.txt',
		'rtcstats',
		[
			[1, { succeeded: 1 }, 'host null:49094 host 192.168.1.217:47747', 9691388, 9428597],
			[1, { succeeded: 1 }, 'host 192.168.1.217:47747 host null:49094', 9428597, 9691388]
		]
	],
	[
		'rtcstats/jitsi-chrome-relay',
		'rtcstats',
		[[3, { 'in-progress': 2, succeeded: 1 }, 'relay x.x.x.x:57514 srflx x.x.x.x:10000', 7556611, 10929214]]
	],
	[
		'rtcstats/jitsi-firefox-standard-stats-sfu',
		'rtcstats',
		[[7, { failed: 4, 'in-progress': 1, succeeded: 2 }, 'prflx 203.0.113.5:52624 srflx 203.0.113.3:10000', 3138933, 27127875]]
	],
	[
		'rtcstats/jitsi-google-legacy-stats-p2p',
		'rtcstats',
		[
			[6, { succeeded: 1, unknown: 5 }, 'prflx 203.0.113.5:61887 srflx 203.0.113.3:10000', 5965765, 3627630],
			[18, { succeeded: 3, unknown: 15 }, 'host 192.168.1.154:55543 host 192.168.1.154:55536', 12581636, 13768047]
		]
	],
	[
		'raw-getstats/chrome-80.json',
		'raw-getstats',
		[[6, { waiting: 4, 'in-progress': 1, succeeded: 1 }, 'relay 203.0.113.9:56992 srflx 203.0.113.10:57887', 116680, 111763]]
	],
	[
		'raw-getstats/dolbyio-chrome109-first.json',
		'raw-getstats',
		[[3, { succeeded: 2, 'in-progress': 1 }, 'unknown unknown', 200950, 529325]]
	],
	[
		'raw-getstats/firefox-74.json',
		'raw-getstats',
		[
			[
				9,
				{ 'in-progress': 1, succeeded: 1, cancelled: 1, frozen: 6 },
				'relay 203.0.113.9:41971 srflx 203.0.113.10:59490',
				354913,
				335035
			]
		]
	],
	[
		'raw-getstats/genesys-keyvalue-1.json',
		'raw-getstats',
		[[2, { succeeded: 1, 'in-progress': 1 }, 'prflx 10.27.48.148:23033 host 10.27.31.155:10000', 349198, 3907]]
	],
	[
		'raw-getstats/safari-13.1.json',
		'raw-getstats',
		[[1, { succeeded: 1 }, 'relay 203.0.113.14:64616 srflx 203.0.113.10:61728', 6745253, 6746381]]
	],
	[
		'about-webrtc/firefox-2023-05-datachannel.html',
		'about-webrtc',
		[
			[
				2,
				{ succeeded: 1, cancelled: 1 },
				'host 0f3d9475-7b13-4b10-b79e-1d201f537216.local:52250 host b942bc96-5f64-4a09-bf1a-39d10c2ae548.local:52247',
				1815,
				1868
			],
			[1, { succeeded: 1 }, null, 1868, 1815],
			[3, { succeeded: 1, cancelled: 2 }, null, 3970, 3358],
			[2, { succeeded: 1, cancelled: 1 }, null, 3423, 3970]
		]
	]
];

describe.skipIf(!present)(`stats samples${present ? '' : ' (skipped: there is no ../shared/samples/stats)'}`, () => {
	test.each(FILES)('reads the connections, pairs and bytes of %s', async (file, format, expected) => {
		const recording = await open(file);
		expect(recording.format).toBe(format);
		expect(recording.connections).toHaveLength(expected.length);
		recording.connections.forEach((connection, index) => {
			const { candidatePairs, pairStates, selectedPair, bytesSent, bytesReceived } = overviewOf(connection);
			const [pairs, states, path, sent, received] = expected[index]!;
			expect([candidatePairs, pairStates]).toEqual([pairs, states]);
			const end = (side: 'local' | 'remote') => {
				const one = selectedPair?.[side];
				return one ? `${one.type} ${one.address}:${one.port}` : 'unknown';
			};
			if (path !== null) expect(`${end('local')} ${end('remote')}`).toBe(path);
			if (sent !== null) expect([bytesSent, bytesReceived]).toEqual([sent, received]);
		});
		for (const found of findingsOf(recording)) expect(sentence(found)).not.toMatch(/NaN|undefined|Infinity|null/);
	});

	test('refuses the dump of a server, naming it', async () => {
		const read = await readDump(`${SAMPLES}rtcstats/jitsi-jvb-sample`);
		expect(read).toMatchObject({ refusal: { code: 'server-dump' } });
	});

	test('reads the same from two exports of the same two calls', async () => {
		const [internals, lines] = await Promise.all([
			open('webrtc-internals/chrome144-2026-02-two-pcs.txt'),
			open('rtcstats/chrome144-native-rtcstatsdump-v3.txt')
		]);
		let compared = 0;
		let exact = 0;
		for (const connection of internals.connections) {
			const other = lines.connections.find(({ id }) => id === connection.id)!;
			expect(overviewOf(connection).selectedPair).toEqual(overviewOf(other).selectedPair);
			for (const track of connection.tracks) {
				const same = other.tracks.find(({ id }) => id === track.id)!;
				expect(same.type).toBe(track.type);
				for (const { field, tMs, v, alignment } of track.columns) {
					if (alignment !== 'exact') continue;
					exact++;
					const column = same.columns.find((each) => each.field === field)!;
					const at = new Map(column.tMs.map((t, i) => [t, column.v[i]]));
					for (let i = 0; i < tMs.length; i++) {
						if (!at.has(tMs[i]!)) continue;
						compared++;
						// Chrome's page turns texts that look like numbers into numbers, and rounds large ones.
						const [a, b] = [v[i], at.get(tMs[i]!)];
						const equal =
							a === b ||
							(typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.abs(a)) ||
							String(a) === String(b);
						expect(equal, `${track.id} ${field} at ${tMs[i]}: ${String(a)} and ${String(b)}`).toBe(true);
					}
				}
			}
		}
		expect(exact).toBeGreaterThan(600);
		expect(compared).toBeGreaterThan(29_000);
	});

	test('finds the time zone of an old log', async () => {
		const { notes, connections } = await open('webrtc-internals/chrome86-2020-11-recvonly-engb-locale.txt');
		expect(notes.find(({ rule }) => rule === 'clock-guessed')?.text).toMatch(/day\/month\/year at UTC\+03:00/);
		expect(connections[0]!.events[0]!.atMs).toBe(Date.UTC(2020, 10, 8, 7, 58, 45));
	});
});
