import { describe, expect, it } from 'vitest';
import { makeRow } from './server-rows';
import { pack, readFragment, reportLink, settingsLink, unpack } from './share';

const page = 'https://icelens.example/ice?x=1#old';

describe('a link to a report', () => {
	it('holds the whole text and goes to the first screen', async () => {
		const text = JSON.stringify({ note: 'Grüße ✓', many: Array.from({ length: 500 }, (_, i) => i) });
		const link = await reportLink(page, text);
		expect(link).toMatch(/^https:\/\/icelens\.example\/#report=[\w-]+$/);
		expect(await readFragment(link)).toEqual({ kind: 'report', text });
		expect(await readFragment(new URL(link).hash)).toEqual({ kind: 'report', text });
	});

	it('that was cut off is unreadable, not half a report', async () => {
		const link = await reportLink(page, JSON.stringify(Array.from({ length: 300 }, (_, i) => `line ${i * 7919}`)));
		expect(await readFragment(link.slice(0, -40))).toEqual({ kind: 'unreadable' });
	});

	it('that unpacks to more than memory should hold is refused', async () => {
		const packed = await pack('x'.repeat(33_000_000));
		const result = await unpack(packed);
		expect(result).toMatchObject({ ok: false, error: { code: 'too-large' } });
	}, 20_000);
});

describe('a link to settings', () => {
	it('holds addresses and no secret', async () => {
		const row = makeRow({ urls: ['turn:turn.example.org'], username: 'ann-of-cleves', credential: 'hunter2-hunter2' }, 'user');
		const off = makeRow({ urls: ['stun:off.example'] }, 'preset', false);
		const link = await settingsLink(page, [row, off], 3000, 'quick');
		const read = await readFragment(link);
		expect(read).toEqual({
			kind: 'settings',
			settings: { servers: [{ urls: ['turn:turn.example.org'] }], deadlineMs: 3000, profile: 'quick' }
		});
		const unpacked = await unpack(link.split('=')[1]!);
		expect(JSON.stringify(unpacked)).not.toMatch(/hunter2|ann-of-cleves|off\.example/);
	});

	it('brings no credential in either, and no deadline out of range', async () => {
		const crafted = await pack(
			JSON.stringify({
				servers: [{ urls: ['turn:a.example'], credential: 'x' }, { urls: 'no list' }],
				deadlineMs: 9e9,
				profile: 'evil'
			})
		);
		expect(await readFragment(`#settings=${crafted}`)).toEqual({
			kind: 'settings',
			settings: { servers: [{ urls: ['turn:a.example'] }], deadlineMs: 5000, profile: 'full' }
		});
	});
});

it.each(['', '#', '#servers', 'https://icelens.example/'])('%j carries nothing', async (text) => {
	expect(await readFragment(text)).toEqual({ kind: 'nothing' });
});
