/** A redacted report is concluded as its original: everything but the sentences, which name the placeholders. */
import { expect } from 'vitest';
import { toJson } from '../../src/lib/core/report/export/json';
import { judgeAgain } from '../../src/lib/core/report/judge-again';
import { parseReport } from '../../src/lib/core/report/parse';
import { redactReport } from '../../src/lib/core/report/redact';
import type { Report } from '../../src/lib/core/report/report';
import type { Conclusions } from '../../src/lib/core/verdict/conclusion';

function classes({ headline, answers, nat, servers, peers, calls, pair, findings }: Conclusions) {
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
		headline: [headline.about, headline.verdict, headline.rule, ...headline.causes.map(({ rule }) => rule)],
		nextSteps: headline.nextSteps.map(({ rule }) => rule),
		calls: calls.map(({ kind, connected, rule, summary, quality }) => [kind, connected, rule, summary, quality?.overall]),
		pair: pair && [pair.own, pair.predictions.map(({ works, rule }) => [works, rule]), pair.outcomes.map(({ rule }) => rule)],
		answers: answers.map(({ question, says, because }) => [question, says, ...because.map(({ rule }) => rule)]),
		nat: [family(nat.ipv4), family(nat.ipv6)],
		servers: servers.map((s) => [s.kind, s.transport, s.family, s.state, s.rule, s.rttMs, s.relayedBytes, s.error?.rule]),
		peers: peers.map(({ peer, direct, rule }) => [peer.id, direct, rule]),
		findings: findings.map(({ rule, severity, subject, explains, observations }) => [
			rule,
			severity,
			subject.kind,
			explains.length,
			observations
		])
	};
}

export function expectSameClasses(report: Report): void {
	const before = judgeAgain(report).conclusions;
	const { report: redacted } = redactReport(report);
	expect(classes(redacted.conclusions)).toEqual(classes(before));
	expect(parseReport(toJson(redacted)).ok).toBe(true);
}
