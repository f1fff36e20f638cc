import { expect, test } from 'vitest';
import { externalAddressRequest, readDescription, readExternalAddress, readSearchAnswer, urlAt } from './igd-messages';

const FOUND = 'HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nLocation: http://192.168.1.1:5000/desc.xml\r\nEXT:\r\n\r\n';

test.each([
	['an answer', FOUND, 'http://192.168.1.1:5000/desc.xml'],
	['an answer without spaces', 'HTTP/1.1 200 OK\r\nLOCATION:http://192.168.1.1/\r\n\r\n', 'http://192.168.1.1/'],
	['an advertisement', FOUND.replace('HTTP/1.1 200 OK', 'NOTIFY * HTTP/1.1'), null],
	['an answer without a place', 'HTTP/1.1 200 OK\r\n\r\n', null],
	['something else', 'hello', null]
])('the search: %s', (_, text, location) => expect(readSearchAnswer(text)).toBe(location));

test.each([
	['http://192.168.1.1:5000/desc.xml', undefined, 'http://192.168.1.1:5000/desc.xml'],
	['/ctl', 'http://192.168.1.1:5000/desc.xml', 'http://192.168.1.1:5000/ctl'],
	['ctl', 'http://192.168.1.1:5000/a/desc.xml', 'http://192.168.1.1:5000/a/ctl'],
	// 0xc0a80101 is the same address in another spelling.
	['http://0xc0a80101/', undefined, 'http://192.168.1.1/'],
	['http://192.168.1.2/desc.xml', undefined, null],
	['http://router.example/desc.xml', undefined, null],
	['//203.0.113.9/ctl', 'http://192.168.1.1:5000/desc.xml', null],
	['http://192.168.1.1@203.0.113.9/', undefined, null],
	['http://user:word@192.168.1.1/', undefined, null],
	['https://192.168.1.1/desc.xml', undefined, null],
	['file:///etc/passwd', undefined, null],
	['http://', undefined, null]
])('the place %s', (text, base, url) => expect(urlAt('192.168.1.1', text, base)?.href ?? null).toBe(url));

const service = (type: string, control: string) =>
	`<service><serviceType>urn:schemas-upnp-org:service:${type}</serviceType><controlURL>${control}</controlURL></service>`;

test('a description tells its connections, and no more than a router has', () => {
	const xml = `<root><serviceList>${service('WANCommonInterfaceConfig:1', '/c')}${service('WANIPConnection:2', ' /a&amp;b ')}</serviceList>${service('WANPPPConnection:1', '/ppp')}</root>`;
	expect(readDescription(xml)).toEqual([
		{ type: 'urn:schemas-upnp-org:service:WANIPConnection:2', controlUrl: '/a&b' },
		{ type: 'urn:schemas-upnp-org:service:WANPPPConnection:1', controlUrl: '/ppp' }
	]);
	expect(readDescription(service('WANIPConnection:1', '/x').repeat(50))).toHaveLength(4);
	expect(readDescription('<html>')).toEqual([]);
	// What stands in it goes into a header and a document.
	expect(readDescription(service('WANIPConnection:1"\r\nX: y', '/x'))).toEqual([]);
});

const answer = (inside: string) => `<s:Envelope><s:Body>${inside}</s:Body></s:Envelope>`;

test.each([
	[
		'an address',
		answer('<NewExternalIPAddress>203.0.113.5</NewExternalIPAddress>'),
		{ externalAddress: '203.0.113.5', errorCode: null }
	],
	['none', answer('<NewExternalIPAddress></NewExternalIPAddress>'), { externalAddress: null, errorCode: null }],
	['an empty element', answer('<NewExternalIPAddress />'), { externalAddress: null, errorCode: null }],
	['an error', answer('<UPnPError xmlns="x"><errorCode>501</errorCode></UPnPError>'), { externalAddress: null, errorCode: 501 }],
	['something else', '<html><body>login</body></html>', null]
])('the answer: %s', (_, xml, told) => expect(readExternalAddress(xml)).toEqual(told));

test('the question names the service', () => {
	expect(externalAddressRequest('urn:x')).toContain('<u:GetExternalIPAddress xmlns:u="urn:x">');
});
