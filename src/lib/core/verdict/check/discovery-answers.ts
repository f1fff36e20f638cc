/**
 * What a server with two addresses (RFC 5780) shows of the questions that a check answers, by the check's own rules: one server, no
 * browser, and nothing about TURN servers.
 */
import { formatEndpoint, isOutside, mayBeNeighbours, scopeOfText, type Family } from '../../base/ip';
import { bare, type Said, type SaidOf } from '../../base/said';
import type { DiscoveryConclusion } from '../../nat/discovery';
import type { Discovery } from '../../nat/discovery-facts';
import type { QuestionAnswers } from '../conclusion';
import type { NeedsTurnValues, UdpUsableValues } from './answer-values';

type Answered =
	| ({ question: 'udp-usable'; says: QuestionAnswers['udp-usable'] } & SaidOf<UdpUsableValues>)
	| ({ question: 'needs-turn'; says: QuestionAnswers['needs-turn'] } & SaidOf<NeedsTurnValues>);

export interface DiscoveryAnswer extends Said {
	question: Answered['question'];
	says: Answered['says'];
}

export function discoveryAnswers(family: Family, seen: Discovery, concluded: DiscoveryConclusion): DiscoveryAnswer[] {
	const udp = udpUsable(seen);
	// Whether calls need TURN goes by IPv4, which most peers have.
	const answers = family === 'ipv4' ? [udp, needsTurn(udp, concluded)] : [udp];
	return answers.map(({ question, says, rule, values }) => ({ question, says, rule, values: { ...values } }));
}

function udpUsable(seen: Discovery): Answered {
	const { server, local, first } = seen;
	const question = 'udp-usable';
	const urls = [`stun:${formatEndpoint(server.address, server.port)}`];
	if (!first.answer)
		return { question, says: 'unknown', rule: 'udp-one-silent-server', values: { urls, silentForMs: first.tookMs } };
	if (!isOutside(scopeOfText(server.address)))
		return { question, says: 'unknown', rule: 'udp-only-local-servers', values: { urls } };
	const own = [local.address, first.answer.mapped?.address ?? null];
	if (own.some((address) => mayBeNeighbours(address, server.address)) || !own.some((address) => isOutside(scopeOfText(address))))
		return { question, says: 'unknown', rule: 'udp-answered-from-somewhere', values: { urls, each: true } };
	return { question, says: 'yes', rule: 'udp-answered-from-outside', values: { urls, quickestMs: first.tookMs } };
}

function needsTurn(udp: Answered, { mapping, filtering, because }: DiscoveryConclusion): Answered {
	const question = 'needs-turn';
	const unknown = (why: NeedsTurnValues['turn-need-unknown-mapping']['because']): Answered => ({
		question,
		says: 'unknown',
		rule: 'turn-need-unknown-mapping',
		values: { because: why }
	});
	if (udp.says !== 'yes') return unknown({ kind: 'udp-not-known' });
	if (mapping === 'unknown') return unknown({ kind: 'mapping', mapping: bare(because.mapping) });
	if (mapping !== 'none' && mapping !== 'endpoint-independent')
		return { question, says: 'for-some-peers', rule: 'turn-needed-mapping-depends', values: { mapping } };
	if (filtering === 'unknown') return { question, says: 'unknown', rule: 'turn-need-unknown-filtering', values: { mapping } };
	return filtering === 'address-and-port-dependent'
		? { question, says: 'for-some-peers', rule: 'turn-needed-filtering-by-port', values: { mapping } }
		: { question, says: 'never', rule: 'turn-not-needed', values: { mapping, filtering } };
}
