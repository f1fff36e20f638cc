/** The verdict appears early and may only get more precise: every prefix of every run, and of seeded random ones. */
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeObservations } from '../../golden/make-observations';
import type { Network, Server } from '../../golden/network';
import { CASES } from '../../golden/networks-table';
import { randomFrom } from '../../support/random';
import type { Observation } from '../../../src/lib/core/observations/observation';
import { scopeOfText } from '../../../src/lib/core/base/ip';
import { DEFAULT_LIMITS } from '../../../src/lib/core/plan/config';
import { conclude } from '../../../src/lib/core/verdict/conclude';
import type { Question } from '../../../src/lib/core/verdict/conclusion';

/** Answers that a later, better one may replace: TURN that works stays true when direct calls turn out to work as well. */
const MORE_PRECISE: Partial<Record<Question, readonly (readonly [string, string])[]>> = {
	'calls-will-work': [['with-turn', 'yes']]
};

/** A server at a public address that sees this device under an address of its network. */
function seesFromInside({ probe, outcome }: Observation): boolean {
	if (probe !== 'server-gathering' || outcome.state !== 'seen') return false;
	return outcome.data.candidates.some(({ type, address }) => type === 'srflx' && scopeOfText(address) === 'private');
}

/** The first place where an answer was taken back, null when there is none. */
function takenBack(observations: readonly Observation[]): string | null {
	const said = new Map<Question, string>();
	for (let n = 0; n <= observations.length; n++) {
		for (const { question, says } of conclude(DEFAULT_LIMITS, observations.slice(0, n)).answers) {
			const before = said.get(question) ?? 'unknown';
			const allowed =
				before === 'unknown' || before === says || MORE_PRECISE[question]?.some(([a, b]) => a === before && b === says);
			// An answer over UDP that came after all: what rested on the silence before goes with it. So does what rested on a server
			// outside, once the server is seen to stand inside.
			if (question === 'udp-usable' && before === 'no' && says === 'yes') said.clear();
			else if (question === 'udp-usable' && before === 'yes' && seesFromInside(observations[n - 1]!)) said.clear();
			else if (!allowed) return `${question}: ${before} became ${says} with observation ${n - 1} (${observations[n - 1]!.step})`;
			said.set(question, says);
		}
	}
	return null;
}

const FILTERINGS: readonly Network['filtering'][] = [
	undefined,
	'endpoint-independent',
	'address-dependent',
	'address-and-port-dependent',
	'relay-is-deaf'
];

/** A relay and a server that tells the mapped address, both outside. */
function canTestFiltering(servers: readonly Server[]): boolean {
	const outside = servers.filter(({ url, does }) => does === 'answers' && url.includes('203.0.113.'));
	return outside.some(({ url }) => url.startsWith('turn')) && outside.some(({ url }) => !url.includes('tcp'));
}

function randomNetwork(seed: number): Network {
	const next = randomFrom(seed);
	const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!;
	const urls = [
		'stun:203.0.113.10:3478',
		'stun:203.0.113.10:3479',
		'stun:203.0.113.20:3478',
		'stun:127.0.0.1:3478',
		'stun:[2001:db8:f::10]:3478',
		'turn:203.0.113.10:3478?transport=udp',
		'turn:203.0.113.20:3478?transport=tcp',
		'turn:127.0.0.1:3478?transport=udp',
		'turns:turn.example.org:443?transport=tcp'
	];
	const servers = urls
		.filter(() => next() < 0.5)
		.map((url): Server => ({
			url,
			at: ['203.0.113.10'],
			does: pick(['answers', 'answers', 'silent', 'refused', 'swallowed', 'not-asked', { code: 401, text: 'Unauthorized.' }]),
			answerMs: pick([5, 40, 300, 2900]),
			relay: pick([undefined, undefined, '10.0.0.5', '203.0.113.77']),
			carries: pick([['direct'], ['direct'], ['self'], [], null, ['self', 'cross']])
		}));
	const kind = pick(['same', 'per-endpoint', 'own', 'loopback'] as const);
	return {
		engine: pick(['chromium', 'firefox']),
		microphone: next() < 0.3,
		devices: [
			{ address: '192.168.1.2', family: 'ipv4' },
			...(next() < 0.4 ? [{ address: '2001:db8:1::2', family: 'ipv6' } as const] : [])
		],
		nat: (family, port, to) => {
			if (to.address === '127.0.0.1') return { address: '127.0.0.1', port };
			if (family === 'ipv6') return { address: '2001:db8:1::2', port };
			if (kind === 'own') return { address: '192.168.1.2', port };
			const moved =
				kind === 'per-endpoint'
					? 1024 + ((port * 31 + to.port * 17 + to.address.length * 7919 + Number(to.address.at(-1)) * 104_729) % 60_000)
					: port;
			return { address: '198.51.100.1', port: moved };
		},
		servers,
		app: pick(['fails', undefined, { url: 'https://icelens.example.org/api/echo', clientAddress: '198.51.100.1' }]),
		mapping: pick([undefined, undefined, 'not-run', 'unfinished', 'waited']),
		...(canTestFiltering(servers) ? { filtering: pick(FILTERINGS) } : {})
	};
}

test.each(CASES)('no later observation reverses an answer: $name', ({ network }) => {
	expect(takenBack(makeObservations(network))).toBeNull();
});

/** Real browsers on real NATs (tests/natlab/record-reports.test.ts). */
const FOLDER = new URL('../../golden/', import.meta.url);
const RECORDED = readdirSync(FOLDER).filter((file) => file.endsWith('.recorded.report.json'));

test.each(RECORDED)('no later observation reverses an answer: %s', (file) => {
	const { observations } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as { observations: Observation[] };
	expect(takenBack(observations)).toBeNull();
});

describe('seeded random networks', () => {
	const seeds = Array.from({ length: 80 }, (_, i) => i + 1);

	test('no later observation reverses an answer', () => {
		for (const seed of seeds) expect([seed, takenBack(makeObservations(randomNetwork(seed)))]).toEqual([seed, null]);
	});

	test('every answer has a reason, every unknown a next step, and every index of evidence exists', () => {
		for (const seed of seeds) {
			const observations = makeObservations(randomNetwork(seed));
			const conclusions = conclude(DEFAULT_LIMITS, observations);
			const valid = (indexes: readonly number[]) => indexes.every((i) => i in observations);
			for (const answer of conclusions.answers) {
				expect(sentence(answer)).toMatch(/^\S.*\.$/s);
				expect(answer.because.length).toBeGreaterThan(0);
				expect(answer.because.every((b) => valid(b.observations) && sentence(b) !== '')).toBe(true);
				if (answer.says === 'unknown')
					expect([seed, answer.question, answer.missing.length > 0]).toEqual([seed, answer.question, true]);
			}
			expect(conclusions.servers.every((s) => valid(s.observations) && sentence(s) !== '')).toBe(true);
			expect(sentence(conclusions.headline)).toMatch(/^\S.*\.$/s);
			expect(JSON.stringify(conclusions)).not.toMatch(/undefined|NaN|\[object/);
			expect(JSON.parse(JSON.stringify(conclusions))).toEqual(conclusions);
		}
	});

	test('a positive answer has proof: a working relay carried bytes, working TURN has a working server', () => {
		for (const seed of seeds) {
			const { servers, answers } = conclude(DEFAULT_LIMITS, makeObservations(randomNetwork(seed)));
			const turn = servers.filter((s) => s.kind === 'turn');
			for (const s of turn) if (s.state === 'works') expect([seed, s.relayedBytes > 0]).toEqual([seed, true]);
			const says = Object.fromEntries(answers.map((a) => [a.question, a.says]));
			if (says['turn-works'] === 'yes') expect(turn.every((s) => s.state === 'works') && turn.length > 0).toBe(true);
			if (says['calls-will-work'] === 'with-turn') expect(turn.some((s) => s.state === 'works')).toBe(true);
		}
	});
});
