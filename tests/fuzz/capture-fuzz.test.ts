/** Damaged captures: nothing throws, no number is senseless, and what is kept is bounded whatever the file claims. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { findingsOf } from '../../src/lib/core/call/findings/findings';
import { overviewOf } from '../../src/lib/core/call/overview';
import { openFile } from '../../src/lib/core/dump/import';
import { sentence } from '../../src/lib/core/messages/en/sentence';
import { encodeMessage } from '../../src/lib/core/stun/message';
import { METHODS } from '../../src/lib/core/stun/methods-table';
import { dtlsRecord, pcap, pcapng, rtp, udp, type Frame } from '../support/capture-bytes';
import { patience } from '../support/patience';
import { randomFrom } from '../support/random';
import { bestCpuMs, cpuMs } from '../support/work';

const FULL = process.env.ICELENS_FUZZ === 'full';
const ROUNDS = FULL ? 20_000 : 300;
const SEED = Number(process.env.ICELENS_FUZZ_SEED ?? 147);
/** A damaged capture may take this many times as long as the slowest whole one of this run. */
const MOST_TIMES = 50;
const FOLDER = new URL('../fixtures/pasted/', import.meta.url);

const decoder = () => ({ push: (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1'), end: () => '' });

function read(bytes: Uint8Array, piece = bytes.length): string[] | null {
	const file = openFile(decoder(), () => Infinity);
	for (let at = 0; at < bytes.length; at += piece) if (!file.push(bytes.subarray(at, at + piece))) break;
	const result = file.end();
	if (!result.ok) return null;
	for (const connection of result.value.connections) {
		overviewOf(connection);
		for (const { columns } of connection.tracks)
			for (const { tMs, v } of columns)
				if (tMs.length !== v.length || tMs.some((t) => !Number.isFinite(t))) throw new Error('A column without times');
	}
	return findingsOf(result.value).map(sentence);
}

const T0 = Date.UTC(2026, 0, 1);
const [ME, OTHER] = [
	{ address: '192.0.2.10', port: 5000 },
	{ address: '2001:db8::9', port: 6000 }
];
const check = (id: number) =>
	encodeMessage({
		class: 'request',
		method: METHODS.Binding,
		transactionId: new Uint8Array(12).fill(id),
		attributes: [['USERNAME', 'theirs:mine']]
	});
const here = { address: '2001:db8::1', port: 5000 };
const frames: Frame[] = [
	...Array.from({ length: 5 }, (_, i) => udp(T0 + 100 * i, here, OTHER, check(i))),
	udp(T0 + 600, here, OTHER, dtlsRecord(22, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
	...Array.from({ length: 20 }, (_, i) => udp(T0 + 700 + 20 * i, OTHER, here, rtp(7, i)))
];
const seeds = [
	new Uint8Array(readFileSync(new URL('wrong-password.pcapng', FOLDER))),
	new Uint8Array(readFileSync(new URL('quota.pcap', FOLDER))),
	new Uint8Array(gunzipSync(readFileSync(new URL('relay-call.pcap.gz', FOLDER)))).slice(0, 40_000),
	pcap(frames),
	pcapng(frames)
];

function damage(bytes: Uint8Array, random: () => number): Uint8Array {
	const at = Math.floor(random() * bytes.length);
	const length = Math.floor(random() * 40);
	const kind = random();
	const copy = bytes.slice();
	if (kind < 0.5) {
		for (let i = at; i < Math.min(at + 1 + (length >> 3), copy.length); i++) copy[i] = Math.floor(random() * 256);
		return copy;
	}
	if (kind < 0.6) return copy.fill(0xff, at, at + 4);
	if (kind < 0.7) return copy.fill(0, at, at + 4);
	if (kind < 0.8) return Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(at + length)]);
	if (kind < 0.9) return Uint8Array.from([...copy.subarray(0, at + length), ...copy.subarray(at)]);
	return copy.slice(0, at);
}

test(
	`${ROUNDS} damaged captures are read or refused, and none takes much longer than a whole one`,
	() => {
		const random = randomFrom(SEED);
		const wholeMs = Math.max(...seeds.map((bytes) => bestCpuMs(() => read(bytes))));
		let count = 0;
		for (let i = 0; i < ROUNDS; i++) {
			let bytes = seeds[i % seeds.length]!;
			for (let times = Math.floor(random() * 6) + 1; times > 0; times--) bytes = damage(bytes, random);
			const piece = 1 + Math.floor(random() * bytes.length);
			let sentences: string[] | null = null;
			const tookMs = cpuMs(() => (sentences = read(bytes, piece)));
			if (sentences !== null) count++;
			for (const each of sentences ?? []) expect(each, `mutation ${i}`).not.toMatch(/\bNaN\b|undefined|Infinity/);
			if (tookMs > MOST_TIMES * wholeMs)
				expect(bestCpuMs(() => read(bytes, piece)) / wholeMs, `mutation ${i}`).toBeLessThan(MOST_TIMES);
		}
		expect(count).toBeGreaterThan(ROUNDS / 3);
	},
	patience(FULL ? 1_800_000 : 60_000)
);

test(
	'a capture of more ends than anybody has is read within bounds',
	() => {
		const ends = FULL ? 60_000 : 21_000;
		const many = Array.from({ length: ends }, (_, i) =>
			udp(T0 + i, ME, { address: `198.51.${(i >> 14) & 255}.${(i >> 6) & 255}`, port: 1024 + (i % 64) }, check(i & 255))
		);
		const bytes = pcap(many);
		const before = process.memoryUsage().heapUsed;
		const file = openFile(decoder(), () => Infinity);
		file.push(bytes);
		const result = file.end();
		expect(result.ok && result.value.connections.length).toBeLessThanOrEqual(500);
		expect(result.ok && result.value.notes.map(({ rule }) => rule)).toContain('flows-left-out');
		expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(400);
	},
	patience(60_000)
);
