/** Every attribute that Icelens reads or writes: type number (IANA registry), layout of the value, where it is defined. */
import { VALUES, type ValueCodec } from './attribute-values';

interface AttributeEntry<T> {
	type: number;
	value: ValueCodec<T>;
	cite: string;
}

function entry<T>(type: number, value: ValueCodec<T>, cite: string): AttributeEntry<T> {
	return { type, value, cite };
}

export const ATTRIBUTES = {
	'MAPPED-ADDRESS': entry(0x0001, VALUES.address, 'RFC 8489 §14.1'),
	'CHANGE-REQUEST': entry(0x0003, VALUES.changeRequest, 'RFC 5780 §7.2'),
	USERNAME: entry(0x0006, VALUES.text(508), 'RFC 8489 §14.3'),
	'MESSAGE-INTEGRITY': entry(0x0008, VALUES.bytes(20, 20), 'RFC 8489 §14.5'),
	'ERROR-CODE': entry(0x0009, VALUES.errorCode, 'RFC 8489 §14.8'),
	'UNKNOWN-ATTRIBUTES': entry(0x000a, VALUES.typeList, 'RFC 8489 §14.13'),
	'CHANNEL-NUMBER': entry(0x000c, VALUES.number(2), 'RFC 8656 §18.1'),
	LIFETIME: entry(0x000d, VALUES.number(4), 'RFC 8656 §18.2'),
	'XOR-PEER-ADDRESS': entry(0x0012, VALUES.xorAddress, 'RFC 8656 §18.3'),
	DATA: entry(0x0013, VALUES.bytes(0, 0xffff), 'RFC 8656 §18.4'),
	REALM: entry(0x0014, VALUES.text(763), 'RFC 8489 §14.9'),
	NONCE: entry(0x0015, VALUES.text(763), 'RFC 8489 §14.10'),
	'XOR-RELAYED-ADDRESS': entry(0x0016, VALUES.xorAddress, 'RFC 8656 §18.5'),
	'REQUESTED-ADDRESS-FAMILY': entry(0x0017, VALUES.family, 'RFC 8656 §18.6'),
	'EVEN-PORT': entry(0x0018, VALUES.evenPort, 'RFC 8656 §18.7'),
	'REQUESTED-TRANSPORT': entry(0x0019, VALUES.number(1), 'RFC 8656 §18.8'),
	'DONT-FRAGMENT': entry(0x001a, VALUES.flag, 'RFC 8656 §18.9'),
	'MESSAGE-INTEGRITY-SHA256': entry(0x001c, VALUES.bytes(16, 32, 4), 'RFC 8489 §14.6'),
	'PASSWORD-ALGORITHM': entry(0x001d, VALUES.passwordAlgorithm, 'RFC 8489 §14.12'),
	USERHASH: entry(0x001e, VALUES.bytes(32, 32), 'RFC 8489 §14.4'),
	'XOR-MAPPED-ADDRESS': entry(0x0020, VALUES.xorAddress, 'RFC 8489 §14.2'),
	'RESERVATION-TOKEN': entry(0x0022, VALUES.bytes(8, 8), 'RFC 8656 §18.10'),
	PRIORITY: entry(0x0024, VALUES.number(4), 'RFC 8445 §7.1.1'),
	'USE-CANDIDATE': entry(0x0025, VALUES.flag, 'RFC 8445 §7.1.2'),
	PADDING: entry(0x0026, VALUES.bytes(0, 0xffff), 'RFC 5780 §7.6'),
	'RESPONSE-PORT': entry(0x0027, VALUES.responsePort, 'RFC 5780 §7.5'),
	'ADDITIONAL-ADDRESS-FAMILY': entry(0x8000, VALUES.family, 'RFC 8656 §18.11'),
	'ADDRESS-ERROR-CODE': entry(0x8001, VALUES.addressErrorCode, 'RFC 8656 §18.12'),
	'PASSWORD-ALGORITHMS': entry(0x8002, VALUES.passwordAlgorithms, 'RFC 8489 §14.11'),
	'ALTERNATE-DOMAIN': entry(0x8003, VALUES.text(255), 'RFC 8489 §14.16'),
	SOFTWARE: entry(0x8022, VALUES.text(763), 'RFC 8489 §14.14'),
	'ALTERNATE-SERVER': entry(0x8023, VALUES.address, 'RFC 8489 §14.15'),
	FINGERPRINT: entry(0x8028, VALUES.number(4), 'RFC 8489 §14.7'),
	'ICE-CONTROLLED': entry(0x8029, VALUES.bytes(8, 8), 'RFC 8445 §7.1.3'),
	'ICE-CONTROLLING': entry(0x802a, VALUES.bytes(8, 8), 'RFC 8445 §7.1.3'),
	'RESPONSE-ORIGIN': entry(0x802b, VALUES.address, 'RFC 5780 §7.3'),
	'OTHER-ADDRESS': entry(0x802c, VALUES.address, 'RFC 5780 §7.4')
} as const;

export type AttributeName = keyof typeof ATTRIBUTES;

/** What `readAttribute(message, name)` gives for each name. */
export type AttributeValue<N extends AttributeName> = (typeof ATTRIBUTES)[N] extends AttributeEntry<infer T> ? T : never;

const BY_TYPE = new Map<number, AttributeName>(
	Object.entries(ATTRIBUTES).map(([name, { type }]) => [type, name as AttributeName])
);

export function attributeName(type: number): AttributeName | null {
	return BY_TYPE.get(type) ?? null;
}

/** Types below 0x8000 must be understood, or the request is refused with 420 (RFC 8489 §14). */
export function isComprehensionRequired(type: number): boolean {
	return type < 0x8000;
}
