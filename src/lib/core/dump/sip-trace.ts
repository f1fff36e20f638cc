/**
 * SIP messages in what was pasted: one, a dialog, or a log of them. The roles of the descriptions in them follow from
 * method and CSeq (RFC 3264 §4, RFC 3261 §13.2.1, RFC 3262 §5, RFC 3311 §5).
 */
import { count } from '../base/format';
import { found, given, nothing, roleIn, type GivenDescription, type Recognised } from './recognised';
import { shapeOf, type Place } from './unwrap';
import type { Role } from '../sdp/text/description';

interface SipMessage {
	/** Of a request; null for a response. */
	method: string | null;
	status: number | null;
	startLine: string;
	call: string;
	/** Number and method of the transaction. */
	number: number;
	of: string;
	/** The number of the INVITE that a PRACK acknowledges a response to. */
	acknowledges: number | null;
	body: { text: string; places: Place[] } | null;
}

const START =
	/^(.{0,200}?)((INVITE|UPDATE|ACK|PRACK|BYE|CANCEL|OPTIONS|REGISTER|SUBSCRIBE|NOTIFY|REFER|INFO|MESSAGE|PUBLISH) [^\s"]{1,500} SIP\/2\.0|SIP\/2\.0 ([1-6]\d\d)(?: [^\r\n]*)?)$/;
/** What ends a body beside a blank line: a multipart boundary, or the next line of the log. */
const OUTSIDE = /^(?:[<>=#+*-]{2,}|[[<(]|\d{2,4}[-:/.]\d|[A-Z][a-z]{2} {1,2}\d|[UT] \d)/;

/** Null where it is no trace of SIP. */
export function fromSip(text: string): Recognised | null {
	const messages = messagesIn(text);
	if (messages.length === 0) return null;
	const withBody = messages.filter(({ body }) => body !== null);
	if (messages.length === 1) {
		const [{ startLine, body, method }] = messages as [SipMessage];
		if (body === null) return nothing('sip', 'A SIP message without a session description in it.');
		const role = roleIn(body.text) ?? (method === null || method === 'ACK' ? 'answer' : 'offer');
		const words = `A SIP message (${startLine.slice(0, 60)}); its body is a session description.`;
		return found('sip', words, [given(body.text, role, body.places)]);
	}
	if (withBody.length === 0) return nothing('sip', `${messages.length} SIP messages without a session description in them.`);
	const calls = [...new Set(withBody.map(({ call }) => call))];
	const descriptions: GivenDescription[] = [];
	let refused = 0;
	for (const [index, call] of calls.entries()) {
		const inCall = describedIn(messages.filter((each) => each.call === call));
		refused += inCall.refused;
		for (const { message, role } of inCall.described) {
			const { number, of, startLine, method, body } = message;
			const name = method ?? `${startLine.replace(/^SIP\/2\.0 /, '').slice(0, 30)} to ${of}`;
			const label = `${calls.length > 1 ? `call ${index + 1}: ` : ''}${role} (${name}, CSeq ${number})`;
			const peer = calls.length > 1 ? `call ${index + 1}` : null;
			descriptions.push({ ...given(body!.text, role, body!.places, label), peer });
		}
	}
	const among = calls.length > 1 ? ` of ${calls.length} calls` : '';
	const left =
		refused > 0 ? ` ${count(refused, 'offer')} refused by the other side ${refused === 1 ? 'is' : 'are'} left out.` : '';
	const words = `${messages.length} SIP messages with ${count(descriptions.length, 'session description')}${among}, offers and answers told apart by method and CSeq.${left}`;
	return found('sip', words, descriptions);
}

interface Transaction {
	/** Who made the offer in it: the request, a response to it, or nobody yet. */
	offered: 'request' | 'response' | null;
	final: number | null;
	bodies: Set<string>;
}

/** The descriptions of one call in their order, without what was sent again and without offers that were refused. */
function describedIn(messages: readonly SipMessage[]) {
	const transactions = new Map<string, Transaction>();
	const transactionOf = (number: number, method: string): Transaction => {
		const key = `${number} ${method}`;
		if (!transactions.has(key)) transactions.set(key, { offered: null, final: null, bodies: new Set() });
		return transactions.get(key)!;
	};
	const seen: { message: SipMessage; role: Role; transaction: Transaction }[] = [];
	for (const message of messages) {
		const { method, status, number, of, body } = message;
		const own = transactionOf(number, of);
		if (status !== null && status >= 200) own.final ??= status;
		if (body === null || own.bodies.has(`${method === null} ${body.text}`)) continue;
		own.bodies.add(`${method === null} ${body.text}`);
		const invite = method === 'ACK' ? number : method === 'PRACK' ? message.acknowledges : null;
		const answered = invite === null ? null : transactionOf(invite, 'INVITE');
		let role: Role;
		if (answered?.offered === 'response' || method === 'ACK') role = 'answer';
		else if (method !== null) [role, own.offered] = ['offer', 'request'];
		else if (own.offered === 'request') role = 'answer';
		else if (messages.some((each) => each.method === of && each.number === number)) [role, own.offered] = ['offer', 'response'];
		// The request is not in the trace: what a response has is an answer more often than not, unless its text says otherwise.
		else role = roleIn(body.text) ?? 'answer';
		seen.push({ message, role, transaction: own });
	}
	// An offer in a request that was refused changes nothing (RFC 3261 §14.1): a request with credentials follows a 401.
	const described = seen.filter(({ transaction: { final, offered } }) => offered !== 'request' || final === null || final < 300);
	return described.length === 0
		? { described: seen, refused: 0 }
		: { described, refused: seen.filter((each) => each.role === 'offer' && !described.includes(each)).length };
}

function messagesIn(text: string): SipMessage[] {
	const lines = text.replace(/^\ufeff/, '').match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
	const plain = lines.map((line) => line.replace(/[\r\n]+$/, ''));
	const starts: { at: number; match: RegExpExecArray; dotted: boolean }[] = [];
	plain.forEach((line, at) => {
		if (!line.includes('SIP/2.0')) return;
		// ngrep writes a dot for each carriage return.
		const dotted = line.endsWith('.') && plain[at + 1]?.endsWith('.') === true;
		const match = START.exec(dotted ? line.slice(0, -1) : line.trimEnd());
		if (match) starts.push({ at, match, dotted });
	});
	return starts.flatMap(({ at, match, dotted }, index) => {
		const prefix = match[1]!;
		const own = lines.slice(at, starts[index + 1]?.at).map((line, offset) => {
			const cut = offset === 0 ? prefix.length : prefixLength(line, prefix);
			const rest = line.slice(cut);
			return { text: dotted ? rest.replace(/\.(?=[\r\n]*$)/, '') : rest, place: { line: at + offset + 1, column: cut + 1 } };
		});
		return messageOf(match, own);
	});
}

type Line = { text: string; place: Place };

/** None where what follows is no header: a log only names the message. */
function messageOf(match: RegExpExecArray, lines: readonly Line[]): SipMessage[] {
	const bodyAt = lines.findIndex(({ text }) => /^v=0\s*$/.test(text));
	const head = lines.slice(0, bodyAt < 0 ? undefined : bodyAt);
	const header = (name: string) => {
		const pattern = new RegExp(`^\\s*(?:${name})\\s*:\\s*(.*?)\\s*$`, 'i');
		return head.map(({ text }) => pattern.exec(text)?.[1]).find((value) => value !== undefined) ?? null;
	};
	const sequence = /^(\d+)\s+([A-Z]+)/.exec(header('CSeq') ?? '');
	if (sequence === null && header('Via|v') === null && header('Content-Type|c') === null) return [];
	const [, , startLine, method = null, status = null] = match as unknown as [string, string, string, string?, string?];
	return [
		{
			method,
			status: status === null ? null : Number(status),
			startLine: startLine.trim(),
			call: header('Call-ID|i') ?? '',
			number: Number(sequence?.[1] ?? 0),
			of: sequence?.[2] ?? method ?? 'INVITE',
			acknowledges: method === 'PRACK' ? Number(/^\d+\s+(\d+)/.exec(header('RAck') ?? '')?.[1] ?? Number.NaN) : null,
			body: bodyAt < 0 ? null : bodyOf(lines.slice(bodyAt))
		}
	];
}

function bodyOf(lines: readonly Line[]): SipMessage['body'] {
	const end = lines.findIndex(({ text }) => text.trim() === '' || (OUTSIDE.test(text) && !/^[a-z]=/.test(text)));
	const own = end < 0 ? lines : lines.slice(0, end);
	return { text: own.map(({ text }) => text).join(''), places: own.map(({ place }) => place) };
}

/** How much of a line is the prefix of its message, whose times and numbers may differ. */
function prefixLength(line: string, prefix: string): number {
	if (prefix === '' || line.startsWith(prefix)) return prefix.length;
	const shape = shapeOf(prefix);
	for (let length = Math.max(1, prefix.length - 6); length <= prefix.length + 6 && length <= line.length; length++)
		if (shapeOf(line.slice(0, length)) === shape && shapeOf(line.slice(0, length + 1)) !== shape) return length;
	return 0;
}
