import { describe, expect, test } from 'vitest';
import { readVisitor, tellVisitor, visitorOf, type Visitor } from './visitor';

const DIRECT = { addressHeader: null, proxies: 1 };
const FORWARDED = { addressHeader: 'x-forwarded-for', proxies: 1 };
const REAL_IP = { addressHeader: 'x-real-ip', proxies: 1 };
const HERE: Visitor = { address: '127.0.0.1', source: null };
const UNKNOWN: Visitor = { address: null, source: 'unknown' };
const of = (address: string, source = address): Visitor => ({ address, source });

describe('who asks', () => {
	test.each<[string, Record<string, string>, string | undefined, typeof DIRECT | typeof FORWARDED, Visitor]>([
		['a browser here', {}, '127.0.0.1', DIRECT, HERE],
		['a browser here by a socket for both families', {}, '::ffff:127.0.0.1', DIRECT, HERE],
		['a browser elsewhere', {}, '198.51.100.7', DIRECT, of('198.51.100.7')],
		['one subscriber of an IPv6 network', {}, '2001:db8::7', DIRECT, of('2001:db8::7', '2001:db8::/64')],
		['a connection that has ended', {}, undefined, DIRECT, UNKNOWN],
		[
			'a proxy here whose header is not read',
			{ 'x-forwarded-for': '198.51.100.7' },
			'127.0.0.1',
			DIRECT,
			{ address: null, source: 'a proxy here' }
		],
		['a proxy here that only adds Via', { via: '1.1 box' }, '127.0.0.1', DIRECT, { address: null, source: 'a proxy here' }],
		[
			'a forged header without a proxy',
			{ 'x-forwarded-for': '127.0.0.1' },
			'198.51.100.7',
			DIRECT,
			{ address: null, source: '198.51.100.7' }
		],
		['a proxy', { 'x-forwarded-for': '198.51.100.7' }, '127.0.0.1', FORWARDED, of('198.51.100.7')],
		[
			'a proxy that adds to what a client wrote',
			{ 'x-forwarded-for': '127.0.0.1, 198.51.100.7' },
			'127.0.0.1',
			FORWARDED,
			of('198.51.100.7')
		],
		[
			'two proxies',
			{ 'x-forwarded-for': '9.9.9.9, 198.51.100.7, 10.0.0.2' },
			'10.0.0.1',
			{ ...FORWARDED, proxies: 2 },
			of('198.51.100.7')
		],
		['two proxies and one entry', { 'x-forwarded-for': '198.51.100.7' }, '10.0.0.1', { ...FORWARDED, proxies: 2 }, UNKNOWN],
		['a visitor who claims to be the loopback', { 'x-real-ip': '127.0.0.1' }, '127.0.0.1', REAL_IP, of('127.0.0.1')],
		['a header that is no address', { 'x-real-ip': 'localhost' }, '127.0.0.1', REAL_IP, UNKNOWN],
		['an empty header', { 'x-real-ip': '' }, '127.0.0.1', REAL_IP, UNKNOWN],
		['an address with a port', { 'x-real-ip': '198.51.100.7:55' }, '127.0.0.1', REAL_IP, UNKNOWN],
		['no header: the socket', {}, '198.51.100.7', REAL_IP, of('198.51.100.7')],
		['no header, from here', {}, '127.0.0.1', REAL_IP, HERE]
	])('%s', (_, headers, socket, settings, expected) => {
		expect(readVisitor(headers, socket, settings)).toEqual(expected);
	});

	test('is told by the http server, and by no header', () => {
		const request = {};
		tellVisitor(request as never, of('198.51.100.7'));
		const getClientAddress = () => '127.0.0.1';
		expect(visitorOf({ platform: { req: request }, getClientAddress })).toEqual(of('198.51.100.7'));
		expect(visitorOf({ getClientAddress })).toEqual(HERE);
	});
});
