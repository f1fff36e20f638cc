/** Which kinds of network a direct call from here reaches. */
import { getAllByRole, getByRole } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { natOf, peersOf, reportOf, REPORTS, withNewParts } from '../../../../tests/support/components/reports';
import { show, textOf } from '../../../../tests/support/components/show';
import { PEER_CLASS_WORDS } from '../../core/messages/en/peer-classes';
import type { Report } from '../../core/report/report';
import PeerMatrix from './PeerMatrix.svelte';

const WORDS = { yes: ['fine', 'Goes directly'], no: ['normal', 'Needs TURN'], unknown: ['unknown', 'Not known'] } as const;

const DISTINCT = withNewParts(REPORTS, (report) =>
	peersOf(report).map(({ peer, direct, rule }) => `${peer.id} ${direct} ${rule}`)
);

const matrixOf = (report: Report) => show(PeerMatrix, { peers: peersOf(report), nat: natOf(report).ipv4 });
const rowsOf = (page: HTMLElement) => [...page.querySelectorAll<HTMLElement>('tbody tr')];

test.each(DISTINCT)('$name: a row for each kind of peer, with whether a call goes and why', ({ report }) => {
	const rows = rowsOf(matrixOf(report));
	const peers = peersOf(report);
	expect(rows.map((row) => textOf(row.querySelector('.name')))).toEqual(peers.map(({ peer }) => PEER_CLASS_WORDS[peer.id].name));
	for (const [i, { peer, direct, text }] of peers.entries()) {
		const row = rows[i]!;
		const status = row.querySelector('.status')!;
		expect([status.classList[1], textOf(status)]).toEqual(WORDS[direct]);
		expect(textOf(row.querySelector('.why'))).toBe(text);
		expect(textOf(row.querySelector('.about'))).toBe(PEER_CLASS_WORDS[peer.id].about);
		const nat = textOf(row.querySelector('.nat'));
		if (peer.udp === 'no') expect(nat).toBe('UDP is blocked there');
		else expect(nat).toMatch(/^mapping [a-z-]+ ?[a-z-]* ?filtering [a-z -]+$/);
	}
});

test('every outcome is among these reports', () => {
	expect(new Set(REPORTS.flatMap(({ report }) => peersOf(report).map(({ direct }) => direct)))).toEqual(
		new Set(['yes', 'no', 'unknown'])
	);
});

describe('the kind of network that this one is', () => {
	test.each([
		['full cone', 1],
		['port-restricted cone', 1],
		['home router, all servers work', 0]
	])('%s: %i marked', (name, marked) => {
		const page = matrixOf(reportOf(name));
		const { mapping, filtering } = natOf(reportOf(name)).ipv4!;
		const like = rowsOf(page).filter((row) => textOf(row).includes('like this network'));
		expect(like).toHaveLength(marked);
		for (const row of like) expect(textOf(row.querySelector('.nat'))).toBe(`mapping ${mapping}filtering ${filtering}`);
	});

	test('is not marked where nothing is known of this network', () => {
		const page = show(PeerMatrix, { peers: peersOf(reportOf('full cone')), nat: null });
		expect(textOf(page)).not.toContain('like this network');
	});
});

test('is a table with a caption and a header for each column', () => {
	const region = getByRole(matrixOf(reportOf('full cone')), 'region', { name: 'Who can I call without TURN, table' });
	expect(getAllByRole(region, 'columnheader').map(textOf)).toEqual(['The other side is', 'The call', 'Its NAT', 'Why']);
	expect(textOf(region.querySelector('caption'))).toBe(
		'Direct calls from this network to each kind of network a peer may be on.'
	);
});
