/** The servers table over every state that a server can be in. */
import { getByRole, getByText } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { seededReport, SECRETS } from '../../../../tests/golden/generate-report';
import { reportOf, REPORTS, serversOf, withNewParts } from '../../../../tests/support/components/reports';
import { sessionOf, show, textOf } from '../../../../tests/support/components/show';
import { judgeAgain } from '../../core/report/judge-again';
import type { Report, ServerConclusion } from '../../core/report/report';
import ServersTable from './ServersTable.svelte';

const WORDS: Partial<Record<ServerConclusion['state'], [tone: string, word: string]>> = {
	works: ['fine', 'Works'],
	'allocates-only': ['problem', 'Allocates, carries nothing'],
	unauthorized: ['problem', 'Authentication failed'],
	'quota-reached': ['problem', 'Quota or capacity reached'],
	unreachable: ['problem', 'Unreachable'],
	'tls-failed': ['problem', 'TLS failed'],
	misconfigured: ['problem', 'Misconfigured'],
	'not-tested': ['unknown', 'Not tested'],
	unknown: ['unknown', 'Not known']
};

interface Row {
	url: string;
	status: string;
	tone: string;
	/** Transport and family. */
	over: string;
	cells: string[];
	note: string;
	noteRow: HTMLElement;
}

async function rowsOf(report: Report): Promise<{ page: HTMLElement; rows: Row[] }> {
	const page = show(ServersTable, { servers: serversOf(report) }, await sessionOf(report));
	const rows = [...page.querySelectorAll<HTMLElement>('tbody tr')];
	return {
		page,
		rows: rows
			.filter((_, i) => i % 2 === 0)
			.map((row, i) => ({
				url: textOf(row.querySelector('th .mono')),
				status: textOf(row.querySelector('.status')),
				tone: row.querySelector('.status')!.classList[1]!,
				over: textOf(row.querySelector('.under > .muted')),
				cells: [...row.querySelectorAll('td')].map(textOf),
				note: textOf(rows[2 * i + 1]),
				noteRow: rows[2 * i + 1]!
			}))
	};
}

const isUnproven = ({ state, proof }: ServerConclusion) => state === 'allocates-only' && proof === 'not-run';

const DISTINCT = withNewParts(REPORTS, (report) =>
	serversOf(report).map(({ kind, transport, family, state, proof, rule, error }) =>
		[kind, transport, family, state, proof, rule, error?.rule, error?.code].join(' ')
	)
);

test.each(DISTINCT)('$name: each server with its state, times, explanation, next step and evidence', async ({ report }) => {
	const servers = serversOf(report);
	const { page, rows } = await rowsOf(report);
	if (servers.length === 0) return void getByText(page, 'No server was tested, so nothing can be said about TURN.');
	expect(rows.map(({ url }) => url)).toEqual(servers.map(({ url }) => url));
	for (const [i, server] of servers.entries()) {
		const row = rows[i]!;
		const [tone, word] = isUnproven(server) ? ['unknown', 'Relay allocated, data not tested'] : WORDS[server.state]!;
		expect([row.tone, row.status]).toEqual([tone, word]);
		const family = { ipv4: ' · IPv4', ipv6: ' · IPv6', unknown: '' }[server.family];
		expect(row.over).toBe(`${server.transport.toUpperCase()}${family}`);
		expect([row.cells[4] === '–', row.cells[5] === '–']).toEqual([server.rttMs === null, server.answeredMs === null]);
		if (server.kind === 'stun') expect(row.cells.slice(2, 4)).toEqual(['Not needed', 'Not needed']);
		expectExplained(row.note, server);
		const links = [...row.noteRow.querySelectorAll('a')].map((link) => link.getAttribute('href'));
		expect(links).toEqual(server.observations.map((index) => `#evidence-${index + 1}`));
		for (const index of server.observations) expect(report.observations[index]).toBeDefined();
	}
});

test('one address asked with two user names has its user in each row', async () => {
	const { report } = REPORTS.find((each) => serversOf(each.report).some(({ kind }) => kind === 'turn'))!;
	const row = serversOf(report).find(({ kind }) => kind === 'turn')!;
	const servers = ['alice', 'bob'].map((username) => ({ ...row, username }));
	const page = show(ServersTable, { servers }, await sessionOf(report));
	const named = [...page.querySelectorAll('th .mono')].map(textOf);
	expect(named).toEqual([`${row.url} (user alice)`, `${row.url} (user bob)`]);
});

/** What happened, in our words and the browser's, and what to do next. */
function expectExplained(note: string, { error, text }: ReturnType<typeof serversOf>[number]): void {
	expect(note.startsWith(error ? error.explanation.text : text)).toBe(true);
	expect(note.includes('Next step:')).toBe(error !== null);
	if (!error) return;
	expect(note).toContain(`Next step: ${error.nextStep.text}`);
	if (error.code !== null) expect(note).toContain(`The browser reported error ${error.code} `);
	if (error.text !== '') expect(note).toContain(`“${error.text.replace(/\s+/g, ' ').trim()}”`);
	expect(/, after [\d.]+ m?s\./.test(note)).toBe(error.code !== null || error.text !== '');
}

test('holds no credential and no user name, wherever one stood in the report', async () => {
	const { page, rows } = await rowsOf(judgeAgain(seededReport(4)));
	expect(rows.length).toBeGreaterThan(0);
	for (const secret of [...SECRETS.credential, ...SECRETS.username]) expect(page.innerHTML).not.toContain(secret);
});

test('every state of a server is among these reports', () => {
	const states = new Set(DISTINCT.flatMap(({ report }) => serversOf(report).map(({ state }) => state)));
	// A state that a rule does not reach yet has words all the same (vocabulary.ts).
	expect([...Object.keys(WORDS)].filter((state) => !states.has(state as ServerConclusion['state']))).toEqual([]);
	expect(DISTINCT.some(({ report }) => serversOf(report).some(isUnproven))).toBe(true);
});

describe('how far a server was got', () => {
	const stages = async (name: string, at: number) => {
		const { rows } = await rowsOf(reportOf(name));
		return rows[at]!.cells.slice(0, 4);
	};

	test.each([
		['a TURN server that carries data', 'full cone', 2, [/^Yes$/, /^Yes$/, /^Yes$/, /^[\d.]+ k?B$|^Yes$/]],
		['a refused password', 'wrong password', 1, [/^Yes$/, /^No$/, /^–$/, /^–$/]],
		['a silent TURN server', 'TCP silently dropped', 1, [/^No$/, /^–$/, /^–$/, /^–$/]],
		['a TLS handshake that fails', 'closed ports, TCP and TLS', 2, [/^No$/, /^–$/, /^–$/, /^–$/]],
		['a relay that is of no use', 'relay with a private address', 2, [/^Yes$/, /^Yes$/, /^Yes$/, /^No$/]],
		[
			'a relay that nobody tried',
			'UDP blocked, TURN over TCP allocates and is not proven',
			2,
			[/^Yes$/, /^Yes$/, /^Yes$/, /^Not known$/]
		],
		['a silent STUN server', 'one dead server among three', 1, [/^No$/, /^Not needed$/, /^Not needed$/, /^Not needed$/]]
	] as const)('%s', async (_, name, at, expected) => {
		const cells = await stages(name, at);
		for (const [i, pattern] of expected.entries()) expect(cells[i]).toMatch(pattern);
	});
});

test('is a table with a caption and a header for each column', async () => {
	const { page } = await rowsOf(reportOf('full cone'));
	const region = getByRole(page, 'region', { name: 'Servers, table' });
	expect([...region.querySelectorAll('thead th')].map(textOf)).toEqual([
		'Server',
		'Reached',
		'Authenticated',
		'Relay allocated',
		'Data relayed',
		'Round trip',
		'First answer'
	]);
	getByText(region, 'One row for each server address and address family.');
});
