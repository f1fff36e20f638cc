/** `icelens stats` on files as people have them: one, several, patterns, the two ends of one call, with conditions. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lossyDumpText } from '../../tests/support/stats-dumps';
import { CliError } from './errors';
import { statsOf } from './stats';

const FIXTURES = join(import.meta.dirname, '../../tests/fixtures/stats');
const TWO_ENDS = join(FIXTURES, 'chromium156-during-two-connections.json.gz');

interface Internals {
	PeerConnections: Record<string, { updateLog: unknown[]; stats: Record<string, unknown> }>;
}

let folder = '';
const write = (name: string, text: string) => {
	writeFileSync(join(folder, name), text);
	return join(folder, name);
};

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'icelens-stats-'));
	const dump = JSON.parse(gunzipSync(readFileSync(TWO_ENDS)).toString()) as Internals;
	const [[callerId, caller], [calleeId, callee]] = Object.entries(dump.PeerConnections) as [
		[string, Internals['PeerConnections'][string]],
		[string, Internals['PeerConnections'][string]]
	];
	const one = (id: string, connection: object) => JSON.stringify({ ...dump, PeerConnections: { [id]: connection } });
	write('caller.json', one(callerId, caller));
	write('callee.json', one(calleeId, callee));
	write('caller-stats-alone.json', one(callerId, { ...caller, updateLog: [] }));
	write('callee-stats-alone.json', one(calleeId, { ...callee, updateLog: [] }));
	write('lossy.txt', lossyDumpText().text);
	write('notes.md', 'nothing of a call');
	mkdirSync(join(folder, 'more', 'deep'), { recursive: true });
	write('more/deep/lossy.txt', lossyDumpText().text);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface SavedDump {
	files: string[];
	headline: { text: string };
	calls: { ends: unknown[]; ways: unknown[] }[];
}

async function documents(...args: string[]): Promise<SavedDump[]> {
	const { text } = await statsOf([...args, '--format', 'json']);
	const read = JSON.parse(text) as { dumps: never };
	return read.dumps;
}

const names = (dumps: { files: string[] }[]) => dumps.map(({ files }) => files.map((file) => file.slice(folder.length + 1)));

describe('files', () => {
	test('each has its verdict, and one that cannot be read keeps none back', async () => {
		const { text, refused, status } = await statsOf([join(folder, 'lossy.txt'), join(folder, 'notes.md'), TWO_ENDS]);
		expect(text.match(/^The call connected.*$/gm)).toHaveLength(2);
		expect(text).toContain(join(folder, 'lossy.txt'));
		expect(refused).toEqual([expect.stringContaining('notes.md: ')]);
		expect(status).toBe(2);
	});

	test.each([
		['*.txt', [['lossy.txt']]],
		['**/*.txt', [['lossy.txt'], ['more/deep/lossy.txt']]],
		['m*/?eep/[k-m]ossy.txt', [['more/deep/lossy.txt']]]
	])('of the pattern %s', async (pattern, expected) => {
		// With one more, so that the answer is a list.
		expect(names(await documents(join(folder, pattern), join(folder, 'caller.json')))).toEqual([...expected, ['caller.json']]);
	});

	test.each([
		['more', /more is a folder: name its files, for example '.*more\/\*\.json'/],
		['*.pcap', /\*\.pcap matches no file/],
		['[z-a]*', /\[z-a\]\* matches no file/],
		['missing.json', /missing\.json could not be read: there is no such file/]
	])('%s is refused with what to do', async (name, why) => {
		await expect(statsOf([join(folder, name)])).rejects.toThrow(why);
	});

	test('a file named twice is one', async () => {
		const { text } = await statsOf([join(folder, 'lossy.txt'), join(folder, 'lossy.txt'), '--format', 'json']);
		expect(JSON.parse(text)).toMatchObject({ files: [join(folder, 'lossy.txt')] });
	});
});

describe('the two ends of one call in two files are one call', () => {
	test.each([
		['by what they told each other', 'caller.json', 'callee.json'],
		['by their statistics alone', 'caller-stats-alone.json', 'callee-stats-alone.json'],
		['by the statistics of one and the descriptions of the other', 'caller-stats-alone.json', 'callee.json']
	])('%s', async (_, one, other) => {
		const [dump, ...rest] = await documents(join(folder, one), join(folder, 'lossy.txt'), join(folder, other));
		expect(names([dump!])).toEqual([[one, other]]);
		expect(names(rest)).toEqual([['lossy.txt']]);
		expect(dump!.calls).toHaveLength(1);
		// Two clocks: what one counted at a time is not held against what the other did.
		expect(dump!.calls[0]).toMatchObject({ connected: 'yes', ends: [{}, {}], ways: [] });
		expect(dump!.headline.text).toBe('Both connections were established, and nothing stands out.');
	});

	test('is judged as in one file', async () => {
		const [joined] = await documents(join(folder, 'caller.json'), join(folder, 'callee.json'));
		const { text } = await statsOf([TWO_ENDS, '--format', 'json']);
		const whole = JSON.parse(text) as NonNullable<typeof joined>;
		const summaries = (document: object) => (document as { calls: { summary: { directions: object[] } }[] }).calls[0]!.summary;
		const unnamed = ({ directions, ...summary }: ReturnType<typeof summaries>) => ({
			...summary,
			directions: directions.map((one) => ({ ...one, from: '', to: '' }))
		});
		expect(unnamed(summaries(joined!))).toEqual(unnamed(summaries(whole)));
	});

	test('is not guessed where one end is there twice', async () => {
		write('copy.json', readFileSync(join(folder, 'caller.json'), 'utf8'));
		const dumps = await documents(...['caller.json', 'copy.json', 'callee.json'].map((name) => join(folder, name)));
		expect(names(dumps)).toEqual([['caller.json'], ['copy.json'], ['callee.json']]);
	});
});

describe('--fail-if', () => {
	const lossy = () => join(folder, 'lossy.txt');

	test.each([
		['loss>5%', 0, 'does not hold: 1.7 % (audio, received)'],
		['loss>1%', 1, 'loss>1% holds: 1.7 % (audio, received)'],
		['worst loss>5%', 1, 'worst loss>5% holds: 9.1 % (audio, received)'],
		['mos<3', 1, 'mos<3 cannot be told: no such figure was recorded']
	])('%s: exit status %d', async (condition, status, said) => {
		const result = await statsOf([lossy(), '--fail-if', condition]);
		expect(result.text).toContain(said);
		expect(result.status).toBe(status);
	});

	test('of several, one is enough', async () => {
		expect((await statsOf([lossy(), '--fail-if', 'loss>5%', '--fail-if', 'jitter>3ms'])).status).toBe(1);
		expect((await statsOf([lossy(), '--fail-if', 'loss>5%', '--fail-if', 'jitter>5ms'])).status).toBe(0);
	});

	test('is read before any file', async () => {
		const wrong = statsOf([join(folder, 'missing.json'), '--fail-if', 'losss>2%']);
		await expect(wrong).rejects.toThrow(CliError);
		await expect(wrong).rejects.toThrow(/--fail-if "losss>2%", character 1: "losss" is no figure: there are loss/);
	});
});

test('what ended the media of a call stands before what is normal', async () => {
	const { text } = await statsOf([join(FIXTURES, '../calls/held-by-other-end.json.gz')]);
	expect(text.match(/^ {2}[\w-]+(?=, )/gm)).toEqual(['  media-direction-ended', '  dtls-parameters']);
});

test('as JUnit: a suite for each file, a case for each call, condition and problem', async () => {
	const { text } = await statsOf([
		TWO_ENDS,
		join(folder, 'lossy.txt'),
		'--format',
		'junit',
		'--fail-if',
		'loss>1%',
		'--fail-if',
		'mos<3'
	]);
	expect(text.match(/<testsuite /g)).toHaveLength(2);
	expect(text).toMatch(/<testsuites name="Icelens" tests="\d+" failures="\d+" errors="0" skipped="0"/);
	const cases = [...text.matchAll(/<testcase classname="([^"]+)" name="([^"]+)"[^>]*>(<failure type="([^"]+)")?/g)].map(
		([, classname, name, , type]) => [classname!.replace('icelens.stats.', ''), name, type ?? 'passed']
	);
	expect(cases).toEqual([
		['calls', 'Connection 8-1, Connection 8-2', 'passed'],
		['conditions', 'loss&gt;1%', 'passed'],
		['conditions', 'mos&lt;3', 'not-recorded'],
		['calls', 'Connection PC_0', 'passed'],
		['conditions', 'loss&gt;1%', 'condition-holds'],
		['conditions', 'mos&lt;3', 'not-recorded']
	]);
});
