/** What was recorded on real kernel NATs must be called what was built: no wrong class, and no class where none can be known. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conclude } from '../../src/lib/core/verdict/conclude';
import type { QuestionAnswers } from '../../src/lib/core/verdict/conclusion';
import type { Report } from '../../src/lib/core/report/report';

interface Truth {
	/** Which family is meant, IPv4 unless given. */
	family?: 'ipv6';
	mapping: string;
	ports: string;
	says: Partial<QuestionAnswers>;
}

const steady = { mapping: 'endpoint-independent', ports: 'preserved' };
const works = { 'udp-usable': 'yes', 'turn-works': 'yes' } as const;
const blocked = { mapping: 'unknown', ports: 'unknown' };

const TRUTH: Record<string, Truth> = {
	'port-restricted-named-chromium': {
		mapping: 'unknown',
		ports: 'preserved',
		says: { 'udp-usable': 'yes', 'turn-works': 'partly' }
	},
	'port-restricted-named-firefox': {
		mapping: 'unknown',
		ports: 'preserved',
		says: { 'udp-usable': 'yes', 'turn-works': 'partly' }
	},
	'udp-blocked-named-chromium': {
		...blocked,
		says: { 'udp-usable': 'no', 'turn-works': 'partly', 'needs-turn': 'always', 'calls-will-work': 'with-turn' }
	},
	'tcp-443-named-chromium': {
		...blocked,
		says: { 'udp-usable': 'no', 'turn-works': 'partly', 'needs-turn': 'always', 'calls-will-work': 'with-turn' }
	},
	'dualstack-named-chromium': { mapping: 'unknown', ports: 'preserved', says: { 'udp-usable': 'yes', 'ipv6-usable': 'yes' } },
	'ipv6-only-named-chromium': {
		family: 'ipv6',
		mapping: 'unknown',
		ports: 'unknown',
		says: { 'udp-usable': 'yes', 'ipv6-usable': 'yes' }
	},
	'open-chromium': { ...steady, says: works },
	'full-cone-chromium': { ...steady, says: works },
	'address-restricted-chromium': { ...steady, says: works },
	'port-restricted-chromium': { ...steady, says: { ...works, 'calls-will-work': 'with-turn' } },
	'port-restricted-firefox': { ...steady, says: { ...works, 'calls-will-work': 'with-turn' } },
	'carrier-grade-chromium': { mapping: 'endpoint-independent', ports: 'random', says: works },
	'symmetric-chromium': {
		mapping: 'address-and-port-dependent',
		ports: 'random',
		says: { ...works, 'needs-turn': 'for-some-peers', 'calls-will-work': 'with-turn' }
	},
	'symmetric-firefox': {
		mapping: 'address-and-port-dependent',
		ports: 'random',
		says: { ...works, 'needs-turn': 'for-some-peers' }
	},
	'symmetric-sequential-chromium': {
		mapping: 'address-and-port-dependent',
		ports: 'sequential',
		says: { ...works, 'needs-turn': 'for-some-peers' }
	},
	'symmetric-pool-chromium': {
		mapping: 'address-and-port-dependent',
		ports: 'random',
		says: { ...works, 'needs-turn': 'for-some-peers' }
	},
	'address-dependent-chromium': {
		mapping: 'address-dependent',
		ports: 'random',
		says: { ...works, 'needs-turn': 'for-some-peers' }
	},
	'dualstack-chromium': { ...steady, says: { ...works, 'ipv6-usable': 'yes' } },
	'dualstack-broken-chromium': { ...steady, says: { ...works, 'ipv6-usable': 'no' } },
	'udp-blocked-chromium': {
		...blocked,
		says: { 'udp-usable': 'no', 'turn-works': 'partly', 'needs-turn': 'always', 'calls-will-work': 'with-turn' }
	},
	'udp-blocked-firefox': {
		...blocked,
		says: { 'udp-usable': 'no', 'turn-works': 'partly', 'needs-turn': 'always', 'calls-will-work': 'with-turn' }
	},
	'ipv6-only-firefox': {
		family: 'ipv6',
		...steady,
		says: { 'udp-usable': 'yes', 'ipv6-usable': 'yes', 'turn-works': 'unknown' }
	},
	// Its servers answer on 3478 only, so nothing shows that anything gets out at all.
	'tcp-443-chromium': { ...blocked, says: { 'udp-usable': 'unknown', 'turn-works': 'no', 'calls-will-work': 'unknown' } }
};

describe.each(Object.entries(TRUTH))('%s', (name, truth) => {
	const report = reportOf(name);
	const conclusions = conclude(report.config.limits, report.observations);

	test('the NAT is called what it is', () => {
		expect(conclusions.nat[truth.family ?? 'ipv4']).toMatchObject({ mapping: truth.mapping, portPattern: truth.ports });
	});

	test('the answers follow', () => {
		expect(Object.fromEntries(conclusions.answers.map((a) => [a.question, a.says]))).toMatchObject(truth.says);
	});
});

function reportOf(name: string): Report {
	return JSON.parse(readFileSync(new URL(`./${name}.recorded.report.json`, import.meta.url), 'utf8')) as Report;
}

/** What had been written down when this much of the run had passed. */
function by(ms: number, { config, observations }: Report): string {
	const known = observations.filter(({ startedMs, tookMs }) => startedMs + tookMs <= ms);
	return conclude(config.limits, known).answers.find(({ question }) => question === 'udp-usable')!.says;
}

describe.each(Object.entries(TRUTH))('%s, on the way', (name, { says }) => {
	const report = reportOf(name);

	test('whether UDP gets through is said within 4 s, and never the contrary before', () => {
		expect(by(4000, report)).toBe(says['udp-usable']);
		// What is known changes only when an observation ends.
		const ends = report.observations.map(({ startedMs, tookMs }) => startedMs + tookMs).filter((ms) => ms < 4000);
		for (const ms of [0, ...ends]) expect(['unknown', says['udp-usable']]).toContain(by(ms, report));
	});
});

/** What a browser must be able to say of a server given by name, from a lookup that speaks for its own family (kernel/names.ts). */
test.each([
	['udp-blocked-named-chromium', 'stun:ipv4.names.lab:3478', 'ipv4', 'udp-no-answer'],
	['udp-blocked-named-chromium', 'stun:both.names.lab:3478', 'ipv4', 'udp-no-answer'],
	['udp-blocked-named-chromium', 'stun:neither.names.lab:3478', 'unknown', 'name-not-found'],
	['ipv6-only-named-chromium', 'stun:ipv4.names.lab:3478', 'unknown', 'name-not-found'],
	['ipv6-only-named-chromium', 'turn:ipv6.names.lab:443?transport=tcp', 'ipv6', null],
	['ipv6-only-named-chromium', 'turn:neither.names.lab:3478?transport=udp', 'unknown', 'name-not-found'],
	['ipv6-only-named-chromium', 'turn:neither.names.lab:443?transport=tcp', 'ipv6', 'tcp-refused']
])('in %s, %s is a row of %s, explained by %s', (name, url, family, rule) => {
	const { config, observations } = reportOf(name);
	const rows = conclude(config.limits, observations).servers.filter((server) => server.url === url);
	expect(rows.map(({ family, error }) => [family, error?.rule ?? null])).toEqual([[family, rule]]);
});

test.each(Object.keys(TRUTH).filter((name) => TRUTH[name]!.says['udp-usable'] === 'no'))(
	'in %s blocked UDP rests on two silent hosts from the moment it is said',
	(name) => {
		const { config, observations } = reportOf(name);
		const counts = observations.map((_, n) =>
			conclude(config.limits, observations.slice(0, n + 1)).findings.find(({ rule }) => rule === 'udp-blocked')
		);
		const said = counts.flatMap((finding) => (finding ? [finding.values.silentServers] : []));
		expect(new Set(said)).toEqual(new Set([2]));
	}
);
