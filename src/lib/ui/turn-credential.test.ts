import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeTurnCredential } from './turn-credential';

it.each(['ann', ''])('makes the credential a TURN server with the same secret computes (name %j)', async (name) => {
	const made = await makeTurnCredential('north wind', name, new Date(1_795_000_000_999));
	expect(made.username).toBe(name === '' ? '1795000000' : '1795000000:ann');
	expect(made.credential).toBe(createHmac('sha1', 'north wind').update(made.username).digest('base64'));
});
