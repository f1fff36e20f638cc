/** What stands out in checks of a network that other programs made, in the words of one's own. */
import type { Said, SaidOf } from '../../base/said';
import { networkCheckOf, type NetworkCheck } from '../../nat/network-check';
import type { Finding, QuestionAnswers } from '../conclusion';
import { NETWORK } from '../subject';
import type { View } from '../view';
import type { AnswerValues, SteadyMapping } from './answer-values';
import type { FoundHere } from './findings';
import type { NetworkCheckValues } from './network-check-values';

type Id = keyof NetworkCheckValues;
type NetworkCheckRule = { [K in Id]: Rule<K> }[Id];

interface Rule<K extends Id> {
	id: K;
	severity: Finding['severity'];
	find(check: NetworkCheck): NetworkCheckValues[K] | null;
}

export const NETWORK_CHECK_RULES: readonly NetworkCheckRule[] = [
	{
		id: 'network-check-captive-portal',
		severity: 'problem',
		find: ({ source, captivePortal }) => (captivePortal === true ? { source } : null)
	},
	{
		id: 'network-check-udp-silent',
		severity: 'problem',
		find: ({ source, udp, pings }) =>
			udp === 'no' || udp === 'silent' ? { source, control: udp === 'no', pings: pings === true } : null
	},
	{
		id: 'network-check-needs-turn',
		severity: 'normal',
		find: (check) => needsTurn(check)
	},
	{
		id: 'network-check-udp-works',
		severity: 'normal',
		find: ({ source, udp, seenAs, ipv4, ipv6 }) => (udp === 'yes' ? { source, seenAs, ipv4, ipv6 } : null)
	},
	{
		id: 'network-check-nat',
		severity: 'normal',
		find: ({ source, mapping, filtering }) =>
			mapping === 'unknown' && filtering === 'unknown' ? null : { source, mapping, filtering }
	},
	{
		id: 'network-check-ipv6-silent',
		severity: 'normal',
		find: ({ source, ipv6, systemHasIpv6 }) => (ipv6 === false && systemHasIpv6 === true ? { source } : null)
	},
	{
		id: 'network-check-hairpin',
		severity: 'normal',
		find: ({ source, hairpin }) => (hairpin === 'unknown' ? null : { source, hairpin })
	},
	{
		id: 'network-check-port-mapping',
		severity: 'normal',
		find: ({ source, portMapping }) => {
			const those = (found: boolean) => portMapping.filter((one) => one.found === found).map(({ protocol }) => protocol);
			return portMapping.length > 0 ? { source, found: those(true), absent: those(false) } : null;
		}
	},
	{
		id: 'network-check-nearest',
		severity: 'info',
		find: ({ source, nearest }) => (nearest ? { source, ...nearest } : null)
	}
];

export function networkCheckFindings({ observed }: View): FoundHere[] {
	return observed.seen('imported-stats').flatMap(({ index, data }) => {
		const check = networkCheckOf(data.recording);
		if (!check) return [];
		return NETWORK_CHECK_RULES.flatMap(({ id, severity, find }): FoundHere[] => {
			const values = find(check);
			return values ? [{ rule: id, values: { ...values }, severity, subject: NETWORK, observations: [index] }] : [];
		});
	});
}

/** The rules of the answer `needs-turn`, as far as what another program found goes. */
function needsTurn({ udp, mapping, filtering }: NetworkCheck): NetworkCheckValues['network-check-needs-turn'] | null {
	const need = (says: QuestionAnswers['needs-turn'], because: SaidOf<Pick<AnswerValues, NeedRule>>) => ({
		says,
		because: because as Said
	});
	if (udp === 'no') return need('always', { rule: 'turn-needed-without-udp', values: {} });
	if (mapping === 'unknown') return null;
	if (mapping !== 'none' && mapping !== 'endpoint-independent')
		return need('for-some-peers', { rule: 'turn-needed-mapping-depends', values: { mapping } });
	const steady: SteadyMapping = mapping;
	switch (filtering) {
		case 'unknown':
			return need('unknown', { rule: 'turn-need-unknown-filtering', values: { mapping: steady } });
		case 'address-and-port-dependent':
			return need('for-some-peers', { rule: 'turn-needed-filtering-by-port', values: { mapping: steady } });
		default:
			return need('never', { rule: 'turn-not-needed', values: { mapping: steady, filtering } });
	}
}

type NeedRule =
	| 'turn-needed-without-udp'
	| 'turn-needed-mapping-depends'
	| 'turn-need-unknown-filtering'
	| 'turn-needed-filtering-by-port'
	| 'turn-not-needed';
