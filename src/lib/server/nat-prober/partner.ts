/** The second Icelens server that this one may ask: the messages between them, and how they are carried over HTTP. */
import * as v from 'valibot';
import { formatIp, parseIp } from '../../core/base/ip';
import { byField, listOf, number, object, oneOf, readJson, text, whole, yesOrNo } from '../../core/base/schema';
import { unbracketed } from '../../core/base/web-url';
import { iceCredentials } from '../../core/nat/prober-messages';
import type { ProberPartner } from '../../core/observations/observation';
import { nodeClock, type Clock } from '../clock';
import { nodeRandom, type Random } from '../node-crypto';
import { makeMessageSigner, type MessageSigner } from './message-signer';

export type Trouble = NonNullable<ProberPartner['why']>;

/** In canonical form (RFC 5952), so that two of them can be compared as text. */
const address = v.pipe(
	text,
	v.check((written) => parseIp(written) !== null, 'an IP address'),
	v.transform((written) => formatIp(parseIp(written)!))
);
const endpoint = object({ address, port: whole });
const atMost = (most: number) =>
	v.pipe(whole, v.minValue(1, `a whole number from 1 to ${most}`), v.maxValue(most, `a whole number from 1 to ${most}`));
const ms = v.pipe(number, v.minValue(0, 'a number from 0 up'));

const named = {
	family: oneOf('ipv4', 'ipv6'),
	page: iceCredentials,
	/** The asking server's own credentials in the session, which the page was told. */
	own: iceCredentials
};

/** What a server may ask its partner for. */
const REQUESTS = {
	/** Asks for the partner's endpoints. */
	hello: object({ kind: v.literal('hello') }),
	/** Asks for probes to a page that has proven to us that it receives at `to`: one from each socket, at most `packets`. */
	probe: object({
		kind: v.literal('probe'),
		...named,
		to: object({ address, port: atMost(65_535) }),
		packets: atMost(2),
		waitMs: atMost(60_000)
	}),
	/** The positive control: the page will write to the partner's first socket, and probes from the second have to arrive. */
	control: object({ kind: v.literal('control'), ...named }),
	/** The page will write to the partner's sockets; asks for the source addresses seen there. Nothing is sent to the page. */
	mapping: object({ kind: v.literal('mapping'), ...named })
};
export const partnerRequest = byField('kind', Object.values(REQUESTS));
export type PartnerRequest = v.InferOutput<typeof partnerRequest>;
export type PartnerRequests = { [K in keyof typeof REQUESTS]: Omit<v.InferOutput<(typeof REQUESTS)[K]>, 'kind'> };

/** What an answer has to look like, so that a partner of another version cannot upset this server. */
export const PARTNER_ANSWERS = {
	hello: object({ endpoints: listOf(endpoint) }),
	probe: object({
		probes: listOf(object({ from: endpoint, sent: whole, answered: whole, firstAnswerMs: v.nullable(ms) }))
	}),
	/** `from` is null when nothing of the page arrived; `answered` counts the second socket's. */
	control: v.pipe(
		object({ from: v.nullable(endpoint), proven: yesOrNo, sent: whole, answered: whole, roundTripMs: v.nullable(ms) }),
		v.check(({ proven, roundTripMs }) => !proven || roundTripMs !== null, 'an answer that has a round trip where it is proven')
	),
	mapping: object({ seen: listOf(object({ at: endpoint, from: v.nullable(endpoint) })) })
};
export type PartnerAnswers = { [K in keyof typeof PARTNER_ANSWERS]: v.InferOutput<(typeof PARTNER_ANSWERS)[K]> };

/** Why the partner refuses; any text, since other versions may have other reasons. */
export const partnerRefusal = object({ why: text });

export type PartnerKind = keyof PartnerRequests;
export type Heard<T> = { ok: true; value: T } | { ok: false; why: Trouble };

export interface Partner {
	/** Its host, without port and brackets. */
	name: string;
	ask<K extends PartnerKind>(kind: K, request: PartnerRequests[K], patienceMs: number): Promise<Heard<PartnerAnswers[K]>>;
}

/** Carries one signed request and its answer; rejects when there is no answer. */
export type PartnerLine = (
	authorization: string,
	body: string,
	patienceMs: number
) => Promise<{ status: number; proof: string | null; body: string }>;

const WHY = ['clock', 'no-family', 'busy'] as const satisfies readonly Trouble[];

/** `signer` is the one that this server checks incoming requests with, so that a request of ours that is replayed to us is refused. */
export function makePartner(name: string, signer: MessageSigner, line: PartnerLine): Partner {
	return {
		name,
		async ask(kind, request, patienceMs) {
			const body = JSON.stringify({ kind, ...request });
			const { authorization, nonce } = signer.request(body);
			let heard: Awaited<ReturnType<PartnerLine>>;
			try {
				heard = await line(authorization, body, patienceMs);
			} catch {
				return { ok: false, why: 'unreachable' };
			}
			// An unsigned answer may come from anybody on the path: nothing in it is believed.
			if (!signer.isAnswer(heard.proof, nonce, heard.status, heard.body))
				return { ok: false, why: heard.status === 401 ? 'refused' : 'unreachable' };
			if (heard.status === 200) {
				const schema = PARTNER_ANSWERS[kind] as v.GenericSchema as v.GenericSchema<PartnerAnswers[typeof kind]>;
				const answer = readJson(schema, heard.body, 'The answer');
				// Signed, but not understood: another version.
				return answer.ok ? answer : { ok: false, why: 'unreachable' };
			}
			const refusal = readJson(partnerRefusal, heard.body, 'The answer');
			const why = refusal.ok && WHY.find((each) => each === refusal.value.why);
			return { ok: false, why: why || 'refused' };
		}
	};
}

/** Answers are short; a longer one is not read. */
const ANSWER_BYTES = 8192;

/** `base`: the partner's URL as its visitors know it. */
export function partnerByHttp(
	base: string,
	secret: string,
	{ clock = nodeClock, random = nodeRandom }: { clock?: Clock; random?: Random } = {}
): { partner: Partner; signer: MessageSigner } {
	const url = `${base.replace(/\/+$/, '')}/api/nat/partner`;
	const signer = makeMessageSigner(secret, clock, random);
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
	return { partner: makePartner(unbracketed(new URL(base).hostname), signer, line), signer };
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
