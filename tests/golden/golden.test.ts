/**
 * Saved reports are judged again and must give the conclusions they hold: a change of a rule or a threshold shows up as a
 * difference in these files. `npm run lab -- update-golden` writes them anew; look at the difference before committing it.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compareConclusions } from '../../src/lib/core/report/compare';
import { toJson } from '../../src/lib/core/report/export/json';
import { judgeAgain } from '../../src/lib/core/report/judge-again';
import { parseReport } from '../../src/lib/core/report/parse';
import { withText } from '../../src/lib/core/report/with-text';
import { describedReport, fileNameOf } from './described-report';
import { CASES } from './networks-table';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const UPDATE = process.env.UPDATE === '1';

/** A few that together show every kind of verdict; all cases are checked by their table. */
const CHOSEN = [
	'home router, all servers work',
	'symmetric NAT, two addresses and two ports, Chromium',
	'UDP blocked, TURN over TCP and TLS works relay to relay',
	'UDP blocked, TURN over TCP refuses the password',
	'one dead server among three',
	'two families, IPv6 broken',
	"only this machine's own server"
];

if (UPDATE) {
	for (const file of readdirSync(FOLDER)) if (file.endsWith('.described.report.json')) rmSync(FOLDER + file);
	for (const name of CHOSEN) {
		const chosen = CASES.find((c) => c.name === name)!;
		writeFileSync(`${FOLDER}${fileNameOf(name)}.described.report.json`, toJson(describedReport(chosen)));
	}
	// Recorded reports keep their observations; only the judgement is made anew.
	for (const file of readdirSync(FOLDER)) {
		if (!file.endsWith('.recorded.report.json')) continue;
		const parsed = parseReport(readFileSync(FOLDER + file, 'utf8'));
		if (parsed.ok) writeFileSync(FOLDER + file, toJson(judgeAgain(parsed.value)));
	}
}

const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.report.json'));

test('there is a report for each chosen case', () => {
	const described = FILES.filter((file) => file.endsWith('.described.report.json')).map((file) =>
		file.replace('.described.report.json', '')
	);
	expect(described.toSorted()).toEqual(CHOSEN.map(fileNameOf).toSorted());
});

describe.each(FILES)('%s', (file) => {
	const text = readFileSync(FOLDER + file, 'utf8');
	const parsed = parseReport(text);

	test('is read without a loss', () => {
		expect(parsed).toMatchObject({ ok: true });
		if (parsed.ok) expect(toJson(parsed.value)).toBe(text);
	});

	test('gives the conclusions it holds', () => {
		if (!parsed.ok) throw new Error(parsed.error.message);
		const fresh = withText(judgeAgain(parsed.value));
		expect(compareConclusions(parsed.value.conclusions, fresh.conclusions)).toEqual([]);
		expect(fresh.conclusions).toEqual(parsed.value.conclusions);
	});

	test('holds no secret', () => {
		expect(text).not.toMatch(/"credential"|"password"|: "secret"/);
	});
});
