/** What a URL's answer from Node shows: a table, the first match wins. */
import { readWebUrl } from '../base/web-url';
import { heldRules } from './held-rules';
import type { ReachFacts } from './reach-facts';
import { firstOf, type ReachRule } from './reach-rule';
import type { NodeReachValues } from './reach-values';

/** Node trusts the authorities that Mozilla publishes: these say that the chain ends at another one (OpenSSL verify(1)). */
const NOT_PUBLIC = [
	'SELF_SIGNED_CERT_IN_CHAIN',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
];

const at = ({ host, port }: ReachFacts) => ({ host, port });
const handshakeError = ({ handshake }: ReachFacts) => handshake?.error ?? null;

/** RFC 6585 §6 is for captive portals; one that does not know it sends the browser elsewhere, without TLS as it must. */
function isLoginPage({ answer, host, tls }: ReachFacts): boolean {
	if (answer?.status === 511 || answer?.status === 407) return true;
	const elsewhere = readWebUrl(answer?.location ?? '');
	return !tls && elsewhere !== null && elsewhere.host.toLowerCase() !== host.toLowerCase();
}

const isWebPage = ({ answer }: ReachFacts) => answer?.mediaType === 'text/html';

export const REACH_RULES: readonly ReachRule<ReachFacts, NodeReachValues>[] = [
	{
		id: 'reach-name-not-found',
		then: 'no',
		when: ({ lookup }) => lookup?.error != null,
		values: ({ host, lookup }) => ({ host, error: lookup!.error! })
	},
	{
		id: 'reach-connection-refused',
		then: 'no',
		when: ({ connect }) => connect?.error === 'ECONNREFUSED',
		values: (f) => ({ ...at(f), address: f.connect!.address, afterMs: f.connect!.tookMs })
	},
	{
		id: 'reach-connection-unanswered',
		then: 'no',
		when: ({ connect }) => connect?.error === 'ETIMEDOUT',
		values: (f) => ({ ...at(f), address: f.connect!.address, waitedMs: f.connect!.tookMs })
	},
	{
		id: 'reach-connection-failed',
		then: 'no',
		when: ({ connect }) => connect?.error != null,
		values: (f) => ({ ...at(f), error: f.connect!.error! })
	},
	{
		id: 'reach-certificate-not-public',
		then: 'partly',
		when: (f) => NOT_PUBLIC.includes(handshakeError(f) ?? '') && f.handshake!.chain.length > 0,
		values: (f) => ({ ...at(f), error: handshakeError(f)!, chain: f.handshake!.chain })
	},
	{
		id: 'reach-certificate-wrong',
		then: 'partly',
		when: (f) => handshakeError(f) !== null && f.handshake!.chain.length > 0,
		values: (f) => ({ ...at(f), error: handshakeError(f)!, chain: f.handshake!.chain })
	},
	{
		id: 'reach-tls-failed',
		then: 'no',
		when: (f) => handshakeError(f) !== null,
		values: (f) => ({ ...at(f), error: handshakeError(f)!, afterMs: f.handshake!.tookMs })
	},
	{
		id: 'reach-login-page-signs',
		then: 'partly',
		when: isLoginPage,
		values: (f) => ({ ...at(f), status: f.answer!.status!, location: f.answer!.location })
	},
	{
		id: 'reach-request-unanswered',
		then: 'partly',
		when: ({ answer }) => answer === null || answer.status === null,
		values: (f) => ({ ...at(f), error: f.answer?.error ?? 'not asked', afterMs: f.answer?.tookMs ?? 0 })
	},
	{
		id: 'reach-web-page-answered',
		then: 'partly',
		when: (f) => f.webSocket && f.held === null && isWebPage(f) && f.answer!.status! >= 200 && f.answer!.status! < 300,
		values: (f) => ({ ...at(f), status: f.answer!.status! })
	},
	{
		id: 'reach-web-socket-refused',
		then: 'partly',
		when: ({ webSocket, held }) => webSocket && held === null,
		values: (f) => ({ ...at(f), status: f.answer!.status! })
	},
	...heldRules<ReachFacts>(({ host, port, held }) => held && { host, port, held }),
	{
		id: 'reach-answered',
		then: 'yes',
		when: () => true,
		values: (f) => ({ ...at(f), status: f.answer!.status!, afterMs: f.answer!.tookMs, webPage: isWebPage(f) })
	}
];

export function judgeReach(facts: ReachFacts) {
	return firstOf(REACH_RULES, facts);
}
