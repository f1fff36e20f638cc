import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../server/node-crypto';
import { ATTRIBUTES, type AttributeName } from './attributes-table';
import type { ValueCodec } from './attribute-values';
import { toHex, utf8Encode } from './bytes';
import {
	checkFingerprint,
	crc32,
	integrityKind,
	longTermKey,
	sealMessage,
	shortTermKey,
	userHash,
	verifyIntegrity
} from './integrity';
import { decodeMessage, encodeMessage, readAttribute, readAttributes, type AttributeToWrite, type StunMessage } from './message';
import { CLASSES, METHODS, packType, unpackType } from './methods-table';
import { readNonceCookie, writeNonceCookie } from './nonce-cookie';

const TRANSACTION = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));

function decoded(bytes: Uint8Array): StunMessage {
	const result = decodeMessage(bytes);
	if (!result.ok) throw new Error(`${result.error.code} at ${result.error.offset}: ${result.error.message}`);
	return result.value;
}

const encode = (attributes: AttributeToWrite[], method: number = METHODS.Binding) =>
	encodeMessage({ method, class: 'request', transactionId: TRANSACTION, attributes });

// The test vectors of RFC 5769. Password of the first three: see SHORT.
const SHORT = shortTermKey('VOkJxbRl1RmTxUk/WvJxBt');
const LONG = longTermKey(nodeCrypto, 'md5', { username: 'マトリックス', realm: 'example.org', password: 'TheMatrIX' });
const VECTORS = {
	request: hex(`000100582112a442b7e7a701bc34d686fa87dfae 80220010 5354554e207465737420636c69656e74 00240004 6e0001ff
		80290008 932ff9b151263b36 00060009 6576746a3a68367659202020
		00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004 e57a3bcf`),
	ipv4: hex(`0101003c2112a442b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220 00200008 0001a147e112a643
		00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96`),
	ipv6: hex(`010100482112a442b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
		00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9 00080014 a382954e4be67bf11784c97c8292c275bfe3ed41 80280004 c8fb0b4c`),
	longTerm: hex(`000100602112a44278ad3433c6ad72c029da412e 00060012 e3839ee38388e383aae38383e382afe382b90000
		0015001c 662f2f3439396b39353464364f4c33346f4c39465354767936347341 0014000b 6578616d706c652e6f726700
		00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666`)
};

describe('RFC 5769 vectors', () => {
	test('reads and verifies the request of §2.1', () => {
		const message = decoded(VECTORS.request);
		expect(message).toMatchObject({ method: METHODS.Binding, class: 'request' });
		expect(readAttribute(message, 'SOFTWARE')).toBe('STUN test client');
		expect(readAttribute(message, 'USERNAME')).toBe('evtj:h6vY');
		expect(readAttribute(message, 'PRIORITY')).toBe(0x6e0001ff);
		expect(toHex(readAttribute(message, 'ICE-CONTROLLED')!)).toBe('932ff9b151263b36');
		expect(verifyIntegrity(nodeCrypto, message, 'sha1', SHORT)).toBe(true);
		expect(checkFingerprint(message)).toBe('right');
	});

	test('reads and verifies the IPv4 response of §2.2', () => {
		const message = decoded(VECTORS.ipv4);
		expect(message.class).toBe('success');
		expect(readAttribute(message, 'XOR-MAPPED-ADDRESS')).toEqual({ address: '192.0.2.1', port: 32853 });
		expect(verifyIntegrity(nodeCrypto, message, 'sha1', SHORT)).toBe(true);
		expect(checkFingerprint(message)).toBe('right');
	});

	test('reads and verifies the IPv6 response of §2.3', () => {
		const message = decoded(VECTORS.ipv6);
		const mapped = readAttribute(message, 'XOR-MAPPED-ADDRESS');
		expect(mapped).toEqual({ address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32853 });
		expect(verifyIntegrity(nodeCrypto, message, 'sha1', SHORT)).toBe(true);
		expect(checkFingerprint(message)).toBe('right');
	});

	test('reads and verifies the long-term request of §2.4', () => {
		const message = decoded(VECTORS.longTerm);
		expect(readAttribute(message, 'USERNAME')).toBe('マトリックス');
		expect(readAttribute(message, 'REALM')).toBe('example.org');
		expect(readAttribute(message, 'NONCE')).toBe('f//499k954d6OL34oL9FSTvy64sA');
		expect(verifyIntegrity(nodeCrypto, message, 'sha1', LONG)).toBe(true);
		expect(checkFingerprint(message)).toBe('absent');
	});

	test('any flipped bit before the integrity attribute breaks it', () => {
		for (let bit = 0; bit < 8 * (VECTORS.request.length - 32); bit++) {
			const bytes = VECTORS.request.slice();
			bytes[bit >> 3]! ^= 1 << (bit & 7);
			const result = decodeMessage(bytes);
			if (result.ok && integrityKind(result.value)) {
				expect(verifyIntegrity(nodeCrypto, result.value, 'sha1', SHORT), `bit ${bit}`).toBe(false);
			}
			if (result.ok) expect(checkFingerprint(result.value)).not.toBe('right');
		}
	});
});

test('a Buffer, whose slice is a view, is left as it was', () => {
	for (const [vector, key] of [
		[VECTORS.ipv4, SHORT],
		[VECTORS.longTerm, LONG]
	] as const) {
		const buffer = Buffer.from(vector);
		const message = decoded(buffer);
		readAttribute(message, 'XOR-MAPPED-ADDRESS');
		expect(verifyIntegrity(nodeCrypto, message, 'sha1', key)).toBe(true);
		expect(toHex(buffer)).toBe(toHex(vector));
	}
});

test('makes the user hash of RFC 8489 appendix B.1', () => {
	expect(toHex(userHash(nodeCrypto, 'マトリックス', 'example.org'))).toBe(
		'4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704'
	);
});

test('crc32 of 123456789 is cbf43926', () => {
	expect(crc32(utf8Encode('123456789'))).toBe(0xcbf43926);
});

describe('types', () => {
	// RFC 8489 §5 and RFC 8656 §17.1: numbers on the wire.
	test.each([
		[METHODS.Binding, 'request', 0x0001],
		[METHODS.Binding, 'success', 0x0101],
		[METHODS.Binding, 'error', 0x0111],
		[METHODS.Binding, 'indication', 0x0011],
		[METHODS.Allocate, 'request', 0x0003],
		[METHODS.Allocate, 'error', 0x0113],
		[METHODS.Send, 'indication', 0x0016],
		[METHODS.ChannelBind, 'success', 0x0109],
		[0xfff, 'error', 0x3fff]
	] as const)('method %s %s is %s', (method, messageClass, type) => {
		expect(packType(method, messageClass)).toBe(type);
		expect(unpackType(type)).toEqual({ method, class: messageClass });
	});

	test('all 16384 are packed and unpacked', () => {
		// An `expect` for each takes a hundred times as long as what it asks.
		const wrong = Array.from({ length: 0x4000 }, (_, type) => type).filter((type) => {
			const { method, class: messageClass } = unpackType(type);
			return packType(method, messageClass) !== type || !CLASSES.includes(messageClass);
		});
		expect(wrong).toEqual([]);
	});
});

// [name, value, bytes on the wire]
const ROUND_TRIPS: AttributeToWrite[] = [
	['MAPPED-ADDRESS', { address: '192.0.2.7', port: 1 }],
	['XOR-MAPPED-ADDRESS', { address: '2001:db8::7', port: 65535 }],
	['XOR-PEER-ADDRESS', { address: '0.0.0.0', port: 0 }],
	['CHANGE-REQUEST', { ip: true, port: false }],
	['CHANGE-REQUEST', { ip: false, port: true }],
	['USERNAME', '1700000000:ä€𝄞'],
	['ERROR-CODE', { code: 438, reason: 'Stale Nonce' }],
	['ERROR-CODE', { code: 600, reason: '' }],
	['UNKNOWN-ATTRIBUTES', [0x7f00, 1, 2]],
	['CHANNEL-NUMBER', 0x4001],
	['LIFETIME', 0xffffffff],
	['DATA', Uint8Array.of(1, 2, 3, 4, 5)],
	['DATA', new Uint8Array(0)],
	['REQUESTED-ADDRESS-FAMILY', 'ipv6'],
	['ADDITIONAL-ADDRESS-FAMILY', 'ipv6'],
	['ADDRESS-ERROR-CODE', { family: 'ipv6', code: 440, reason: 'x' }],
	['EVEN-PORT', { reserveNext: true }],
	['EVEN-PORT', { reserveNext: false }],
	['REQUESTED-TRANSPORT', 17],
	['DONT-FRAGMENT', true],
	['PASSWORD-ALGORITHM', 2],
	['PASSWORD-ALGORITHMS', [2, 1]],
	['RESERVATION-TOKEN', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)],
	['RESPONSE-PORT', 4711],
	['OTHER-ADDRESS', { address: '203.0.113.9', port: 3479 }]
];

test.each(ROUND_TRIPS)('%s %j comes back', (name, value) => {
	const message = decoded(encode([[name, value] as AttributeToWrite]));
	expect(readAttribute(message, name)).toEqual(value);
	expect(message.attributes).toHaveLength(1);
});

// [why, message, code, offset]
const header = (length: string, type = '0001') => `${type}${length}2112a442${toHex(TRANSACTION)}`;
const REFUSED: [string, string, string, number][] = [
	['empty', '', 'too-short', 0],
	['19 bytes', header('0000').slice(0, 38), 'too-short', 19],
	['first bits set', `8${header('0000').slice(1)}`, 'not-stun', 0],
	['ChannelData', `40000010${header('0000')}`, 'not-stun', 0],
	['no magic cookie (RFC 3489)', header('0000').replace('2112a442', '2112a443'), 'cookie', 4],
	['longer than it says', `${header('0000')}00000000`, 'length', 2],
	['shorter than it says', header('0004'), 'length', 2],
	['length not a multiple of 4', `${header('0003')}000000`, 'length', 2],
	['attribute beyond the end', `${header('0008')}00060008 61626364`.replace(/ /g, ''), 'attribute-overrun', 20],
	['second attribute beyond the end', `${header('000c')}001a0000 00240008 00000000`.replace(/ /g, ''), 'attribute-overrun', 24],
	['address of family 3', `${header('000c')}00010008 0003 0001 01020304`.replace(/ /g, ''), 'attribute-value', 20],
	['IPv6 address of 8 bytes', `${header('000c')}00120008 0002 0001 01020304`.replace(/ /g, ''), 'attribute-value', 20],
	['user name that is not UTF-8', `${header('0008')}00060003 c0af6100`.replace(/ /g, ''), 'attribute-value', 20],
	['LIFETIME of 8 bytes', `${header('000c')}000d0008 0000000000000000`.replace(/ /g, ''), 'attribute-value', 20],
	['error class 7', `${header('0008', '0111')}00090004 00000700`.replace(/ /g, ''), 'attribute-value', 20],
	['error number 100', `${header('0008', '0111')}00090004 00000464`.replace(/ /g, ''), 'attribute-value', 20],
	['half a password algorithm', `${header('0008')}80020002 00020000`.replace(/ /g, ''), 'attribute-value', 20],
	['MESSAGE-INTEGRITY of 4 bytes', `${header('0008')}00080004 00000000`.replace(/ /g, ''), 'attribute-value', 20]
];

describe('decodeMessage refuses', () => {
	test.each(REFUSED)('refuses: %s', (_why, text, code, offset) => {
		const result = decodeMessage(hex(text));
		if (result.ok) throw new Error('accepted');
		expect(result.error).toMatchObject({ code, offset, where: `byte ${offset}` });
		expect(result.error.message).toMatch(/\.$/);
		// Only a message with a sound header can be answered with 400.
		expect(result.error.header !== null).toBe(code.startsWith('attribute'));
	});

	test('nothing throws on any prefix of a good message', () => {
		for (const vector of Object.values(VECTORS)) {
			for (let length = 0; length < vector.length; length++) expect(decodeMessage(vector.subarray(0, length)).ok).toBe(false);
		}
	});
});

describe('order of attributes', () => {
	const attribute = (name: AttributeName, value: unknown) => {
		const { type, value: codec } = ATTRIBUTES[name];
		const raw = (codec as ValueCodec<unknown>).write(value, TRANSACTION);
		return toHex(Uint8Array.of(type >> 8, type & 255, 0, raw.length)) + toHex(raw).padEnd(Math.ceil(raw.length / 4) * 8, '0');
	};
	const message = (...attributes: string[]) => {
		const body = attributes.join('');
		return decoded(hex(header((body.length / 2).toString(16).padStart(4, '0')) + body));
	};

	test('the first of two equal attributes counts', () => {
		const both = message(attribute('LIFETIME', 1), attribute('LIFETIME', 2));
		expect(readAttribute(both, 'LIFETIME')).toBe(1);
		expect(readAttributes(both, 'LIFETIME')).toEqual([1, 2]);
	});

	test('what follows the integrity attributes is not read, save the stronger ones', () => {
		const late = message(
			attribute('MESSAGE-INTEGRITY', new Uint8Array(20)),
			attribute('LIFETIME', 1),
			attribute('MESSAGE-INTEGRITY-SHA256', new Uint8Array(32)),
			attribute('MESSAGE-INTEGRITY', new Uint8Array(20)),
			attribute('USERNAME', 'mallory'),
			attribute('FINGERPRINT', 0),
			attribute('REALM', 'late')
		);
		expect(late.attributes.map(({ name }) => name)).toEqual(['MESSAGE-INTEGRITY', 'MESSAGE-INTEGRITY-SHA256', 'FINGERPRINT']);
		expect(checkFingerprint(late)).toBe('wrong');
	});
});

describe('sealMessage', () => {
	const request = { method: METHODS.Allocate, class: 'request' as const, transactionId: TRANSACTION, attributes: [] };
	test.each(['sha1', 'sha256'] as const)('%s verifies with its key alone', (kind) => {
		const key = longTermKey(nodeCrypto, 'sha256', { username: 'u', realm: 'r', password: 'p' });
		const message = decoded(sealMessage(request, { integrity: { kind, key, crypto: nodeCrypto }, fingerprint: true }));
		expect(integrityKind(message)).toBe(kind);
		expect(verifyIntegrity(nodeCrypto, message, kind, key)).toBe(true);
		expect(verifyIntegrity(nodeCrypto, message, kind, shortTermKey('p'))).toBe(false);
		expect(verifyIntegrity(nodeCrypto, message, kind === 'sha1' ? 'sha256' : 'sha1', key)).toBe(false);
		expect(checkFingerprint(message)).toBe('right');
	});

	test('makes the bytes of RFC 5769 2.2, but for the padding', () => {
		const ipv4 = decoded(VECTORS.ipv4);
		const bytes = encodeMessage({
			...ipv4,
			attributes: [
				['SOFTWARE', 'test vector'],
				['XOR-MAPPED-ADDRESS', { address: '192.0.2.1', port: 32853 }]
			]
		});
		const expected = VECTORS.ipv4.slice(0, bytes.length);
		// The RFC pads with a space and counts the attributes that follow.
		expected[35] = 0;
		expected[3] = bytes.length - 20;
		expect(toHex(bytes)).toBe(toHex(expected));
	});

	test('a truncated SHA-256 is not taken', () => {
		const key = SHORT;
		const whole = sealMessage(request, { integrity: { kind: 'sha256', key, crypto: nodeCrypto } });
		const cut = whole.slice(0, whole.length - 16);
		cut[3]! -= 16;
		cut[23]! -= 16;
		expect(verifyIntegrity(nodeCrypto, decoded(cut), 'sha256', key)).toBe(false);
	});
});

test('the encoder refuses what does not fit', () => {
	expect(() => encode([['DATA', new Uint8Array(65532)]])).toThrow(RangeError);
});

test.each([
	[{ passwordAlgorithms: false, userAnonymity: false }, 'obMatJos2AAAA'],
	[{ passwordAlgorithms: true, userAnonymity: false }, 'obMatJos2gAAA'],
	[{ passwordAlgorithms: true, userAnonymity: true }, 'obMatJos2wAAA']
])('writes and reads the nonce cookie of %j', (features, text) => {
	expect(writeNonceCookie(features)).toBe(text);
	expect(readNonceCookie(`${text}more`)).toEqual(features);
});

test.each(['', 'obMatJos', 'obMatJos2', 'obMatJos2A', 'xbMatJos2AAAA', 'obMatJos2!!!!'])('no nonce cookie in %j', (nonce) => {
	expect(readNonceCookie(nonce)).toBeNull();
});
