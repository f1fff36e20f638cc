/** The table of candidates: what is decoded, where each leads, and its order. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getByRole, getByText } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { press, show, textOf, textsOf } from '../../../../tests/support/components/show';
import CandidatesView from './CandidatesView.svelte';
import { SdpSession } from './sdp-session.svelte';

const CALL = join(import.meta.dirname, '../../../../tests/fixtures/sdp/firefox-firefox-audio-video-and-data.json');
const { exchanges } = JSON.parse(readFileSync(CALL, 'utf8')) as { exchanges: { offer: string; answer: string }[] };
const { offer, answer } = exchanges[0]!;

function sessionOf(...texts: string[]) {
	const sdp = new SdpSession();
	sdp.add(texts.map((text) => ({ text })));
	return sdp;
}

const rowsOf = (page: HTMLElement) => [...page.querySelectorAll('tbody tr')].map((row) => textsOf(row, 'th, td').join(' | '));

const MIXED = offer.replace(
	/^a=candidate:0 1 UDP .*$/m,
	[
		'a=candidate:7 1 UDP 1685987327 203.0.113.9 61000 typ srflx raddr 192.168.1.4 rport 50000',
		'a=candidate:8 1 UDP 92151807 198.51.100.3 3500 typ relay raddr 203.0.113.9 rport 61000',
		'a=candidate:8 1 UDP 92151807 198.51.100.3 3500 typ relay raddr 203.0.113.9 rport 61000',
		'a=candidate:9 1 UDP 2122252542 100.64.1.2 50000 typ host'
	].join('\r\n')
);

test('a row says where the address leads, and what its priority is made of', () => {
	const page = show(CandidatesView, { sdp: sessionOf(MIXED) });
	getByRole(page, 'region', { name: 'Candidates, table' });
	const rows = rowsOf(page);
	expect(rows).toHaveLength(23);
	expect(rows[0]).toContain('| 203.0.113.9documentation | 61000 |');
	expect(rows[0]).toContain('| 192.168.1.4 50000 private | 0 | 1 | 7');
	expect(rows[0]).toContain('1685987327 type 100, local 32287, component 1 server reflexive over UDP');
	expect(rows[0]).toContain('network 126, server 1 of the list');
	expect(rows[3]).toContain('100.64.1.2carrier-grade NAT');
	expect(rows[3]).toContain('its priority says component 2');
	expect(rows[4]).toContain('.localmDNS, hides a local address');
	getByText(page, '1 candidate repeated.');
	expect(rows[2]).toContain('the same as no. 2');
});

test('pressing a column sorts by it, the best priority first, and pressing again turns it', async () => {
	const page = show(CandidatesView, { sdp: sessionOf(MIXED) });
	const priorities = () => textsOf(page, 'td.priority').map((words) => Number(words.split(' ')[0]));
	const given = priorities();
	const head = getByRole(page, 'columnheader', { name: /Priority/ });
	expect(head.getAttribute('aria-sort')).toBeNull();
	await press(getByRole(head, 'button'));
	expect(head.getAttribute('aria-sort')).toBe('descending');
	expect(priorities()).toEqual(given.toSorted((a, b) => b - a));
	await press(getByRole(head, 'button'));
	expect(head.getAttribute('aria-sort')).toBe('ascending');
	expect(priorities()).toEqual(given.toSorted((a, b) => a - b));
	expect(textsOf(page, 'tbody tr')[0]).toMatch(/^2 line/);
});

test('a place leads to the line, and names the description where there are several', async () => {
	const sdp = sessionOf(offer, answer);
	const page = show(CandidatesView, { sdp });
	const line = answer.split('\r\n').findIndex((each) => each.startsWith('a=candidate:1 ')) + 1;
	await press(getByRole(page, 'button', { name: `answer, line ${line}` }));
	expect(sdp.target).toMatchObject({ description: 1, line });
});

test('candidates by themselves are shown, and an empty screen promises nothing', () => {
	const alone = show(CandidatesView, { sdp: sessionOf('candidate:1 1 udp 2122194687 8.8.4.4 50000 typ host') });
	expect(rowsOf(alone)[0]).toContain('1 by itself | host | udp | 8.8.4.4public | 50000 |');
	expect(textOf(show(CandidatesView, { sdp: new SdpSession() }))).toMatch(/^Findings appear here/);
	expect(textOf(show(CandidatesView, { sdp: sessionOf(offer.replace(/^a=candidate.*\r\n/gm, '')) }))).toMatch(
		/^There are no candidates/
	);
});
