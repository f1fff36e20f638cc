import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { goldenReports } from '../../tests/golden/golden-reports';
import { toJson } from '../lib/core/report/export/json';
import { compare } from './compare';
import { conclude } from './conclude';
import { lintSdp } from './lint-sdp';
import { makeProgress } from './progress';
import { stats } from './stats';
import { columnsOf, print, terminalOf, wrap } from './terminal';

/** Clears a screen, sets a window title, colours by C1, and turns the writing direction. */
const HOSTILE = 'x\u001b[2J\u001b]0;y\u0007\u009b31m\u202E\u2066z';
/** All but line feeds and tabs. */
const CONTROL = /[^\P{Cc}\n\t]|\p{Bidi_Control}/u;

const folder = mkdtempSync(join(tmpdir(), 'icelens-output-'));
afterAll(() => rmSync(folder, { recursive: true }));

let written = '';
beforeEach(() => {
	written = '';
	vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
		written += String(text);
		return true;
	});
});
afterEach(() => vi.restoreAllMocks());

function file(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

const SDP = `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE ${HOSTILE}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=setup:${HOSTILE}\r\n`;

describe('control characters from outside never reach the terminal', () => {
	test.each(['text', 'json', 'junit', 'github', 'sarif'])('from a session description, as %s', async (format) => {
		await lintSdp([file('hostile.sdp', SDP), '--format', format]);
		expect(written).toContain('[2J');
		expect(written).not.toMatch(CONTROL);
	});

	test.each(['text', 'json'])('from a dump, as %s', async (format) => {
		const connection = { pid: 1, url: HOSTILE, rtcConfiguration: HOSTILE, constraints: '', stats: {}, updateLog: [] };
		const dump = { UserAgent: HOSTILE, getUserMedia: [], PeerConnections: { [HOSTILE]: connection } };
		await stats([file('hostile.json', JSON.stringify(dump)), '--format', format]);
		expect(written).toContain('[2J');
		expect(written).not.toMatch(CONTROL);
	});

	test.each(['text', 'json', 'markdown', 'html', 'junit', 'csv'])('from a report, as %s', async (format) => {
		const report = structuredClone(goldenReports()[0]!.report);
		report.environment.browser = HOSTILE;
		for (const { outcome } of report.observations) if (outcome.state === 'failed') outcome.message = HOSTILE;
		const hostile = file('hostile.report.json', toJson(report));
		await conclude([hostile, '--format', format, '--no-redact']);
		if (format !== 'junit') expect(written).toContain('[2J');
		expect(written.replaceAll('\r\n', '\n')).not.toMatch(CONTROL);
	});

	test('from two reports', async () => {
		const [before, after] = [structuredClone(goldenReports()[0]!.report), structuredClone(goldenReports()[0]!.report)];
		after.environment.browser = HOSTILE;
		const files = [file('before.json', toJson(before)), file('after.json', toJson(after))];
		await compare([...files, '--format', 'json']);
		expect(written).toContain('[2J');
		expect(written).not.toMatch(CONTROL);
	});

	test('from a page that runs a check', () => {
		const lines: string[] = [];
		const stream = { isTTY: true, columns: 200, write: (text: string) => lines.push(text) > 0 } as unknown as NodeJS.WriteStream;
		const progress = makeProgress(stream);
		progress.observation(JSON.stringify({ step: HOSTILE, outcome: { state: 'seen', data: {} }, tookMs: 1200 }));
		progress.note(HOSTILE);
		const said = lines.map((line) => line.replace('\r\u001b[K', ''));
		expect(said.join('')).toContain('[2J');
		expect(said.join('')).not.toMatch(CONTROL);
	});
});

test('colours are the command’s own, and those of a text are not', () => {
	const { paint } = terminalOf({ isTTY: true, columns: 80 } as NodeJS.WriteStream, {});
	const red = '\u001b[31mred';
	const all = [paint('bold', red), wrap(red, 80, ''), ...columnsOf([[red, red]])].join('\n');
	print(all);
	expect(written).not.toContain('\u001b[31m');
	expect(written).toContain('\u001b[1m');
});

test('what no other place made harmless is made so where it is written', () => {
	print(HOSTILE);
	expect(written).toContain('[2J');
	expect(written).not.toMatch(CONTROL);
});

test('the lines of a CSV file end as RFC 4180 says', () => {
	print('a,b\r\nc,d\r\n');
	expect(written).toBe('a,b\r\nc,d\r\n');
});
