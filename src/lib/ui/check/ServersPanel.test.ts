/** The servers to test: added from anything, edited, kept only when asked for, shared without a secret. */
import { findByLabelText, findByRole, getByLabelText, getByRole, getByText, queryByText } from '@testing-library/dom';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { press, show, textOf, textsOf, until, write } from '../../../../tests/support/components/show';
import type { IceServer } from '../../core/ice/server';
import { Session } from '../session.svelte';
import { readFragment, unpack } from '../share';
import ServersPanel from './ServersPanel.svelte';

const STUN: IceServer = { urls: ['stun:203.0.113.10:3478'] };
const TURN: IceServer = {
	urls: ['turn:turn.example.org:3478?transport=udp'],
	username: 'ann',
	credential: 'hunter2-never-shown'
};

afterEach(() => void vi.restoreAllMocks());

function panel(servers: IceServer[] = [STUN, TURN], notes: string[] = []) {
	const session = new Session();
	session.useDefaults(servers);
	const page = show(ServersPanel, { notes }, session);
	return { page, session };
}

const stored = () => localStorage.getItem('icelens.servers');
const items = (page: HTMLElement) => textsOf(page, '.list > li');

async function add(page: HTMLElement, text: string, button: 'Add to the list' | 'Replace the list') {
	await press(getByRole(page, 'button', { name: 'Add servers' }));
	await write(await findByLabelText<HTMLTextAreaElement>(page, 'Addresses or a configuration'), text);
	await press(getByRole(page, 'button', { name: button }));
}

describe('the list', () => {
	test('names each server, where it comes from, and who signs in, but no credential', () => {
		const { page } = panel();
		expect(items(page)).toEqual([
			'stun:203.0.113.10:3478 default of this page',
			'turn:turn.example.org:3478?transport=udp default of this page user name ann'
		]);
		expect(page.innerHTML).not.toContain('hunter2');
	});

	test.each([
		['no credential', { urls: ['turn:a.example'] }, /no credential/],
		['one without a user name', { urls: ['turn:a.example'], credential: 'x' }, /credential set/],
		[
			'one that runs out',
			{ urls: ['turn:a.example'], username: '1764003600:ann', credential: 'x' },
			/Credential valid until 24 Nov 2025/
		]
	] as const)('says of a TURN server with %s so', (_, server, said) => {
		expect(items(panel([{ ...server, urls: [...server.urls] }]).page)[0]).toMatch(said);
	});

	test('says how many are in use, and lets one be switched off and removed', async () => {
		const { page, session } = panel();
		const summary = () => textOf(page.querySelector('summary'));
		expect(summary()).toBe('Servers to test 2 in use');
		await press(getByLabelText(page, 'stun:203.0.113.10:3478'));
		expect([summary(), session.iceServers.length]).toEqual(['Servers to test 1 of 2 in use', 1]);
		await press(getByRole(page, 'button', { name: 'Remove stun:203.0.113.10:3478' }));
		expect(summary()).toBe('Servers to test 1 in use');
		await press(getByRole(page, 'button', { name: 'Back to the default servers' }));
		expect(items(page)).toHaveLength(2);
	});

	test('without any says what to do', () => {
		getByText(panel([]).page, 'No servers yet. Add your own, or switch on a public one.');
	});

	test('marks what is wrong with a server once, and repairs it where that can be told', async () => {
		const { page, session } = panel([{ urls: ['turn://turn.example.org:3478'], username: 'a', credential: 'b' }]);
		const finding = page.querySelector<HTMLElement>('.finding')!;
		expect(textOf(finding.querySelector('.status'))).toBe('Problem');
		expect(textOf(finding.querySelector('p'))).toBe(
			'“turn://turn.example.org:3478” has slashes after the colon. Write turn:turn.example.org:3478. Use turn:turn.example.org:3478'
		);
		await press(getByRole(finding, 'button', { name: 'Use turn:turn.example.org:3478' }));
		expect(session.iceServers[0]!.urls).toEqual(['turn:turn.example.org:3478']);
		expect(page.querySelector('.finding .problem')).toBeNull();
	});

	test('says what the list as a whole lacks', () => {
		getByText(panel([STUN]).page, /^No TURN server is listed\./);
	});

	test('says what the page has to say of its own servers', () => {
		getByText(
			panel([STUN], ['The embedded server is reachable from this machine only.']).page,
			/reachable from this machine only/
		);
	});
});

describe('servers are added', () => {
	test.each([
		['one address', 'turn:turn.example.org:3478', 'Added 1 server from addresses.'],
		[
			'a whole RTCConfiguration',
			JSON.stringify({ iceServers: [{ urls: 'stun:a.example' }, { urls: 'turn:b.example', username: 'u', credential: 'c' }] }),
			'Added 2 servers from an RTCConfiguration.'
		],
		['a list', '[{ urls: "stun:a.example" }]', 'Added 1 server from a list of ICE servers.']
	])('from %s', async (_, text, said) => {
		const { page, session } = panel();
		const before = session.servers.length;
		await add(page, text, 'Add to the list');
		await until(() => expect(textsOf(page, '[role="status"]').join(' ')).toContain(said));
		expect(session.servers.length - before).toBe(Number(/\d/.exec(said)![0]));
		expect(queryByText(page, 'Addresses or a configuration')).toBeNull();
	});

	test('in the place of the others', async () => {
		const { page, session } = panel();
		await add(page, 'stun:only.example', 'Replace the list');
		await until(() => expect(session.servers.map(({ urls }) => urls)).toEqual([['stun:only.example']]));
	});

	test('from a coturn configuration, with a credential made of its secret, which is not kept', async () => {
		const { page, session } = panel();
		const text =
			'listening-port=3478\nexternal-ip=203.0.113.5\nuse-auth-secret\nstatic-auth-secret=north-wind\nrealm=example.org\n';
		await add(page, text, 'Replace the list');
		await until(() => expect(textOf(page)).toMatch(/Added \d servers? from a coturn configuration\..*Made\. It is valid until/));
		const turn = session.servers.find(({ urls }) => urls.some((url) => url.startsWith('turn')))!;
		expect(turn.username).toMatch(/^\d{10}:icelens$/);
		expect(turn.credential).toMatch(/^[A-Za-z0-9+/]{27}=$/);
		expect(page.innerHTML + JSON.stringify(session.servers)).not.toContain('north-wind');
	});

	test('and a text that names none is refused with a reason', async () => {
		const { page, session } = panel();
		await add(page, '{ "iceServers": ', 'Add to the list');
		const field = getByLabelText(page, 'Addresses or a configuration');
		expect([field.getAttribute('aria-invalid'), session.servers.length]).toEqual(['true', 2]);
		expect(textOf(page.querySelector('.add [role="status"]'))).not.toBe('');
	});
});

describe('a server is edited', () => {
	async function editor() {
		const { page, session } = panel();
		await press(getByRole(page, 'button', { name: 'Edit turn:turn.example.org:3478' }));
		await findByLabelText(page, 'User name');
		return { page, session };
	}

	test('its credential is hidden until it is asked for', async () => {
		const { page } = await editor();
		const field = getByLabelText<HTMLInputElement>(page, 'Credential');
		expect([field.type, field.value]).toEqual(['password', TURN.credential]);
		await press(getByRole(page, 'button', { name: 'Show' }));
		expect(field.type).toBe('text');
	});

	test('other addresses make it the user’s own', async () => {
		const { page, session } = await editor();
		await write(getByLabelText<HTMLTextAreaElement>(page, 'Addresses, one a line'), 'turn:a.example\nturns:a.example');
		expect(session.iceServers[1]!.urls).toEqual(['turn:a.example', 'turns:a.example']);
		expect(items(page)[1]).toContain('yours');
	});

	test('a credential is made from a shared secret, and asks for the secret first', async () => {
		const { page, session } = await editor();
		const make = getByRole(page, 'button', { name: 'Make the credential' });
		await press(make);
		getByText(page, 'Enter the secret first.');
		await write(getByLabelText<HTMLInputElement>(page, 'Shared secret'), 'north-wind');
		await press(make);
		await until(() => expect(session.servers[1]!.username).toMatch(/^\d{10}:icelens$/));
	});
});

describe('a public STUN server', () => {
	test('is off until it is switched on, names who runs it, and goes again', async () => {
		const { page, session } = panel([]);
		const box = getByLabelText<HTMLInputElement>(page, 'Cloudflare');
		expect(box.checked).toBe(false);
		await press(box);
		expect(items(page)).toEqual(['stun:stun.cloudflare.com:3478 Cloudflare, third party']);
		await press(box);
		expect(session.servers).toEqual([]);
	});

	test('is said to see the public address', () => {
		const { page } = panel([]);
		const lead = page.querySelector(`#${getByLabelText(page, 'Google').getAttribute('aria-describedby')!}`);
		expect(textOf(lead)).toBe('They see this network’s public address. Off until you switch one on.');
	});
});

describe('what is kept and shared', () => {
	test('nothing is kept until that is asked for, and nothing after it is taken back', async () => {
		const { page } = panel();
		expect(stored()).toBeNull();
		const box = getByLabelText(page, 'Keep these servers on this device, credentials included');
		await press(box);
		expect(JSON.parse(stored()!)).toMatchObject([{ urls: STUN.urls }, { urls: TURN.urls, credential: TURN.credential }]);
		await press(box);
		expect(stored()).toBeNull();
	});

	test('a link to the settings holds addresses, no user name and no credential', async () => {
		const { page } = panel();
		const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
		await press(getByRole(page, 'button', { name: 'Copy link to these settings' }));
		await until(() => getByText(page, 'Copied. The link holds addresses, no credentials.'));
		const link = written.mock.calls[0]![0];
		expect(await readFragment(link)).toMatchObject({
			kind: 'settings',
			settings: { servers: [{ urls: STUN.urls }, { urls: TURN.urls }] }
		});
		expect(JSON.stringify(await unpack(link.split('=')[1]!))).not.toMatch(/hunter2|ann/);
	});

	test('servers of such a link are said to have no credentials', () => {
		const session = new Session();
		session.useSettings({ servers: [{ urls: ['turn:a.example'] }], deadlineMs: 2000, profile: 'quick' });
		const page = show(ServersPanel, { notes: [] }, session);
		getByText(page, /^These addresses come from the link you opened\./);
		expect([session.deadlineMs, session.profile]).toEqual([2000, 'quick']);
	});
});

test('the options say what each costs, and change what a check does', async () => {
	const { page, session } = panel();
	await press(getByLabelText(page, 'Quick: reach every server'));
	await press(getByLabelText(page, 'Test hairpinning'));
	await write(getByLabelText<HTMLSelectElement>(page, 'Wait for each server'), '10000');
	expect(session.config).toMatchObject({
		profile: 'quick',
		hairpin: true,
		mediaPermission: false,
		limits: { deadlineMs: 10_000 }
	});
	const hairpin = await findByRole(page, 'checkbox', { name: 'Test hairpinning' });
	expect(textOf(page.querySelector(`#${CSS.escape(hairpin.getAttribute('aria-describedby')!)}`))).toMatch(/may block the device/);
});
