/** The calls of a report as text: how each ended, how good it was, and the mean opinion score of each direction. */
import type { Language } from '../lib/core/messages/language';
import { qualityTone } from '../lib/core/report/tones';
import type { Conclusions } from '../lib/core/verdict/conclusion';
import { TONE_COLOURS, wrap, type Terminal } from './terminal';

export function callsText({ calls }: Conclusions, { say, terminal: words }: Language, { columns, paint }: Terminal): string {
	if (calls.length === 0) return '';
	const lines = calls.flatMap((call) => {
		const { quality, mos } = call;
		const overall = quality
			? [`    ${words.quality}: ${paint(TONE_COLOURS[qualityTone(quality.overall)], words.judgements[quality.overall])}`]
			: [];
		const said = [...(quality?.items ?? []), ...mos].map((one) => wrap(say(one), columns, '    - '));
		return [wrap(say(call), columns, '  '), ...overall, ...said];
	});
	return [paint('bold', words.calls), ...lines].join('\n');
}
