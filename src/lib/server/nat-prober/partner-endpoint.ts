/** Serves the partner's requests: only those signed with the shared secret, and only within rules 9 to 12. */
import { parseIp, scopeOf } from '../../core/base/ip';
import { readJson } from '../../core/base/schema';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';
import { makeBucket } from '../token-bucket';
import { makeRateLimiter } from '../turn/limits';
import type { Endpoint } from '../udp';
import { partnerRequest, type PartnerAnswers, type PartnerKind, type PartnerRequest } from './partner';
import type { Prober } from './prober';
import type { MessageSigner } from './message-signer';

/** Credentials and an address; nothing longer is read. */
export const PARTNER_BODY_BYTES = 1024;
/** Rule 11: requests a second, all kinds together. */
const REQUESTS_PER_S = 100;
/** Rule 11: requests for probes a second towards one address (IPv6: one /64), with a burst of ten seconds' worth: some eight pages behind one NAT. */
const PER_TARGET_PER_S = 6;
/** How long an answer to a probe is waited for at most, ms. */
const WAIT_MS = 2500;

export interface PartnerResponse {
	status: number;
	body: string;
	/** Null where the request did not prove knowledge of the secret. */
	proof: string | null;
}

export interface PartnerEndpoint {
	answer(authorization: string | null, body: string): Promise<PartnerResponse>;
}

type Result = { status: 200; answer: PartnerAnswers[PartnerKind] } | { status: 400 | 404 | 429; answer: { why: string } };

export function makePartnerEndpoint(prober: Prober, signer: MessageSigner, clock: Clock, random: Random): PartnerEndpoint {
	const takeRequest = makeBucket(clock, { burst: REQUESTS_PER_S, perS: REQUESTS_PER_S });
	const mayProbe = makeRateLimiter(PER_TARGET_PER_S, clock, random);

	async function serve(body: string): Promise<Result> {
		const asked = read(body);
		if (!asked) return { status: 400, answer: { why: 'form' } };
		if (!takeRequest(1)) return { status: 429, answer: { why: 'busy' } };
		if (asked.kind === 'hello')
			return {
				status: 200,
				answer: { endpoints: (['ipv4', 'ipv6'] as const).flatMap((family) => prober.forPartner.endpoints(family)) }
			};
		const here = prober.forPartner.endpoints(asked.family);
		if (here.length === 0) return { status: 404, answer: { why: 'no-family' } };
		if (asked.kind === 'probe') {
			const { to, packets, waitMs } = asked;
			// Rule 10.
			if (!isPage(to, here, prober.endpoints)) return { status: 400, answer: { why: 'target' } };
			if (!mayProbe(to.address)) return { status: 429, answer: { why: 'busy' } };
			return { status: 200, answer: { probes: await prober.forPartner.probe(asked, to, packets, Math.min(waitMs, WAIT_MS)) } };
		}
		const opened = prober.forPartner.open(
			asked.kind === 'control' ? 'filtering' : 'mapping',
			asked.family,
			asked.page,
			asked.own
		);
		if (!opened.ok) return { status: 429, answer: { why: 'busy' } };
		const result = await prober.result(opened.value.id);
		if (result === null || 'check' in result) return { status: 429, answer: { why: 'busy' } };
		if ('seen' in result)
			return { status: 200, answer: { seen: here.map((at, i) => ({ at, from: result.seen[i]?.from ?? null })) } };
		const second = result.probes.find(({ position }) => position === 'other-port');
		return {
			status: 200,
			answer: {
				from: result.mapped,
				proven: result.proven,
				sent: second?.sent ?? 0,
				answered: second?.answered ?? 0,
				roundTripMs: result.roundTripMs
			}
		};
	}

	return {
		async answer(authorization, body) {
			const checked = signer.check(authorization, body);
			const nonce = checked.ok ? checked.nonce : checked.clockOf;
			// Rule 9: without a reason.
			if (nonce === null) return { status: 401, body: '{}', proof: null };
			const { status, answer } = checked.ok ? await serve(body) : { status: 401, answer: { why: 'clock' } };
			const text = JSON.stringify(answer);
			return { status, body: text, proof: signer.answer(nonce, status, text) };
		}
	};
}

/** Ports below this belong to servers, and NATs do not map a page's socket to one of them (RFC 4787 §4.2.2). */
const FIRST_PAGE_PORT = 1024;

/**
 * Rule 10: an address that is not ours and that a page may have. A private one only where this server has a private address itself:
 * a page outside cannot have it, and hosts of the private network must not be probed on its behalf.
 */
function isPage({ address, port }: Endpoint, here: readonly Endpoint[], own: readonly Endpoint[]): boolean {
	const scope = scopeOf(parseIp(address)!);
	if (port < FIRST_PAGE_PORT || address.startsWith('::ffff:') || own.some((each) => each.address === address)) return false;
	if (['unspecified', 'loopback', 'link-local', 'multicast', 'broadcast', 'reserved'].includes(scope)) return false;
	const outside = (each: string) => each === 'global' || each === 'documentation';
	return outside(scope) || !outside(scopeOf(parseIp(here[0]!.address)!));
}

/** Null for an invalid request, also for one whose `to` is of another family than `family`. */
function read(text: string): PartnerRequest | null {
	const asked = readJson(partnerRequest, text, 'The request');
	if (!asked.ok) return null;
	const request = asked.value;
	return request.kind === 'probe' && parseIp(request.to.address)!.family !== request.family ? null : request;
}
