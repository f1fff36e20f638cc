/** A redacted report is concluded as its original: everything but the sentences, which name the placeholders. */
import { expect } from 'vitest';
import { toJson } from '../../src/lib/core/report/export/json';
import { judgeAgain } from '../../src/lib/core/report/make';
import { parseReport } from '../../src/lib/core/report/parse';
import { redactReport } from '../../src/lib/core/report/redact';
import type { Report } from '../../src/lib/core/report/report';
import type { Conclusions } from '../../src/lib/core/verdict/conclusion';
import { headline } from '../../src/lib/core/verdict/headline';

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

export function expectSameClasses(report: Report): void {
	const before = judgeAgain(report).conclusions;
	const { report: redacted } = redactReport(report);
	expect(classes(redacted.conclusions)).toEqual(classes(before));
	expect(headline(redacted.conclusions).verdict).toBe(headline(before).verdict);
	expect(parseReport(toJson(redacted)).ok).toBe(true);
}
