/**
 * Answers to Binding requests (RFC 8489 §2) and, on a server with two addresses and two ports, NAT behaviour discovery
 * (RFC 5780 §7). RESPONSE-PORT is answered: it only selects a port of the address that the request came from, which a
 * forger can choose anyway by forging the source port. PADDING is refused (420): a small request would get a large answer.
 */
import { ATTRIBUTES, isComprehensionRequired } from '../core/stun/attributes-table';
import type { Endpoint } from '../core/stun/attribute-values';
import { ERROR_CODES, type ErrorCode } from '../core/stun/error-codes-table';
import { checkFingerprint, sealMessage, type Seal } from '../core/stun/integrity';
import { findAttribute, readAttribute, type AttributeToWrite, type StunHeader, type StunMessage } from '../core/stun/message';

/** Which of the four sockets of an RFC 5780 server: same or other address, same or other port. */
export interface Way {
	otherAddress: boolean;
	otherPort: boolean;
}

export interface BindingAnswer {
	bytes: Uint8Array;
	way: Way;
	to: Endpoint;
}

export interface BindingPlace {
	from: Endpoint;
	/** Where the request arrived. */
	local: Endpoint;
	/** The other address and port, when the server has two of each and the request came over UDP; else null. */
	other: Endpoint | null;
}

const SAME_WAY: Way = { otherAddress: false, otherPort: false };

const BINDING_KNOWS = new Set<number>(
	// ICE checks carry these; a STUN server ignores them.
	(['USERNAME', 'MESSAGE-INTEGRITY', 'MESSAGE-INTEGRITY-SHA256', 'PRIORITY', 'USE-CANDIDATE', 'REALM', 'NONCE'] as const).map(
		(name) => ATTRIBUTES[name].type
	)
);
const DISCOVERY_KNOWS = new Set<number>([ATTRIBUTES['CHANGE-REQUEST'].type, ATTRIBUTES['RESPONSE-PORT'].type]);

export function answerBinding(request: StunMessage, place: BindingPlace): BindingAnswer {
	const { from, local, other } = place;
	const unknown = unknownAttributes(request, (type) => BINDING_KNOWS.has(type) || (other !== null && DISCOVERY_KNOWS.has(type)));
	if (unknown.length > 0) return { bytes: refuse(request, 420, [['UNKNOWN-ATTRIBUTES', unknown]]), way: SAME_WAY, to: from };
	const change = readAttribute(request, 'CHANGE-REQUEST');
	const way = other && change ? { otherAddress: change.ip, otherPort: change.port } : SAME_WAY;
	const attributes: AttributeToWrite[] = [['XOR-MAPPED-ADDRESS', from]];
	if (other) {
		const address = way.otherAddress ? other.address : local.address;
		const port = way.otherPort ? other.port : local.port;
		attributes.push(['RESPONSE-ORIGIN', { address, port }], ['OTHER-ADDRESS', other]);
	}
	const toPort = readAttribute(request, 'RESPONSE-PORT') ?? from.port;
	return { bytes: respond(request, 'success', attributes), way, to: { address: from.address, port: toPort } };
}

/** Types that must be understood and are not (RFC 8489 §6.3.1), each once, 32 at most. */
export function unknownAttributes(request: StunMessage, knows: (type: number) => boolean): number[] {
	const unknown = new Set<number>();
	for (const { type } of request.attributes) if (isComprehensionRequired(type) && !knows(type)) unknown.add(type);
	return [...unknown].slice(0, 32);
}

/** A response, with a FINGERPRINT when the request had one. */
export function respond(
	request: StunMessage,
	messageClass: 'success' | 'error',
	attributes: readonly AttributeToWrite[],
	integrity?: Seal['integrity']
): Uint8Array {
	const { method, transactionId } = request;
	const fingerprint = findAttribute(request, 'FINGERPRINT') !== undefined;
	return sealMessage({ method, class: messageClass, transactionId, attributes }, { integrity, fingerprint });
}

export function refuse(
	request: StunMessage,
	code: ErrorCode,
	more: readonly AttributeToWrite[] = [],
	integrity?: Seal['integrity']
): Uint8Array {
	return respond(request, 'error', [['ERROR-CODE', { code, reason: ERROR_CODES[code].phrase }], ...more], integrity);
}

/** 400 for a request whose header could be read and whose attributes could not. */
export function refuseMalformed({ method, transactionId }: StunHeader): Uint8Array {
	const error = { code: 400, reason: ERROR_CODES[400].phrase };
	return sealMessage({ method, class: 'error', transactionId, attributes: [['ERROR-CODE', error]] }, {});
}

/** A message with a wrong FINGERPRINT is not STUN (RFC 8489 §7.3) and gets no answer. */
export function isGenuine(message: StunMessage): boolean {
	return checkFingerprint(message) !== 'wrong';
}
