/** Corrections on the page: shown as a diff, applied by a press, undone to the very text. */
import { getAllByRole, getByRole, queryByRole } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { press, show, textOf, textsOf } from '../../../../tests/support/components/show';
import FindingsView from './FindingsView.svelte';
import { SdpSession } from './sdp-session.svelte';

const GOOD = [
	'v=0',
	'o=- 205180 1 IN IP4 127.0.0.1',
	's=-',
	't=0 0',
	'a=group:BUNDLE 0',
	'm=audio 9 UDP/TLS/RTP/SAVPF 111',
	'c=IN IP4 0.0.0.0',
	'a=mid:0',
	'a=ice-ufrag:F7gI',
	'a=ice-pwd:l/YzichV2+XlhiMu8g8tabcd',
	'a=ice-options:trickle',
	'a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08',
	'a=setup:actpass',
	'a=rtcp-mux',
	'a=sendrecv',
	'a=msid:s t',
	'a=rtpmap:111 opus/48000/2',
	''
].join('\r\n');
const BAD = GOOD.replace('a=mid:0', 'a=mid:0 ').replace('s=-\r\n', '').replace('opus/48000/2', 'opus/48000');

function findings(...texts: string[]) {
	const sdp = new SdpSession();
	sdp.add(texts.map((text) => ({ text })));
	return { sdp, page: show(FindingsView, { sdp }) };
}
const button = (page: HTMLElement, name: string | RegExp) => getByRole(page, 'button', { name });
const rules = (sdp: SdpSession) => sdp.findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule);

describe('a correction', () => {
	test('is shown as the lines that go and come, with blanks that are seen', () => {
		const { page } = findings(GOOD.replace('a=mid:0', 'a=mid:0 '));
		expect(textsOf(page, '.fix li').map((each) => each.replace(/\s+/g, ' ').trim())).toEqual([
			'8−removed: a=mid:0·',
			'8+added: a=mid:0'
		]);
	});

	test('is applied by a press and undone to the very text, with the focus on the way back', async () => {
		const { sdp, page } = findings(BAD);
		await press(button(page, 'Apply: PT-07'));
		expect(sdp.input.text).toBe(BAD.replace('opus/48000', 'opus/48000/2'));
		expect(rules(sdp)).not.toContain('opus-map');
		expect(document.activeElement).toBe(button(page, 'Undo'));
		await press(button(page, 'Undo'));
		expect(sdp.input.text).toBe(BAD);
		expect(rules(sdp)).toContain('opus-map');
	});

	test('that somebody has to choose says so, and is not among those that are applied together', async () => {
		const { sdp, page } = findings(GOOD.replace('a=sendrecv', 'a=sendrecv\r\na=sendonly'));
		expect(textOf(page.querySelector('.fix'))).toContain('check that this is what you mean');
		expect(queryByRole(page, 'button', { name: /Apply all/ })).toBeNull();
		await press(button(page, 'Apply: SYN-15'));
		expect(sdp.input.text).toBe(GOOD);
	});

	test('is not made up where there is no right text', () => {
		const { page } = findings(GOOD.replace('l/YzichV2+XlhiMu8g8tabcd', 'short'));
		expect(page.querySelector('.fix')).toBeNull();
	});
});

describe('all safe corrections', () => {
	test('are applied together, step by step undone, and counted', async () => {
		const { sdp, page } = findings(BAD);
		await press(button(page, 'Apply all safe corrections (3)'));
		expect(sdp.input.text).toBe(GOOD);
		expect(textOf(page.querySelector('.bar'))).toContain('3 findings corrected.');
		expect(queryByRole(page, 'button', { name: /Apply all/ })).toBeNull();
		await press(button(page, 'Undo'));
		expect(sdp.input.text).toBe(BAD);
	});

	test('of an offer and its answer are applied in both texts', async () => {
		const answer = GOOD.replace('actpass', 'active').replace('F7gI', 'x9cm').replace('205180', '205181');
		const { sdp, page } = findings(BAD, answer.replace('a=mid:0', 'a=mid:0 '));
		await press(button(page, /^Apply all safe/));
		expect(sdp.inputs.map(({ text }) => text)).toEqual([GOOD, answer]);
		await press(button(page, 'Undo'));
		expect(sdp.inputs[0]!.text).toBe(BAD);
	});

	test('keep the JSON around a description', async () => {
		const { sdp, page } = findings(JSON.stringify({ type: 'offer', sdp: BAD }));
		await press(button(page, /^Apply all safe/));
		expect(JSON.parse(sdp.input.text)).toEqual({ type: 'offer', sdp: GOOD });
	});

	test('leave text that was written since alone: there is no way back over it', async () => {
		const { sdp, page } = findings(BAD);
		await press(button(page, /^Apply all safe/));
		sdp.write(sdp.input.id, `${GOOD}a=mid:1\r\n`, true);
		sdp.settle();
		await Promise.resolve();
		expect(queryByRole(page, 'button', { name: 'Undo' })).toBeNull();
	});

	test('are shown and not applied where the description stands in a log', () => {
		const { page } = findings(
			BAD.split('\r\n')
				.map((line) => `[12:00:01] ${line}`)
				.join('\n')
		);
		expect(getAllByRole(page, 'button').map((each) => textOf(each))).not.toContain('Apply');
		expect(page.textContent).toContain('extract it, or edit a copy');
	});
});
