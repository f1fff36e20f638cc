/** The values of what is said of checks of a network by other programs, by rule. */
import type { Said } from '../../base/said';
import type { Filtering, Mapping } from '../../nat/conclusion';
import type { NetworkCheckSource, PortMapper } from '../../nat/network-check';
import type { QuestionAnswers } from '../conclusion';

interface Checked {
	source: NetworkCheckSource;
}

export interface NetworkCheckValues {
	'network-check-udp-works': Checked & { seenAs: string[]; ipv4: boolean | null; ipv6: boolean | null };
	/** `control`: something else got out. */
	'network-check-udp-silent': Checked & { control: boolean; pings: boolean };
	'network-check-ipv6-silent': Checked;
	'network-check-nat': Checked & { mapping: Mapping; filtering: Filtering };
	/** `because`: as an answer of a check says it. */
	'network-check-needs-turn': { says: QuestionAnswers['needs-turn']; because: Said };
	'network-check-hairpin': Checked & { hairpin: 'yes' | 'no' };
	'network-check-port-mapping': Checked & { found: PortMapper[]; absent: PortMapper[] };
	'network-check-captive-portal': Checked;
	'network-check-nearest': Checked & { region: string; latencyMs: number };
}
