/** A check starts only when every server of the list can be asked: what a link leaves out is asked for before. */
import { findByLabelText, getByRole, queryByRole } from '@testing-library/dom';
import { expect, test, vi } from 'vitest';
import { press, show, textOf, until, write } from '../../../../tests/support/components/show';
import { Session } from '../session.svelte';
import { readFragment, settingsLink } from '../share';
import { makeRow } from '../server-rows';
import Hero from './Hero.svelte';

const UDP = 'turn:turn.example.org:3478?transport=udp';
const TLS = 'turns:other.example.org:443?transport=tcp';
const START = { name: 'Check this network' };

/** The page after a link was opened that somebody made with these servers, credentials and all. */
async function opened(urls: string[][]) {
	const rows = urls.map((each) => makeRow({ urls: each, username: 'ann', credential: 'hunter2' }, 'user'));
	const fragment = await readFragment(await settingsLink('https://icelens.example.org/', rows, 5000, 'full'));
	if (fragment.kind !== 'settings') throw new Error('The link holds no settings.');
	const session = new Session();
	session.useSettings(fragment.settings);
	const page = show(Hero, { prepare: () => Promise.resolve() }, session);
	return { page, session, button: getByRole<HTMLButtonElement>(page, 'button', START) };
}

const use = (page: HTMLElement, name: string) => getByRole(page, 'button', { name: `Use these for ${name}` });

test('a link with a TURN server asks for user name and credential, and cannot start without', async () => {
	const { page, session, button } = await opened([['stun:stun.example.org'], [UDP]]);
	const start = vi.spyOn(session, 'start').mockResolvedValue();
	const user = await findByLabelText<HTMLInputElement>(page, 'User name for turn:turn.example.org:3478');
	expect(button.disabled).toBe(true);
	expect(textOf(page.querySelector(`#${button.getAttribute('aria-describedby')!}`))).toBe(
		'Before it can start: 1 TURN server needs a user name and a credential.'
	);
	expect(textOf(page)).toContain('A link to settings holds no credentials.');
	await press(button);
	expect(start).not.toHaveBeenCalled();

	await write(user, 'bob');
	await press(use(page, 'turn:turn.example.org:3478'));
	expect(textOf(page)).toContain('Enter both the user name and the credential.');
	expect(button.disabled).toBe(true);

	const credential = await findByLabelText<HTMLInputElement>(page, 'Credential for turn:turn.example.org:3478');
	expect(credential.type).toBe('password');
	await write(credential, 'breeze');
	await press(use(page, 'turn:turn.example.org:3478'));
	await until(() => expect(button.disabled).toBe(false));
	expect(session.iceServers).toEqual([
		{ urls: ['stun:stun.example.org'] },
		{ urls: [UDP], username: 'bob', credential: 'breeze' }
	]);
	expect(queryByRole(page, 'heading', { name: 'User name and credential are missing' })).toBeNull();
	await press(button);
	await until(() => expect(start).toHaveBeenCalledOnce());
});

test('each such server is asked for, or left out', async () => {
	const { page, session, button } = await opened([[UDP], [TLS]]);
	await press(await findByLabelText(page, 'Leave turn:turn.example.org:3478 out'));
	expect([button.disabled, session.iceServers.map(({ urls }) => urls)]).toEqual([true, [[TLS]]]);
	await press(await findByLabelText(page, 'Leave turns:other.example.org:443 out'));
	await until(() => expect([button.disabled, session.iceServers]).toEqual([false, []]));
});

test('a link with STUN servers alone asks for nothing', async () => {
	const { page, button } = await opened([['stun:stun.example.org']]);
	expect(button.disabled).toBe(false);
	expect(queryByRole(page, 'heading', { name: 'User name and credential are missing' })).toBeNull();
});
