import { expect, it } from 'vitest';
import { readWebUrl, unbracketed } from './web-url';

it.each([
	['https://calls.example.org', { tls: true, host: 'calls.example.org', port: null }],
	['HTTP://192.0.2.1:8478/x?y#z', { tls: false, host: '192.0.2.1', port: 8478 }],
	['https://[2001:db8::1]:443/', { tls: true, host: '2001:db8::1', port: 443 }],
	['http://ann:secret@app.example/', { tls: false, host: 'app.example', port: null }],
	['/api/echo', null],
	['wss://app.example', null],
	['https://', null]
])('reads %s', (text, url) => {
	expect(readWebUrl(text)).toEqual(url);
});

it('takes the brackets of an address alone', () => {
	expect(['[2001:db8::1]', '2001:db8::1', 'a.example'].map(unbracketed)).toEqual(['2001:db8::1', '2001:db8::1', 'a.example']);
});
