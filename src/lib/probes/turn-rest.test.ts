import { createHmac } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { mintTurnRest } from './turn-rest';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0, 777);

afterEach(() => vi.unstubAllGlobals());

test('makes the same credential as another implementation of HMAC-SHA1', async () => {
	const result = await mintTurnRest('north', { nowMs: NOW, lifetimeMs: 600_000, user: 'ü' });
	const username = `${Date.UTC(2026, 10, 21, 12, 10, 0) / 1000}:ü`;
	expect(result).toEqual({
		ok: true,
		value: {
			username,
			credential: createHmac('sha1', 'north').update(username).digest('base64'),
			expiresMs: Date.UTC(2026, 10, 21, 12, 10, 0)
		}
	});
});

test('makes a name of the time alone without a user', async () => {
	const result = await mintTurnRest('north', { nowMs: NOW, user: '' });
	expect(result.ok && result.value.username).toBe(String(Date.UTC(2026, 10, 21, 13) / 1000));
});

test('refuses an empty secret', async () => {
	expect(await mintTurnRest('')).toMatchObject({ ok: false, error: { code: 'no-secret' } });
});

test('says what to do in a page without Web Crypto', async () => {
	vi.stubGlobal('crypto', {});
	const result = await mintTurnRest('north');
	expect(result).toMatchObject({ ok: false, error: { code: 'insecure-context', message: expect.stringContaining('HTTPS') } });
});
