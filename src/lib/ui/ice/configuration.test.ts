import { describe, expect, it } from 'vitest';
import { readConfiguration, writeConfiguration } from './configuration';

const value = (text: string) => {
	const read = readConfiguration(text);
	if (!read.ok) throw new Error(read.error.message);
	return read.value;
};

describe('an RTCConfiguration as pasted', () => {
	it('keeps the policies beside the servers', () => {
		const text = `{ "iceServers": [{ "urls": "stun:stun.example.org" }], "iceTransportPolicy": "relay", "iceCandidatePoolSize": 3, "bundlePolicy": "max-bundle" }`;
		expect(value(text)).toMatchObject({
			servers: [{ urls: ['stun:stun.example.org'] }],
			options: { iceTransportPolicy: 'relay', iceCandidatePoolSize: 3, bundlePolicy: 'max-bundle' }
		});
	});

	it.each(['', '  \n', '{}', '{ };', '{ "iceServers": [] }'])('%j means no servers', (text) => {
		expect(value(text).servers).toEqual([]);
	});

	it('reads back what it writes', () => {
		const servers = [
			{ urls: ['stun:a.example'] },
			{ urls: ['turn:b.example', 'turns:b.example'], username: 'ann', credential: 'secret' }
		];
		expect(value(writeConfiguration(servers)).servers).toEqual(servers);
	});

	it('says why a text is no configuration, and what it expects', () => {
		const read = readConfiguration('hello');
		expect(read.ok ? '' : read.error.message).toMatch(/hello|JSON|iceServers|URL/);
	});
});
