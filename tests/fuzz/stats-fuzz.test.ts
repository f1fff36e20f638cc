/** Damaged dumps: nothing throws, nothing hangs, and nothing is found in what is no number. */
import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { importDump } from '../../src/lib/core/dump/import';
import { findingsOf } from '../../src/lib/core/call/findings/findings';
import { sentence } from '../../src/lib/core/messages/en/sentence';
import { overviewOf } from '../../src/lib/core/call/overview';
import { patience } from '../support/patience';
import { randomFrom } from '../support/random';
import { bestCpuMs, cpuMs } from '../support/work';

const FULL = process.env.ICELENS_FUZZ === 'full';
const ROUNDS = FULL ? 20_000 : 400;
/** A damaged dump may take this many times as long as the slowest whole one of this run. */
const MOST_TIMES = 50;
const PASTED = new URL('../fixtures/pasted/', import.meta.url);
const FOLDER = new URL('../fixtures/stats/', import.meta.url);

const T0 = Date.UTC(2024, 0, 1);
const LINES = [
	['create', 'PC_0', { iceServers: [{ urls: 'turn:x' }] }, T0],
	[
		'setLocalDescription',
		'PC_0',
		{ type: 'offer', sdp: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n' },
		T0 + 1
	],
	['oniceconnectionstatechange', 'PC_0', 'checking', T0 + 2],
	...Array.from({ length: 20 }, (_, i) => [
		'getstats',
		'PC_0',
		{
			I: { type: 'inbound-rtp', kind: 'audio', ssrc: 5, packetsReceived: 50 * i, packetsLost: i, jitter: 0.001 },
			T: { type: 'transport', bytesSent: i, selectedCandidatePairId: 'P' },
			P: { type: 'candidate-pair', state: 'succeeded', currentRoundTripTime: 0.05 },
			timestamp: T0 + 1000 * i
		},
		T0 + 1000 * i
	])
];
/** Whole files are long; a mutation of a short one says as much and takes less. */
const seeds = [
	...readdirSync(FOLDER)
		.filter((name) => name !== 'SOURCES.md')
		.map((name) => {
			const bytes = readFileSync(new URL(name, FOLDER));
			const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString(name.endsWith('.html') ? 'latin1' : 'utf8');
			return text.slice(0, 40_000);
		}),
	...readdirSync(PASTED)
		.filter((name) => /\.(log|txt)(\.gz)?$/.test(name))
		.map((name) => {
			const bytes = readFileSync(new URL(name, PASTED));
			return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().slice(0, 20_000);
		}),
	LINES.map((line) => JSON.stringify(line)).join('\n'),
	`RTCStatsDump\n{"fileFormat":3}\n${LINES.map((line, i) => JSON.stringify([...line.slice(0, -1), i === 0 ? T0 : 500])).join('\n')}`,
	"Object { id: 'V', type: 'inbound-rtp', timestamp: 1700000000000, ssrc: 5, packetsReceived: 7, … }\n".repeat(20),
	'Report type=inbound-rtp\nid=V\ntime=1700000000000\nssrc: 5\nkind: video\npacketsReceived: 370\n'.repeat(20),
	'PeerConnection ID: 1 (id=7 url=https://x/)\nICE State\tNominated\tSelected\tLocal Candidate\tRemote Candidate\nfailed\t\t\t192.0.2.7:51000/udp(host)\t192.0.2.9:4000/udp(host)\t1\t7\t0\t0\n',
	'Time\tType\tFoundation\tProtocol\tAddress\tPort\tPriority\n0.005\thost\t1\tudp\t192.168.1.2\t51234\t126 | 32512 | 255\n'
];
const PIECES = [
	'NaN',
	'null',
	'-1',
	'1e999',
	'"',
	'\\',
	'{',
	'}',
	'[',
	']',
	',',
	':',
	'\n',
	'\0',
	'\ud800',
	'true',
	'""',
	'{}',
	'[]',
	'0',
	'9'.repeat(30),
	'__proto__',
	'constructor',
	'<pre>',
	'</table>',
	'"timestamp":0,',
	'-timestamp'
];

function damage(text: string, random: () => number): string {
	const at = Math.floor(random() * text.length);
	const length = Math.floor(random() * 60);
	const piece = PIECES[Math.floor(random() * PIECES.length)]!;
	const kind = random();
	if (kind < 0.35) return text.slice(0, at) + piece + text.slice(at);
	if (kind < 0.6) return text.slice(0, at) + text.slice(at + length);
	if (kind < 0.8) return text.slice(0, at) + piece + text.slice(at + length);
	if (kind < 0.95) return text.slice(0, at) + text.slice(at, at + length).repeat(3) + text.slice(at + length);
	return text.slice(0, at);
}

/** Everything that is done with a dump; null where it is refused. */
function read(text: string): string[] | null {
	const result = importDump(text);
	if (!result.ok) return null;
	for (const connection of result.value.connections) {
		overviewOf(connection);
		for (const { columns } of connection.tracks)
			for (const { tMs, v } of columns)
				if (tMs.length !== v.length || tMs.some((t) => !Number.isFinite(t))) throw new Error('A column without times');
	}
	return findingsOf(result.value).map(sentence);
}

test(
	`${ROUNDS} damaged dumps are read or refused, without a senseless number, and none takes much longer than a whole one`,
	() => {
		const random = randomFrom(147);
		const wholeMs = Math.max(...seeds.map((text) => bestCpuMs(() => read(text))));
		let count = 0;
		for (let i = 0; i < ROUNDS; i++) {
			let text = seeds[i % seeds.length]!;
			for (let times = Math.floor(random() * 4) + 1; times > 0; times--) text = damage(text, random);
			let sentences: string[] | null = null;
			const tookMs = cpuMs(() => (sentences = read(text)));
			if (sentences !== null) count++;
			for (const sentence of sentences ?? []) expect(sentence, `mutation ${i}`).not.toMatch(/\bNaN\b|undefined|Infinity/);
			// Once more before it is held against it: the collector may have had its turn.
			if (tookMs > MOST_TIMES * wholeMs) expect(bestCpuMs(() => read(text)) / wholeMs, `mutation ${i}`).toBeLessThan(MOST_TIMES);
		}
		expect(count).toBeGreaterThan(ROUNDS / 3);
	},
	patience(FULL ? 1_800_000 : 60_000)
);

test('values that are no numbers find nothing', () => {
	const fields = [
		'packetsLost',
		'packetsReceived',
		'jitter',
		'freezeCount',
		'totalFreezesDuration',
		'totalAudioEnergy',
		'concealedSamples',
		'totalSamplesReceived',
		'fractionLost',
		'currentRoundTripTime',
		'frameHeight',
		'qualityLimitationReason'
	];
	for (const type of [
		'inbound-rtp',
		'outbound-rtp',
		'remote-inbound-rtp',
		'candidate-pair',
		'media-source',
		'remote-outbound-rtp'
	])
		for (const value of [null, 'NaN', '', 'Infinity', {}, []]) {
			const report = (at: number) => ({
				X: { id: 'X', type, kind: 'audio', timestamp: at, ...Object.fromEntries(fields.map((field) => [field, value])) }
			});
			const result = importDump(JSON.stringify(Array.from({ length: 30 }, (_, i) => report(T0 + i * 1000))));
			expect(result.ok && findingsOf(result.value)).toEqual([]);
		}
});
