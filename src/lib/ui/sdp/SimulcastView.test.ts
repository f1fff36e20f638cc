/** The view of simulcast: layers with what became of each, and the older way by SSRC. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getByRole, getByText, queryByRole, queryByText } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { press, show, textsOf } from '../../../../tests/support/components/show';
import { SdpSession } from './sdp-session.svelte';
import SimulcastView from './SimulcastView.svelte';
import ViewPanel from './ViewPanel.svelte';

const CALL = join(import.meta.dirname, '../../../../tests/fixtures/sdp/chromium-chromium-simulcast.json');
const { exchanges } = JSON.parse(readFileSync(CALL, 'utf8')) as { exchanges: { offer: string; answer: string }[] };
const { offer, answer } = exchanges[0]!;
const SERVER = `${answer}a=rid:h recv max-width=640\r\na=rid:f recv\r\na=simulcast:recv ~h;f\r\n`;

function sessionOf(...texts: string[]) {
	const sdp = new SdpSession();
	sdp.add(texts.map((text) => ({ text })));
	return sdp;
}

test('an offer alone says what it would send, and that nothing is agreed yet', async () => {
	const sdp = sessionOf(offer.replace('a=rid:h send', 'a=rid:h send max-fps=15'));
	const page = show(SimulcastView, { sdp });
	getByText(page, 'It offers to send:');
	getByText(page, /What is agreed on is not known without the answer/);
	expect(
		[...page.querySelectorAll('tbody tr')].map((row) =>
			textsOf(row, 'th, td')
				.join(' | ')
				.replace(/ line \d+/, '')
		)
	).toEqual([
		'1 | q | none | any of the section',
		'2 | h | max-fps 15 | any of the section',
		'3 | f | none | any of the section'
	]);
	const line = offer.split('\r\n').indexOf('a=rid:h send') + 1;
	await press(getByRole(page, 'button', { name: `line ${line}` }));
	expect(sdp.target).toMatchObject({ description: 0, line });
});

test('a browser’s answer takes no layer, and what follows is said', () => {
	const page = show(SimulcastView, { sdp: sessionOf(offer, answer) });
	getByText(page, 'The offerer would send 3 layers: none is agreed on.');
	getByText(page, /a single encoding is sent/);
	expect(textsOf(page, '.result')).toEqual(
		Array.from({ length: 3 }, () => 'falls away The answer has no a=simulcast (RFC 8853 §5.3.2).')
	);
});

test('a media server’s answer takes two, one of them paused and smaller', () => {
	const page = show(SimulcastView, { sdp: sessionOf(offer, SERVER) });
	getByText(page, 'The offerer would send 3 layers: 2 are agreed on.');
	expect(textsOf(page, '.result')).toEqual([
		'falls away The answer leaves this layer out (RFC 8853 §5.3.2).',
		'agreed begins paused, by the answer h: the answer adds max-width 640',
		'agreed'
	]);
	expect(queryByText(page, /single encoding/)).toBeNull();
});

test('the tab is there where there is something to see, and shows groups of SSRCs', () => {
	const plain = offer.replace(/^a=(rid|simulcast):.*\r\n/gm, '');
	expect(
		queryByRole(show(ViewPanel, { sdp: sessionOf(`${plain}a=ssrc-group:FID 1 11\r\n`) }), 'tab', { name: 'Simulcast' })
	).toBeNull();
	const legacy = sessionOf(`${plain}a=ssrc-group:SIM 1 2\r\na=ssrc-group:FID 1 11\r\n`);
	expect(queryByRole(show(ViewPanel, { sdp: legacy }), 'tab', { name: 'Simulcast' })).not.toBeNull();
	const page = show(SimulcastView, { sdp: legacy });
	getByText(page, /2 streams by SSRC/);
	expect(textsOf(page, 'ol li')).toEqual(['1, retransmissions 11', '2']);
});
