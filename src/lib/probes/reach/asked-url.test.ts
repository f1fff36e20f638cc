import { expect, test } from 'vitest';
import { readAskedUrl } from './asked-url';

test.each([
	[
		'wss://live.example.net/signal',
		{ host: 'live.example.net', port: 443, webSocket: true, tls: true, kept: 'wss://live.example.net/signal' }
	],
	[
		' https://[2001:db8::1]:8443 ',
		{ host: '2001:db8::1', port: 8443, webSocket: false, tls: true, kept: 'https://[2001:db8::1]:8443/' }
	],
	['ws://live.example.net', { port: 80, webSocket: true, tls: false }],
	[
		'wss://live.example.net/s?access_token=abc#part',
		{ href: 'wss://live.example.net/s?access_token=abc', kept: 'wss://live.example.net/s?…' }
	]
])('reads %s', (text, expected) => {
	const read = readAskedUrl(text);
	expect(read.ok && read.value).toMatchObject(expected);
});

test.each([
	['live.example.net/signal', /has no scheme: write wss:\/\/live\.example\.net\/signal/],
	['ftp://live.example.net', /no wss:\/\/ or https:\/\/ URL/],
	['wss://ann:secret@live.example.net', /user name or a password/],
	['', /no wss/]
])('refuses %s, and says why', (text, message) => {
	const read = readAskedUrl(text);
	expect(read.ok ? '' : read.error.message).toMatch(message);
	expect(read.ok ? '' : read.error.message).not.toContain('secret');
});
