/** What was found in a dump and how its connections went, from dumps of real browsers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { getByRole, getByText, queryByRole } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { press, sessionOf, show, textOf, textsOf, until } from '../../../../tests/support/components/show';
import { lossyDumpText } from '../../../../tests/support/stats-dumps';
import { importDump } from '../../core/dump/import';
import { connectionLines } from '../../core/messages/en/dumps';
import { sentence } from '../../core/messages/en/sentence';
import { FINDING_WORDS } from '../../core/messages/en/vocabulary';
import type { Recording } from '../../core/recording/recording';
import { boundedImport, importedReport } from '../../core/report/imported';
import FindingsCard from '../verdict/FindingsCard.svelte';
import { fileOverview } from './answers';
import CallList from './CallList.svelte';
import FindingsPanel from './FindingsPanel.svelte';
import ImportedCard from './ImportedCard.svelte';
import { StatsSession } from './stats-session.svelte';

const FIXTURES = join(import.meta.dirname, '../../../../tests/fixtures/stats');

function read(text: string): Recording {
	const recording = importDump(text);
	if (!recording.ok) throw new Error(recording.error.message);
	return recording.value;
}

const fixture = (file: string) => {
	const bytes = readFileSync(join(FIXTURES, file));
	return read((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
};
/** A call whose truth is known. */
const call = (name: string) => read(gunzipSync(readFileSync(join(FIXTURES, '../calls', `${name}.json.gz`))).toString('utf8'));
const LOSSY = read(lossyDumpText().text);
const DUMPS: [string, Recording][] = [
	['webrtc-internals', fixture('chromium156-during-two-connections.json.gz')],
	['getStats', fixture('chromium156-getstats.json')],
	['about:webrtc', fixture('firefox-esr153-about-webrtc.html')],
	['rtcstats', LOSSY]
];
const TONES = { problem: 'problem', warning: 'warning', normal: 'normal', info: 'normal' };

describe('findings', () => {
	const panelOf = (recording: Recording) => {
		const stats = new StatsSession();
		const overview = fileOverview(recording, 'call.txt');
		return { stats, overview, page: show(FindingsPanel, { stats, overview }) };
	};

	test.each(DUMPS)('of %s: each in its word and tone, with its rule, and its moment where it has one', (_, recording) => {
		const { overview, page } = panelOf(recording);
		if (overview.conclusions.findings.length === 0) return void getByText(page, sentence(overview.conclusions.headline));
		const items = [...page.querySelectorAll('li')];
		for (const [i, finding] of overview.conclusions.findings.slice(0, 10).entries()) {
			const item = items[i]!;
			const status = item.querySelector('.status')!;
			expect([textOf(status), status.classList[1]]).toEqual([FINDING_WORDS[finding.severity], TONES[finding.severity]]);
			expect(textOf(item.querySelector('p'))).toBe(sentence(finding).replace(/\s+/g, ' '));
			expect(item.querySelector('a')!.getAttribute('href')).toBe(`/rules#${finding.rule}`);
			const { connection, atMs } = finding.moment!;
			const timed = connection !== null && atMs !== null && overview.clock !== 'none';
			expect(item.querySelector('button') !== null).toBe(timed);
		}
	});

	test('a cause that is the verdict stands in it, and nowhere else', () => {
		const { overview, page } = panelOf(call('turn-password-udp'));
		const box = getByRole(page, 'region', { name: 'The call did not connect' });
		const cause = sentence(overview.conclusions.headline);
		expect(cause).toContain('error 401');
		expect(textOf(box)).toContain(cause.replace(/\s+/g, ' '));
		expect(textOf(page).split('gave no relay')).toHaveLength(2);
		expect(queryByRole(page, 'heading', { name: /findings/i })).toBeNull();
		getByRole(panelOf(call('cut-in-call')).page, 'heading', { name: 'Other findings' });
	});

	test('a verdict that nothing stands out says so itself', () => {
		const { overview, page } = panelOf(call('audio'));
		const box = getByRole(page, 'region', { name: 'The call connected' });
		expect(textOf(box.querySelector('p:last-child'))).toBe(sentence(overview.conclusions.headline));
		getByRole(page, 'heading', { name: 'Findings' });
	});

	test('the loss of a tenth from second 20 to 30 is named with its moment, counted from the connection’s beginning', async () => {
		const { page, stats } = panelOf(LOSSY);
		const button = getByRole(page, 'button', {
			name: /^Show in the charts, at 20\.0 s: .*packets were lost from 20\.0 s to 30\.0 s/
		});
		expect(textOf(button)).toBe('at 20.0 s');
		stats.connectionId = LOSSY.connections[0]!.id;
		stats.view.setDomain(LOSSY.connections[0]!.startMs!, LOSSY.connections[0]!.endMs!);
		await press(button);
		await until(() => expect(stats.view.cursorMs! - LOSSY.connections[0]!.startMs!).toBe(20_000));
		expect(stats.cameFrom).toBe(button);
	});
});

describe('calls', () => {
	const listOf = (recording: Recording) => {
		const overview = fileOverview(recording, 'call.txt');
		return { overview, page: show(CallList, { stats: new StatsSession(), overview }) };
	};

	test.each(DUMPS)('of %s: each with how it went, its path and its pairs', (_, recording) => {
		const { overview, page } = listOf(recording);
		const buttons = [...page.querySelectorAll('button.one')];
		expect(buttons.map((one) => textOf(one.querySelector('strong')))).toEqual(overview.ends.map(({ label }) => label));
		for (const [i, end] of overview.ends.entries()) {
			expect(textsOf(buttons[i]!, '.muted > span')).toEqual(connectionLines(end, overview.clock));
			expect(textOf(buttons[i]!.querySelector('.status'))).not.toBe('');
		}
	});

	test('both ends of one call are one card, which says how the call went', () => {
		const { overview, page } = listOf(call('both-ends'));
		const [card, ...others] = page.querySelectorAll('section > ul > li');
		expect(others).toEqual([]);
		expect(card!.querySelectorAll('button.one')).toHaveLength(2);
		expect(textOf(card!.querySelector('p'))).toBe(sentence(overview.conclusions.calls[0]!));
	});

	test('two connected ones of one page are called so', () => {
		const { page } = listOf(DUMPS[0]![1]);
		for (const name of [/^Connection 8-1 connected/, /^Connection 8-2 connected/]) getByRole(page, 'button', { name });
	});

	test.each([
		['failed', 'problem', 'failed'],
		['lost', 'problem', 'connected, then lost'],
		['never-connected', 'problem', 'never connected'],
		['closed', 'fine', 'connected, then closed'],
		['unknown', 'unknown', 'no record of its state']
	] as const)('one that %s is shown as %s: "%s"', (outcome, tone, word) => {
		const overview = fileOverview(LOSSY, 'call.txt');
		const ends = overview.ends.map((one) => ({ ...one, outcome }));
		const page = show(CallList, { stats: new StatsSession(), overview: { ...overview, ends } });
		const status = page.querySelector('.status')!;
		expect([status.classList[1], textOf(status)]).toEqual([tone, word]);
	});

	test('none: says so', () => {
		getByText(listOf({ ...LOSSY, connections: [] }).page, 'There are no connections in this dump.');
	});

	test('of thousands the first fifty are shown', async () => {
		const [one] = LOSSY.connections;
		const connections = Array.from({ length: 60 }, (_, i) => ({ ...one!, id: `${i}`, label: `Connection ${i}` }));
		const { page } = listOf({ ...LOSSY, connections });
		expect(page.querySelectorAll('button.one')).toHaveLength(50);
		await press(getByRole(page, 'button', { name: 'Show 10 more' }));
		expect(page.querySelectorAll('button.one')).toHaveLength(60);
	});
});

describe('a report of a dump', () => {
	const bounded = boundedImport(LOSSY);
	if (!bounded.ok) throw new Error(bounded.error.message);
	const report = importedReport(bounded.value, {
		version: '0.1.0',
		id: 'of-a-dump',
		createdAt: '2026-11-20T12:00:00.000Z',
		fileName: 'ticket 4711.txt'
	});

	test('names its file, what it is of, and is not taken for a verdict on this network', () => {
		const page = show(ImportedCard, { report, conclusions: report.conclusions });
		getByRole(page, 'heading', { name: 'Statistics from a dump' });
		getByText(page, 'ticket 4711.txt');
		expect(textOf(page)).toMatch(/, 1 connection\./);
		expect(textOf(page)).not.toContain('Cannot tell');
		expect(queryByRole(page, 'link', { name: 'Look at it on the Stats screen' })).toBeNull();
	});

	test('has the same findings as the dump itself', async () => {
		const own = fileOverview(LOSSY, 'x').conclusions.findings.map((finding) => sentence(finding));
		const session = await sessionOf(report);
		const page = show(FindingsCard, { findings: session.conclusions!.findings, servers: [] });
		for (const text of own) expect(textsOf(page, 'li > p').some((said) => said.startsWith(text))).toBe(true);
	});
});
