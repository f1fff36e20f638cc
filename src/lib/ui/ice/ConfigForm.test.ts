/** The configuration of the ICE screen: what is wrong with it is marked, and repaired where that can be told. */
import { getByRole } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { press, show, textOf, textsOf, write } from '../../../../tests/support/components/show';
import ConfigForm from './ConfigForm.svelte';
import { IceSession } from './ice-session.svelte';

async function formWith(text: string) {
	const ice = new IceSession();
	const page = show(ConfigForm, { ice });
	await write(getByRole<HTMLTextAreaElement>(page, 'textbox', { name: 'RTCConfiguration' }), text);
	return { ice, page };
}

test('a mark says what browsers do with an address, once, and its button mends it', async () => {
	const { ice, page } = await formWith("{ iceServers: [{ urls: ['stuns:a.example', 'stuns:b.example'] }] }");
	const marks = [...page.querySelectorAll<HTMLElement>('.mark')];
	const problems = marks.filter((mark) => /^Problem/.test(textOf(mark)));
	expect(problems.map((mark) => textOf(mark.lastElementChild))).toEqual([
		'stuns: is not encrypted in Chromium, which sends plain UDP, and Firefox refuses the whole list for it. Use stun:a.example'
	]);
	await press(getByRole(problems[0]!, 'button', { name: 'Use stun:a.example' }));
	expect(ice.text).toContain('stun:a.example');
});

test('a text that is no configuration is refused with the reason', async () => {
	const { ice, page } = await formWith('{ iceServers: ');
	expect(ice.read.ok).toBe(false);
	expect(textsOf(page, '.mark')).toEqual([expect.stringMatching(/^Problem \S.*\.( \(.*\))?$/)]);
});
