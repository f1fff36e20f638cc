/** What `icelens nat` found, as text for people. */
import type { Family } from '../lib/core/base/ip';
import { ENGLISH } from '../lib/core/messages/en/english';
import type { Language } from '../lib/core/messages/language';
import type { Because } from '../lib/core/nat/conclusion';
import type { DiscoveryConclusion } from '../lib/core/nat/discovery';
import type { Discovery } from '../lib/core/nat/discovery-facts';
import type { Layers } from '../lib/core/nat/gateway';
import type { DiscoveryFinding } from '../lib/core/nat/discovery-findings';
import type { GatewayAsked } from '../lib/core/nat/gateway-facts';
import type { HopFacts } from '../lib/core/nat/hop-facts';
import type { NatPlace } from '../lib/core/nat/hop-rules';
import type { judgeInterfaces, LocalAddress } from '../lib/core/nat/interface-findings';
import type { DiscoveryAnswer } from '../lib/core/verdict/check/discovery-answers';
import { terminalOf, wrap, type Terminal } from './terminal';

export interface MeasuredNat {
	family: Family;
	/** Null where the system chose the address. */
	from: LocalAddress | null;
	conclusion: DiscoveryConclusion;
	answers: DiscoveryAnswer[];
	observed: Discovery;
	/** What the own router said; null where it was not asked. */
	gateway: { layers: Layers; because: Because; observed: GatewayAsked } | null;
	/** Where on the path the NAT is; null where it was not asked for. */
	place: { says: NatPlace; because: Because; observed: HopFacts } | null;
}
export type NatFindings = ReturnType<typeof judgeInterfaces>;

export function natText(
	server: string,
	measured: readonly MeasuredNat[],
	{ own, between }: NatFindings,
	{ say, vocabulary, terminal: words }: Language = ENGLISH,
	{ columns, paint }: Terminal = terminalOf(process.stdout, process.env)
): string {
	const found = ({ severity, ...said }: DiscoveryFinding) => wrap(say(said), columns, `  ${severity}: `);
	const blocks = measured.map(({ family, from, conclusion, answers, gateway, place }, i) => {
		const { mapping, filtering, hairpin, portPattern, because, lifetime } = conclusion;
		const field = (name: string, value: string) => `  ${paint('bold', name)} ${value.replaceAll('-', ' ')}`;
		const { natFields: names } = words;
		const lines = [
			paint('bold', words.askedOf(vocabulary.families[family], server)) +
				(from ? ` ${words.askedFrom(from.address, from.name)}` : ''),
			...answers.flatMap((answer) => {
				const { question, says } = vocabulary.answers[answer.question] as { question: string; says: Record<string, string> };
				return [`  ${paint('bold', question)} ${says[answer.says]}`, wrap(say(answer), columns, '    ')];
			}),
			...(['mapping', 'filtering', 'hairpin', 'portPattern'] as const).flatMap((name) => [
				field(names[name], { mapping, filtering, hairpin, portPattern }[name]),
				wrap(say(because[name]), columns, '    ')
			])
		];
		const lasts = words.lifetimes(lifetime);
		if (lasts !== '') lines.push(`  ${paint('bold', words.lifetime)} ${lasts}`);
		if (gateway) lines.push(field(names.layers, gateway.layers), wrap(say(gateway.because), columns, '    '));
		if (place) lines.push(field(words.natPlace, place.says), wrap(say(place.because), columns, '    '));
		return [...lines, ...own[i]!.map(found)].join('\n');
	});
	return `${[...blocks, ...between.map(found)].join('\n\n')}\n`;
}
