import { describe, expect, test, vi } from 'vitest';
import { generateReport, SECRETS, seededReport } from '../../../../tests/golden/generate-report';
import { makeObservations } from '../../../../tests/golden/make-observations';
import { CASES } from '../../../../tests/golden/networks-table';
import { goldenReports } from '../../../../tests/golden/golden-reports';
import type { Conclusions } from '../verdict/conclusion';
import { headline } from '../verdict/headline';
import { toCsv } from './export/csv';
import { toHtml } from './export/html';
import { toJson } from './export/json';
import { toJunit } from './export/junit';
import { toMarkdown } from './export/markdown';
import { judgeAgain } from './make';
import { parseReport } from './parse';
import { redactReport } from './redact';
import type { Report } from './report';

// Many small cases in one test: patience for a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** What was concluded, without the sentences: they name the stand-ins. */
function classes({ answers, nat, servers, peers, findings }: Conclusions) {
	const family = (view: Conclusions['nat']['ipv4']) =>
		view && {
			mapping: view.mapping,
			filtering: view.filtering,
			hairpin: view.hairpin,
			portPattern: view.portPattern,
			layers: view.layers,
			addresses: view.publicAddresses.length,
			rules: Object.values(view.evidence).map(({ rule }) => rule)
		};
	return {
		answers: answers.map(({ question, says, because }) => [question, says, ...because.map(({ rule }) => rule)]),
		nat: [family(nat.ipv4), family(nat.ipv6)],
		servers: servers.map((s) => [s.kind, s.transport, s.family, s.state, s.rule, s.rttMs, s.relayedBytes, s.error?.rule]),
		peers: peers.map(({ peer, direct, rule }) => [peer.id, direct, rule]),
		findings: findings.map(({ rule, severity }) => [rule, severity])
	};
}

function expectSameClasses(report: Report): void {
	const before = judgeAgain(report).conclusions;
	const { report: redacted } = redactReport(report);
	expect(classes(redacted.conclusions)).toEqual(classes(before));
	expect(headline(redacted.conclusions).verdict).toBe(headline(before).verdict);
	expect(parseReport(toJson(redacted)).ok).toBe(true);
}

describe('what is concluded stays the same', () => {
	test.each(goldenReports())('$name', ({ report }) => expectSameClasses(report));

	test.each(CASES)('$name', ({ network }) =>
		expectSameClasses({ ...generateReport(1), observations: makeObservations(network) })
	);

	test('for generated networks', () => {
		for (let seed = 1; seed <= 100; seed++) {
			try {
				expectSameClasses(generateReport(seed));
			} catch (error) {
				throw new Error(`seed ${seed}`, { cause: error });
			}
		}
	});
});

const MARKED = Object.entries(SECRETS).flatMap(([kind, values]) => values.map((value) => [kind, value] as const));
const EXPORTS = { json: toJson, html: toHtml, markdown: toMarkdown, csv: toCsv, junit: toJunit };

describe('nothing marked is left', () => {
	test.each(Object.entries(EXPORTS))('in a redacted %s', (_, make) => {
		for (let seed = 1; seed <= 6; seed++) {
			const text = make(redactReport(seededReport(seed)).report).toLowerCase();
			const left = MARKED.filter(([, value]) => text.includes(value.toLowerCase()));
			expect(left, `seed ${seed}`).toEqual([]);
		}
	});

	test('the marks are in the report to begin with, but for credentials', () => {
		const text = JSON.stringify(seededReport(1));
		for (const [, value] of MARKED) expect([value, text.includes(value)]).toEqual([value, true]);
	});

	test.each(Object.entries(EXPORTS))('credentials are not even in an unredacted %s', (_, make) => {
		const text = make(seededReport(3));
		expect(text).not.toContain(SECRETS.credential[0]);
		expect(text).not.toContain(SECRETS.credential[1]);
	});

	test('no address, name or user of a generated report is left', () => {
		for (let seed = 1; seed <= 40; seed++) {
			const text = toJson(redactReport(generateReport(seed)).report);
			expect([seed, text.match(/acme-video|corp-intern|ann\.smith|\b(5|37|81|93|149|185)\.\d+\.\d+\.\d+|2a0\d:/)?.[0]]).toEqual([
				seed,
				undefined
			]);
		}
	});
});

test('the report stays as it was, and says what it is', () => {
	const report = seededReport(5);
	const before = JSON.stringify(report);
	const { report: redacted, replaced } = redactReport(report);
	expect(JSON.stringify(report)).toBe(before);
	expect(redacted.redacted).toBe(true);
	expect(redacted).toEqual(redactReport(report).report);
	const kinds = new Set(replaced.map(({ kind }) => kind));
	for (const kind of ['address', 'host', 'username', 'ice-credential', 'fingerprint', 'device', 'path'])
		expect(kinds).toContain(kind);
	for (const { from, to } of replaced) expect(to).not.toBe(from);
});

test('the same address has the same stand-in in every place', () => {
	const { replaced } = redactReport(seededReport(2));
	const byFrom = new Map<string, Set<string>>();
	for (const { from, to } of replaced) byFrom.set(from, (byFrom.get(from) ?? new Set()).add(to));
	expect([...byFrom.values()].filter((all) => all.size > 1)).toEqual([]);
});

test('words of the report and public addresses of header extensions stay', () => {
	const text = toJson(redactReport(seededReport(4)).report);
	for (const kept of [
		'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
		'"candidate-pair"',
		'currentRoundTripTime',
		'AES_CM_128_HMAC_SHA1_80',
		'Chrome/130'
	])
		expect(text).toContain(kept);
});
