/** The second Icelens server that this one may ask: what is said, and how it is said over HTTP. */
import { parseIp } from '../../core/base/ip';
import type { ProberFiltering, ProberMapping, ProberPartner } from '../../core/observations/observation';
import { nodeClock, type Clock } from '../clock';
import { nodeRandom, type Random } from '../node-crypto';
import type { Endpoint } from '../udp';
import { makeSeals, type Seals } from './seals';
import type { Credentials } from './sessions';

export type Trouble = NonNullable<ProberPartner['why']>;

interface Named {
	family: 'ipv4' | 'ipv6';
	page: Credentials;
	/** Our own credentials in the session, which the page was told. */
	own: Credentials;
}

/** What a server may ask its partner for. */
export interface PartnerRequests {
	/** Where are you? */
	hello: object;
	/** Send to a page that has proven to us that it stands at `to`, once from each socket, as far as `packets` go. */
	knock: Named & { to: Endpoint; packets: number; waitMs: number };
	/** The page will write to your first socket: prove your way to it, from your second. */
	control: Named;
	/** The page will write to your sockets: tell where it came from. Nothing is sent. */
	mapping: Named;
}

export interface PartnerAnswers {
	hello: { endpoints: Endpoint[] };
	knock: { knocks: Omit<ProberFiltering['knocks'][number], 'corner'>[] };
	/** `from` is null when nothing of the page arrived; `answered` counts the second socket's. */
	control: { from: Endpoint | null; proven: boolean; sent: number; answered: number; roundTripMs: number | null };
	mapping: { seen: Omit<ProberMapping['seen'][number], 'corner'>[] };
}

export type PartnerKind = keyof PartnerRequests;
export type Heard<T> = { ok: true; value: T } | { ok: false; why: Trouble };

export interface Partner {
	/** Its host, without port and brackets. */
	name: string;
	ask<K extends PartnerKind>(kind: K, request: PartnerRequests[K], patienceMs: number): Promise<Heard<PartnerAnswers[K]>>;
}

/** Carries one sealed request and its answer; rejects when nothing comes of it. */
export type PartnerLine = (
	authorization: string,
	body: string,
	patienceMs: number
) => Promise<{ status: number; proof: string | null; body: string }>;

const WHY: readonly string[] = ['clock', 'no-family', 'busy'] satisfies Trouble[];

/** `seals` are those that this server's own door checks with, so that nothing of ours is taken when it comes back. */
export function makePartner(name: string, seals: Seals, line: PartnerLine): Partner {
	return {
		name,
		async ask(kind, request, patienceMs) {
			const body = JSON.stringify({ kind, ...request });
			const { authorization, nonce } = seals.request(body);
			let heard: Awaited<ReturnType<PartnerLine>>;
			try {
				heard = await line(authorization, body, patienceMs);
			} catch {
				return { ok: false, why: 'unreachable' };
			}
			// What is not sealed may come from anybody on the way, and says no more than that it was of no use.
			if (!seals.isAnswer(heard.proof, nonce, heard.status, heard.body))
				return { ok: false, why: heard.status === 401 ? 'refused' : 'unreachable' };
			const answer = parsed(heard.body);
			// Sealed, but not understood: another version.
			if (heard.status === 200)
				return FORMS[kind](answer)
					? { ok: true, value: answer as unknown as PartnerAnswers[typeof kind] }
					: { ok: false, why: 'unreachable' };
			return { ok: false, why: WHY.includes(String(answer.why)) ? (answer.why as Trouble) : 'refused' };
		}
	};
}

type Fields = Record<string, unknown>;

function parsed(text: string): Fields {
	try {
		return Object(JSON.parse(text)) as Fields;
	} catch {
		return {};
	}
}

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isMs = (value: unknown) => value === null || (typeof value === 'number' && value >= 0);
function isEndpoint(value: unknown): boolean {
	const { address, port } = Object(value) as Fields;
	return typeof address === 'string' && parseIp(address) !== null && isCount(port);
}
const areAll = (values: unknown, is: (value: Fields) => boolean) =>
	Array.isArray(values) && values.every((value) => is(Object(value) as Fields));

/** What an answer has to look like, so that a partner of another version cannot upset this server. */
const FORMS: Record<PartnerKind, (answer: Fields) => boolean> = {
	hello: ({ endpoints }) => areAll(endpoints, isEndpoint),
	knock: ({ knocks }) =>
		areAll(
			knocks,
			({ from, sent, answered, firstAnswerMs }) => isEndpoint(from) && isCount(sent) && isCount(answered) && isMs(firstAnswerMs)
		),
	control: ({ from, proven, sent, answered, roundTripMs }) =>
		(from === null || isEndpoint(from)) &&
		typeof proven === 'boolean' &&
		isCount(sent) &&
		isCount(answered) &&
		isMs(roundTripMs) &&
		(!proven || roundTripMs !== null),
	mapping: ({ seen }) => areAll(seen, ({ at, from }) => isEndpoint(at) && (from === null || isEndpoint(from)))
};

/** Its answers are short; more than this is not one. */
const ANSWER_BYTES = 8192;

/** `base`: the partner's URL as its visitors know it. */
export function partnerByHttp(
	base: string,
	secret: string,
	{ clock = nodeClock, random = nodeRandom }: { clock?: Clock; random?: Random } = {}
): { partner: Partner; seals: Seals } {
	const url = `${base.replace(/\/+$/, '')}/api/nat/partner`;
	const seals = makeSeals(secret, clock, random);
	const line: PartnerLine = async (authorization, body, patienceMs) => {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization },
			body,
			// The secret's proof is for this server alone.
			redirect: 'error',
			signal: AbortSignal.timeout(patienceMs)
		});
		const text = await readAtMost(response, ANSWER_BYTES);
		return { status: response.status, proof: response.headers.get('x-icelens-proof'), body: text };
	};
	return { partner: makePartner(new URL(base).hostname.replace(/^\[|\]$/g, ''), seals, line), seals };
}

async function readAtMost(response: Response, bytes: number): Promise<string> {
	const parts: Uint8Array[] = [];
	let length = 0;
	for await (const part of response.body ?? []) {
		length += part.length;
		if (length > bytes) throw new Error('The answer is too long.');
		parts.push(part);
	}
	return Buffer.concat(parts).toString();
}
