/** The table of what browsers refused in exchanges, and how far the linter agrees with it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { lintRounds } from '../../src/lib/core/sdp/lint/lint';
import type { Finding, Round } from '../../src/lib/core/sdp/lint/rules/rule';
import { readDescription } from '../../src/lib/core/sdp/text/description';
import { changesOf } from './exchange-operators';
import { basesOf, type ExchangeBase } from './exchanges';
import { confusionOf, type Confusion, type Judged } from './refusals';

/** What the browser that is asked said of one change; empty where it took it. */
export interface ExchangeRow {
	base: string;
	operator: string;
	said: string;
}

const FILE = join(import.meta.dirname, '../fixtures/sdp-exchange-refusals.tsv.gz');

/**
 * What the table is of; the other recorded calls are for what no rule was written for. Where one end knows less than the other, a browser
 * offers less in the second round, and nothing is recorded in which only the answer is new.
 */
export const RECORDED: readonly ExchangeBase[] = [
	...basesOf('audio, video and data').filter(({ shape, asked, other }) => shape !== 'later-answer' || asked === other),
	...basesOf('simulcast').filter(({ shape }) => shape !== 'later-answer')
];

/** Other calls, and other changes: those to single lines of what a browser answered. */
export const OTHERS: readonly ExchangeBase[] = [
	...['audio', 'video', 'data', 'a section added later', 'an offer from the other end', 'ICE restart', 'a stopped section']
		.flatMap(basesOf)
		.filter(({ before, shape }) => before.length > 0 || shape === 'answer'),
	...basesOf('audio, video and data')
		.filter(({ shape, asked, other }) => shape === 'answer' && asked === other)
		.map((base): ExchangeBase => ({ ...base, name: `${base.name}, line by line`, lines: true }))
];

export function writeExchangeRefusals(versions: readonly string[], rows: readonly ExchangeRow[]): void {
	const lines = rows.map(({ base, operator, said }) => [base, operator, said].join('\t'));
	writeFileSync(FILE, gzipSync([versions.join('\t'), ...lines, ''].join('\n')));
}

export function readExchangeRefusals(): ExchangeRow[] {
	const [, ...lines] = gunzipSync(readFileSync(FILE)).toString('utf8').replace(/\n$/, '').split('\n');
	return lines.map((each) => {
		const [base, operator, said] = each.split('\t') as [string, string, string];
		return { base, operator, said };
	});
}

/** What the linter says of an exchange, for each last description of the other end. */
function linterOf({ before, offer, from }: ExchangeBase): (text: string) => Finding[] {
	const rounds = before.map((each): Round => ({
		from: each.from,
		offer: readDescription(each.offer, 'offer'),
		answer: readDescription(each.answer, 'answer')
	}));
	const offered = offer === null ? null : readDescription(offer, 'offer');
	return (text) => {
		const last = offered
			? { offer: offered, answer: readDescription(text, 'answer') }
			: { offer: readDescription(text, 'offer'), answer: null };
		return lintRounds([...rounds, { from, ...last }]);
	};
}

/** Fails where the table is of other changes than there are now. */
export function holdExchanges(rows: readonly ExchangeRow[], bases: readonly ExchangeBase[]): Confusion {
	return confusionOf(judgedRows(rows, bases));
}

export function* judgedRows(rows: readonly ExchangeRow[], bases: readonly ExchangeBase[]): Iterable<Judged> {
	for (const base of bases) {
		const texts = new Map(changesOf(base).map(({ operator, text }) => [operator, text]));
		const lint = linterOf(base);
		for (const { operator, said } of rows.filter((row) => row.base === base.name)) {
			const text = texts.get(operator);
			if (text === undefined) throw new Error(`There is no ${operator} of ${base.name}: record the table anew.`);
			yield { name: `${base.name}: ${operator}`, said: { [base.asked]: said }, findings: lint(text) };
		}
	}
}
