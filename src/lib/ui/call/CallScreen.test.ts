/** What the screen says of calls is what a report of them concludes, and what its JSON and the command line say. */
import { getByRole } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { reportText } from '../../../cli/text';
import { CALL_CASES } from '../../../../tests/golden/calls-table';
import { reportOf } from '../../../../tests/support/components/reports';
import { show, textOf, textsOf } from '../../../../tests/support/components/show';
import { ENGLISH } from '../../core/messages/en/english';
import { MOS_WORDS, mosInputs, mosTerms } from '../../core/messages/en/mos';
import { sentence } from '../../core/messages/en/sentence';
import { JUDGEMENT_WORDS } from '../../core/messages/en/vocabulary';
import type { CallPart } from '../../core/plan/call-steps';
import { toJson } from '../../core/report/export/json';
import { toMarkdown } from '../../core/report/export/markdown';
import { judgeAgain } from '../../core/report/judge-again';
import type { Report } from '../../core/report/report';
import { written } from '../../core/report/with-text';
import { concludeOwn } from '../../core/verdict/conclude-own';
import { CallSession } from './call-session.svelte';
import Judgement from './Judgement.svelte';

const reports = CALL_CASES.map(({ name, observations }) => ({
	name,
	report: judgeAgain({ ...reportOf('full cone'), observations })
}));

function opened(report: Report): CallSession {
	const call = new CallSession();
	call.concludeOwn = concludeOwn;
	call.opened = report;
	return call;
}

const PLAIN = { columns: 100_000, paint: (_: unknown, text: string) => text };
const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe.each(reports)('$name', ({ report }) => {
	const { calls } = report.conclusions;

	test('is concluded alike from a saved report and from what was done on the screen', () => {
		expect(opened(report).calls).toEqual(calls);
		const here = new CallSession();
		here.concludeOwn = concludeOwn;
		const own = report.observations.filter(({ probe }) => probe === 'loopback-call' || probe === 'throughput');
		if (own.length < report.observations.length) return;
		here.parts = own.map(({ probe, startedMs, tookMs, outcome }) => {
			const path = outcome.state === 'seen' ? (outcome.data as { path: CallPart['path'] }).path : null;
			const common = { startedMs, tookMs, pausedMs: { hidden: 0, stalled: 0 }, cost: { seconds: 0, bytes: 0 } };
			return { ...common, probe, path: path!, outcome } as CallPart;
		});
		expect(here.calls).toEqual(calls);
	});

	test('is told alike by the command line, by JSON and in documents', () => {
		const text = onOneLine(reportText(report, ENGLISH, PLAIN));
		const markdown = toMarkdown(report, ENGLISH, Infinity);
		const json = JSON.parse(toJson(report)) as { conclusions: { calls: unknown } };
		expect(json.conclusions.calls).toEqual(asJson(written(calls)));
		for (const call of calls) {
			expect(text).toContain(sentence(call));
			if (call.quality) expect(text).toContain(`Quality: ${JUDGEMENT_WORDS[call.quality.overall]}`);
			for (const said of [...(call.quality?.items ?? []), ...call.mos]) {
				expect(text).toContain(sentence(said));
				expect(markdown).toContain(sentence(said));
			}
		}
	});

	test('is shown with those values', () => {
		const call = opened(report);
		const { shown } = call;
		const concluded = shown && call.conclusionOf(shown.call);
		if (!concluded) return;
		const page = show(Judgement, { shown, concluded, capped: false });
		if (concluded.mos.length === 0) return;
		const card = getByRole(page, 'region', { name: MOS_WORDS.title });
		expect(textsOf(card, '.score strong')).toEqual(
			concluded.mos.map(({ mos }) => (mos === null ? MOS_WORDS.unknown : mos.toFixed(2)))
		);
		for (const [i, table] of [...card.querySelectorAll('table')].entries()) {
			const lines = [...mosInputs(concluded.mos[i]!), ...mosTerms(concluded.mos[i]!)];
			expect([...table.querySelectorAll('tbody tr')].map((row) => textsOf(row, 'td')[0])).toEqual(
				lines.map(({ value }) => value)
			);
		}
		expect(textOf(card)).toContain(MOS_WORDS.lead);
	});
});

test('a call is found among those of a report, whichever comes first', () => {
	const { report } = reports.find(({ report: { observations } }) => observations.length > 1)!;
	const call = opened(report);
	for (const data of call.openedCalls)
		expect(call.conclusionOf(data)?.observations).toEqual([
			report.observations.findIndex(({ outcome }) => outcome.state === 'seen' && outcome.data === data)
		]);
});
