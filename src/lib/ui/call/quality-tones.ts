/** How a judgement is shown. */
import type { Judgement } from '../../core/stats/quality';
import type { Tone } from '../tones';

const TONES: Record<Judgement, Tone> = { good: 'fine', fair: 'warning', poor: 'problem', unknown: 'unknown' };

export function qualityTone(judgement: Judgement): Tone {
	return TONES[judgement];
}
