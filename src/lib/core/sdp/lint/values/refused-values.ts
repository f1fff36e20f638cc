/** What rules about values that browsers refuse found. */
import type { NamedSection } from './section-values';

export interface RefusedValues {
	'candidate-transport': { transport: string };
	'candidate-number': { extension: string; value: string | null };
	'extension-levels': { section: NamedSection };
	'number-too-large': { number: number; what: 'bandwidth' | 'message-size' } | { clockRateHz: number };
	'msid-empty': { missing: 'stream' | 'track' };
	'rid-restriction': { kind: 'tab' } | { kind: 'name' | 'value' | 'number'; restriction: string };
	'audio-sources': { source: string; first: string; firstLine: number };
	'user-name-long': { characters: number };
}
