import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tokensOf } from './tokens';

const said = (line: string) => tokensOf(line).map(({ kind, text }) => `${kind} ${text}`);

test('an attribute with its name, keys and numbers', () => {
	expect(said('a=fmtp:111 minptime=10;useinbandfec=1')).toEqual([
		'type a',
		'punctuation =',
		'name fmtp',
		'punctuation :',
		'number 111',
		'text  ',
		'key minptime',
		'punctuation =',
		'number 10',
		'punctuation ;',
		'key useinbandfec',
		'punctuation =',
		'number 1'
	]);
});

test('an attribute without a value, and one whose value begins with a colon', () => {
	expect(said('a=rtcp-mux')).toEqual(['type a', 'punctuation =', 'name rtcp-mux']);
	expect(said('a=mid::1')).toEqual(['type a', 'punctuation =', 'name mid', 'punctuation :', 'text :1']);
});

test.each([
	['c=IN IP4 203.0.113.7', '203.0.113.7'],
	['c=IN IP6 2001:db8::7', '2001:db8::7'],
	['a=candidate:1 1 udp 1 fe80::1 9 typ host', 'fe80::1'],
	['a=candidate:1 1 udp 1 b6fbe1db-5826-4ad1-9ff8-535537a5ae12.local 9 typ host', 'b6fbe1db-5826-4ad1-9ff8-535537a5ae12.local']
])('%s has an address', (line, address) => {
	expect(tokensOf(line).filter(({ kind }) => kind === 'address')).toEqual([{ kind: 'address', text: address }]);
});

test('a fingerprint is one piece, and a version no address', () => {
	expect(said('a=fingerprint:sha-256 1F:AA').at(-1)).toBe('text 1F:AA');
	expect(tokensOf('s=FreeSWITCH 1.10').at(-1)).toEqual({ kind: 'number', text: '1.10' });
});

test('what is no line of a description is one piece', () => {
	expect(tokensOf('{"type":"offer"}')).toEqual([{ kind: 'text', text: '{"type":"offer"}' }]);
	expect(tokensOf('')).toEqual([]);
});

test('the pieces of every recorded line are the line again', () => {
	const folder = new URL('../../../../../tests/fixtures/sdp/', import.meta.url);
	for (const name of readdirSync(folder)) {
		for (const line of readFileSync(new URL(name, folder), 'utf8').split(/\\r\\n|\n/)) {
			expect(
				tokensOf(line)
					.map(({ text }) => text)
					.join('')
			).toBe(line);
		}
	}
	for (const line of ['a=', 'a=:', 'a= :x', 'a=x :y', 'v==', 'm=\t;,\0', 'a=x=y:z'])
		expect(
			tokensOf(line)
				.map(({ text }) => text)
				.join('')
		).toBe(line);
});
