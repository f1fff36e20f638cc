/** What the ICE screen says of a run: one row for each server and user, what is missing, and the same in what is copied. */
import { getByRole, getByText, queryByText } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { gatherRun } from '../../../../tests/support/components/gather-runs';
import { press, show, textOf, textsOf } from '../../../../tests/support/components/show';
import type { Network } from '../../../../tests/golden/network';
import type { IceServer } from '../../core/ice/server';
import type { GatherRun } from './ice-session.svelte';
import { runAsJson } from './json';
import { runAsMarkdown } from './markdown';
import RunPanel from './RunPanel.svelte';

const UDP = 'turn:203.0.113.20:3478?transport=udp';
const TCP = 'turn:203.0.113.20:3478?transport=tcp';
const NETWORK: Network = {
	devices: [{ address: '192.168.1.2', family: 'ipv4' }],
	nat: (_, port) => ({ address: '198.51.100.1', port }),
	servers: [
		{ url: UDP, carries: ['direct'] },
		{ url: UDP, does: { code: 401, text: 'Unauthorized.' } },
		{ url: TCP, does: 'silent' }
	]
};
const SERVERS: IceServer[] = [
	{ urls: [UDP], username: 'ann', credential: 'hunter2-never-shown' },
	{ urls: [UDP], username: 'bob', credential: 'hunter3-never-shown' },
	{ urls: [TCP], username: 'ann', credential: 'hunter2-never-shown' }
];
const REFUSES = {
	...NETWORK,
	servers: [
		{ url: UDP, does: 'silent' as const },
		{ url: TCP, does: { code: 401, text: 'Unauthorized.' } }
	]
};
const ENTRIES = [UDP, TCP].map((url): IceServer => ({ urls: [url], username: 'ann', credential: 'hunter2-never-shown' }));

const panelOf = (run: GatherRun) => show(RunPanel, { run, titled: false });

describe('the table of servers', () => {
	test('has a row for each server and user, each with its state', () => {
		const region = getByRole(panelOf(gatherRun(NETWORK, SERVERS)), 'region', { name: 'Servers, each asked alone, table' });
		expect(textsOf(region, 'tr.follows')).toEqual([
			expect.stringMatching(/ UDP · IPv4 · user ann · first answer after \d+ msWorks$/),
			`${UDP} UDP · IPv4 · user bobAuthentication failed`,
			`${TCP} TCP · IPv4Unreachable`
		]);
	});

	test('says what each answered, and what to do on demand', async () => {
		const page = panelOf(gatherRun(NETWORK, SERVERS));
		const notes = [...page.querySelectorAll<HTMLElement>('tr.note')];
		expect(textOf(notes[1]!.querySelector('p'))).toBe(
			'UDP 203.0.113.20:3478 answered after 60 ms with error 401 (“Unauthorized.”): it is reachable, and refuses this user name or credential.'
		);
		const details = notes[1]!.querySelector('details')!;
		expect(details.open).toBe(false);
		await press(details.querySelector('summary')!);
		expect(textsOf(details, 'p')).toEqual([
			expect.stringMatching(/^Next step: Compare user name and credential/),
			'The browser reported error 401 “Unauthorized.”, after 60 ms.'
		]);
		expect(page.innerHTML).not.toMatch(/hunter\d/);
	});

	test('names the servers that are still being asked', () => {
		const run: GatherRun = { ...gatherRun(NETWORK, SERVERS), servers: [], pending: [UDP, TCP] };
		getByText(panelOf(run), `Still being asked: ${UDP} and ${TCP}.`);
	});
});

test('silence in the connection of all servers is never told of a server', () => {
	const run: GatherRun = { ...gatherRun(REFUSES, ENTRIES), errors: [] };
	const page = panelOf(run);
	getByText(page, 'The browser reported no error here.');
	getByText(page, /^In one connection silence proves nothing/);
	expect(textsOf(page, 'tr.follows .status')).toEqual(['Unreachable', 'Authentication failed']);
});

test('why a kind of candidate is missing is told by what the servers did when asked alone', () => {
	const page = panelOf(gatherRun(REFUSES, ENTRIES));
	getByText(page, 'What is missing');
	expect(textsOf(page, 'ul > li').filter((text) => text.startsWith('No '))).toEqual([
		expect.stringMatching(
			/^No server-reflexive \(srflx\) candidate: the only server that can give one was silent for 5\.0 s when asked alone\.$/
		),
		`No relay candidate. The servers that can give one, asked alone: 1 server refused (error 401 from ${TCP}); 1 server silent.`
	]);
});

test('a configuration that the browser refuses leaves the servers with their answers', () => {
	const run: GatherRun = {
		...gatherRun(NETWORK, SERVERS),
		state: 'failed',
		gathered: null,
		candidates: [],
		errors: [],
		missing: [],
		refusal: 'ICE server parsing failed.'
	};
	const page = panelOf(run);
	getByText(page, 'ICE server parsing failed.');
	expect(textsOf(page, 'tr.follows .status')).toHaveLength(3);
	expect(queryByText(page, 'The browser reported no error here.')).toBeNull();
});

describe('what is copied', () => {
	const run = gatherRun(REFUSES, ENTRIES);
	const markdown = runAsMarkdown(run, { title: 'Candidates', browser: 'Chromium 156', ending: 'Done.' });
	const json = JSON.parse(runAsJson(run, 'Done.')) as Record<string, { text: string; state: string; answered: string }[]>;

	test('says the same as the screen', () => {
		const page = panelOf(run);
		const answers = textsOf(page, 'tr.note p:first-child').filter((text) => !text.startsWith('Next'));
		const missing = textsOf(page, 'ul > li').filter((text) => text.includes('candidate'));
		expect(json['servers']!.map(({ answered }) => answered)).toEqual(answers);
		expect(json['servers']!.map(({ state }) => state)).toEqual(['unreachable', 'unauthorized']);
		expect(json['missing']!.map(({ text }) => text)).toEqual(missing);
		const plain = markdown.replace(/\\|<!-- -->/g, '');
		for (const text of [...answers, ...missing, 'Unreachable', 'Authentication failed']) expect(plain).toContain(text);
	});

	test('holds no credential', () => {
		expect(markdown + JSON.stringify(json)).not.toContain('hunter');
	});
});
