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

/** What the linter says of an exchange whose last description of the other end is this one. */
export function lintExchange({ before, offer, from }: ExchangeBase, text: string): Finding[] {
	const rounds = before.map((each): Round => ({
		from: each.from,
		offer: readDescription(each.offer, 'offer'),
		answer: readDescription(each.answer, 'answer')
	}));
	const last =
		offer === null
			? { offer: readDescription(text, 'offer'), answer: null }
			: { offer: readDescription(offer, 'offer'), answer: readDescription(text, 'answer') };
	return lintRounds([...rounds, { from, ...last }]);
}

/** Fails where the table is of other changes than there are now. */
export function holdExchanges(rows: readonly ExchangeRow[], bases: readonly ExchangeBase[]): Confusion {
	return confusionOf(judgedRows(rows, bases));
}

export function* judgedRows(rows: readonly ExchangeRow[], bases: readonly ExchangeBase[]): Iterable<Judged> {
	const byName = new Map(bases.map((base) => [base.name, { base, texts: new Map<string, string>() }]));
	for (const { base: name, operator, said } of rows) {
		const known = byName.get(name);
		if (known && known.texts.size === 0)
			for (const change of changesOf(known.base)) known.texts.set(change.operator, change.text);
		const text = known?.texts.get(operator);
		if (!known || text === undefined) throw new Error(`There is no ${operator} of ${name}: record the table anew.`);
		yield { name: `${name}: ${operator}`, said: { [known.base.asked]: said }, findings: lintExchange(known.base, text) };
	}
}
