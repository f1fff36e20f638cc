/**
 * The fields of a candidate attribute (RFC 8839 §5.1) inside a description, read leniently: unlike ice/candidate, which
 * refuses a line at its first fault, every odd field is noted with its place, so that each gets a finding of its own.
 */
import { scopeOfText, type Scope } from '../../base/ip';
import type { CandidatePart, SdpFault } from './faults';
import type { Field } from './values';
import { clip, decimal, fieldsOf } from './values';

export interface CandidateFault {
	/** Offset in the text given. */
	offset: number;
	fault: SdpFault;
}

export interface CandidateValue {
	foundation: string;
	component: number | null;
	/** `udp` or `tcp`, in lower case; anything else as written. */
	transport: string;
	priority: number | null;
	/** IP address, or a name such as an mDNS name. */
	address: string;
	/** Where the address can be reached from; null for a name. */
	scope: Scope | null;
	/** Offset of the address in the text given. */
	addressOffset: number;
	port: number | null;
	/** `host`, `srflx`, `prflx`, `relay`; empty when missing. */
	type: string;
	typeOffset: number;
	relatedAddress: string | null;
	relatedPort: number | null;
	tcpType: string | null;
	/** Every further name and value, in order: `generation`, `ufrag`, `network-cost`, … */
	extensions: { name: string; value: string; offset: number }[];
	faults: CandidateFault[];
}

/** Reads what follows `candidate:`. Null when there is not even an address; then `fault` says why. */
export function readCandidate(text: string): { value: CandidateValue; fault: null } | { value: null; fault: CandidateFault } {
	const fields = fieldsOf(text);
	if (/^(a=)?candidate:/.test(text)) {
		return { value: null, fault: { offset: 0, fault: { kind: 'candidate-name-repeated' } } };
	}
	if (fields.length < 6) {
		const parts: readonly CandidatePart[] = ['foundation', 'component', 'transport', 'priority', 'address', 'port'];
		const missing = parts[fields.length]!;
		return { value: null, fault: { offset: text.length, fault: { kind: 'candidate-fields', fields: fields.length, missing } } };
	}
	const [foundation, component, transport, priority, address, port] = fields as [Field, Field, Field, Field, Field, Field];
	const value: CandidateValue = {
		foundation: foundation.text,
		component: decimal(component.text),
		transport: transport.text.toLowerCase(),
		priority: decimal(priority.text),
		address: address.text,
		scope: scopeOfText(address.text),
		addressOffset: address.offset,
		port: decimal(port.text),
		type: '',
		typeOffset: text.length,
		relatedAddress: null,
		relatedPort: null,
		tcpType: null,
		extensions: [],
		faults: []
	};
	readExtensions(value, fields.slice(6));
	noteFaults(value, foundation, component, priority, address, port);
	return { value, fault: null };
}

function readExtensions(value: CandidateValue, fields: Field[]): void {
	for (let i = 0; i < fields.length; i += 2) {
		const name = fields[i]!;
		const next = fields[i + 1];
		if (!next) {
			if (name.text !== 'network-cost' && name.text !== 'ufrag') {
				value.faults.push({ offset: name.offset, fault: { kind: 'candidate-extension', name: clip(name.text) } });
			}
			break;
		}
		if (name.text === 'typ' && value.type === '') {
			value.type = next.text;
			value.typeOffset = next.offset;
		} else if (name.text === 'raddr') value.relatedAddress = next.text;
		else if (name.text === 'rport') value.relatedPort = decimal(next.text);
		else {
			if (name.text === 'tcptype') value.tcpType = next.text;
			value.extensions.push({ name: name.text, value: next.text, offset: next.offset });
		}
	}
	if (value.type === '') value.faults.push({ offset: value.typeOffset, fault: { kind: 'candidate-type' } });
}

function noteFaults(
	value: CandidateValue,
	foundation: Field,
	component: Field,
	priority: Field,
	address: Field,
	port: Field
): void {
	const add = (part: Exclude<CandidatePart, 'transport'>, { offset, text }: Field) =>
		value.faults.push({ offset, fault: { kind: `candidate-${part}`, value: clip(text) } });
	if (!/^[A-Za-z0-9+/]{1,32}$/.test(foundation.text)) {
		add('foundation', foundation);
	}
	if (value.component === null || value.component < 1 || value.component > 256) {
		add('component', component);
	}
	if (value.priority === null || value.priority < 1 || value.priority > 2 ** 31 - 1) {
		add('priority', priority);
	}
	if (!/^[0-9A-Za-z.:_-]+$/.test(address.text)) add('address', address);
	// An active TCP candidate listens nowhere (RFC 6544 §4.5).
	if (value.port === null || value.port > 65535 || (value.port === 0 && value.tcpType !== 'active')) {
		add('port', port);
	}
}
