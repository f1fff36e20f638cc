/** How the value of each kind of attribute is laid out. `read` gives null for a value that the RFC does not allow. */
import { count } from '../base/format';
import { formatIp, parseIp } from '../base/ip';
import { copyBytes, readUint16, readUint32, utf8Decode, utf8Encode, writeUint16, writeUint32 } from './bytes';

/** An address and a port; the family is plain from the address. */
export interface Endpoint {
	/** IPv4 or IPv6 text, without brackets. */
	address: string;
	port: number;
}

export interface ErrorValue {
	code: number;
	reason: string;
}

export type FamilyCode = 'ipv4' | 'ipv6';

export interface ValueCodec<T> {
	/** What a well-formed value looks like, to finish the sentence “… must be”. */
	shape: string;
	read(value: Uint8Array, transactionId: Uint8Array): T | null;
	write(value: T, transactionId: Uint8Array): Uint8Array;
}

export const MAGIC_COOKIE = 0x2112a442;

function address(xored: boolean): ValueCodec<Endpoint> {
	const mask = (bytes: Uint8Array, transactionId: Uint8Array) => {
		if (!xored) return bytes;
		const out = copyBytes(bytes);
		const cookie = new Uint8Array(16);
		writeUint32(cookie, 0, MAGIC_COOKIE);
		cookie.set(transactionId, 4);
		for (let i = 0; i < out.length; i++) out[i]! ^= cookie[i]!;
		return out;
	};
	return {
		shape: 'family 1 with 8 bytes or family 2 with 20',
		read(value, transactionId) {
			const family = value.length === 8 && value[1] === 1 ? 'ipv4' : value.length === 20 && value[1] === 2 ? 'ipv6' : null;
			if (family === null) return null;
			const port = readUint16(value, 2) ^ (xored ? MAGIC_COOKIE >>> 16 : 0);
			return { address: formatIp({ family, bytes: mask(value.subarray(4), transactionId) }), port };
		},
		write(value, transactionId) {
			const ip = parseIp(value.address);
			if (!ip) throw new TypeError(`not an IP address: ${value.address}`);
			const out = new Uint8Array(4 + ip.bytes.length);
			out[1] = ip.family === 'ipv4' ? 1 : 2;
			writeUint16(out, 2, value.port ^ (xored ? MAGIC_COOKIE >>> 16 : 0));
			out.set(mask(ip.bytes, transactionId), 4);
			return out;
		}
	};
}

function text(maxBytes: number): ValueCodec<string> {
	return {
		shape: `UTF-8 text of at most ${count(maxBytes, 'byte')}`,
		read: (value) => (value.length > maxBytes ? null : utf8Decode(value)),
		write: utf8Encode
	};
}

function bytes(min: number, max: number, multipleOf = 1): ValueCodec<Uint8Array> {
	return {
		shape: min === max ? count(min, 'byte') : `${min} to ${count(max, 'byte')}`,
		read: (value) => (value.length < min || value.length > max || value.length % multipleOf !== 0 ? null : value),
		write: (value) => value
	};
}

/** A number in the first `width` bytes; what is left of four bytes is reserved and ignored (RFFU). */
function number(width: 1 | 2 | 4): ValueCodec<number> {
	return {
		shape: '4 bytes',
		read: (value) =>
			value.length !== 4 ? null : width === 1 ? value[0]! : width === 2 ? readUint16(value, 0) : readUint32(value, 0),
		write(value) {
			const out = new Uint8Array(4);
			if (width === 1) out[0] = value;
			else if (width === 2) writeUint16(out, 0, value);
			else writeUint32(out, 0, value);
			return out;
		}
	};
}

const flag: ValueCodec<true> = {
	shape: 'empty',
	read: (value) => (value.length === 0 ? true : null),
	write: () => new Uint8Array(0)
};

/** `other` is well-formed: a server answers that it does not have the family (440), not that it cannot read. */
const family: ValueCodec<FamilyCode | 'other'> = {
	shape: '4 bytes',
	read: (value) => (value.length !== 4 ? null : value[0] === 1 ? 'ipv4' : value[0] === 2 ? 'ipv6' : 'other'),
	write: (value) => Uint8Array.of(value === 'ipv4' ? 1 : value === 'ipv6' ? 2 : 0, 0, 0, 0)
};

/** Class (hundreds) and number apart (RFC 8489 §14.8). */
const errorCode: ValueCodec<ErrorValue> = {
	shape: 'a class from 3 to 6, a number below 100 and UTF-8 text',
	read(value) {
		if (value.length < 4 || value.length > 4 + 763) return null;
		const hundreds = value[2]! & 7;
		const reason = utf8Decode(value.subarray(4));
		if (hundreds < 3 || hundreds > 6 || value[3]! > 99 || reason === null) return null;
		return { code: hundreds * 100 + value[3]!, reason };
	},
	write(value) {
		const reason = utf8Encode(value.reason);
		const out = new Uint8Array(4 + reason.length);
		out[2] = Math.floor(value.code / 100);
		out[3] = value.code % 100;
		out.set(reason, 4);
		return out;
	}
};

/** RFC 8656 §18.12: an error for one of two requested families. */
const addressErrorCode: ValueCodec<ErrorValue & { family: FamilyCode }> = {
	shape: 'a family, a class from 3 to 6, a number below 100 and UTF-8 text',
	read(value, transactionId) {
		const error = errorCode.read(value, transactionId);
		const of = value[0] === 1 ? 'ipv4' : value[0] === 2 ? 'ipv6' : null;
		return error && of ? { ...error, family: of } : null;
	},
	write(value, transactionId) {
		const out = errorCode.write(value, transactionId);
		out[0] = value.family === 'ipv4' ? 1 : 2;
		return out;
	}
};

const typeList: ValueCodec<number[]> = {
	shape: 'a list of 16-bit attribute types',
	read: (value) => (value.length % 2 !== 0 ? null : Array.from({ length: value.length / 2 }, (_, i) => readUint16(value, 2 * i))),
	write(value) {
		const out = new Uint8Array(2 * value.length);
		value.forEach((type, i) => writeUint16(out, 2 * i, type));
		return out;
	}
};

/** RFC 8489 §14.11: entries of algorithm, parameter length and padded parameters. */
const passwordAlgorithms: ValueCodec<number[]> = {
	shape: 'a list of password algorithms with their parameters',
	read(value) {
		const found: number[] = [];
		let at = 0;
		while (at < value.length) {
			if (at + 4 > value.length) return null;
			found.push(readUint16(value, at));
			at += 4 + ((readUint16(value, at + 2) + 3) & ~3);
		}
		return at === value.length ? found : null;
	},
	write(value) {
		const out = new Uint8Array(4 * value.length);
		value.forEach((algorithm, i) => writeUint16(out, 4 * i, algorithm));
		return out;
	}
};

const passwordAlgorithm: ValueCodec<number> = {
	shape: 'one password algorithm with its parameters',
	read(value, transactionId) {
		const list = passwordAlgorithms.read(value, transactionId);
		return list?.length === 1 ? list[0]! : null;
	},
	write: (value, transactionId) => passwordAlgorithms.write([value], transactionId)
};

/** RFC 8656 §18.7: one bit. Written with three zero bytes, which every reader skips as padding. */
const evenPort: ValueCodec<{ reserveNext: boolean }> = {
	shape: '1 byte',
	read: (value) => (value.length === 1 ? { reserveNext: (value[0]! & 0x80) !== 0 } : null),
	write: (value) => Uint8Array.of(value.reserveNext ? 0x80 : 0)
};

/** RFC 5780 §7.2. */
const changeRequest: ValueCodec<{ ip: boolean; port: boolean }> = {
	shape: '4 bytes',
	read: (value) => (value.length === 4 ? { ip: (value[3]! & 4) !== 0, port: (value[3]! & 2) !== 0 } : null),
	write: (value) => Uint8Array.of(0, 0, 0, (value.ip ? 4 : 0) | (value.port ? 2 : 0))
};

/** RFC 5780 §7.5: 16 bits, with or without the padding counted in the length. */
const responsePort: ValueCodec<number> = {
	shape: 'a 16-bit port',
	read: (value) => (value.length === 2 || value.length === 4 ? readUint16(value, 0) : null),
	write: (value) => Uint8Array.of(value >> 8, value & 0xff)
};

export const VALUES = {
	address: address(false),
	xorAddress: address(true),
	text,
	bytes,
	number,
	flag,
	family,
	errorCode,
	addressErrorCode,
	typeList,
	passwordAlgorithm,
	passwordAlgorithms,
	evenPort,
	changeRequest,
	responsePort
};
