/** What a link to the workbench holds: the descriptions, by default without what identifies a network or a person. */
import { makePseudonyms } from '../../core/base/pseudonyms';
import { redactDescription } from '../../core/sdp/text/redact';
import type { Placed, SdpInput } from './inputs';
import type { SharedSdp } from './link';

/** Of a recording the descriptions of one connection; of everything else all there is. */
export function sharedTexts(inputs: readonly SdpInput[], placed: readonly Placed[], chosen: number, redacted: boolean) {
	const pseudonyms = makePseudonyms();
	const peer = placed[chosen]?.given.peer ?? null;
	const texts: SharedSdp['texts'] = inputs.flatMap((input) => {
		const own = placed.filter((each) => each.input === input && (!input.held || each.given.peer === peer));
		// What holds no description is shared as it is: candidates, an error message.
		if (own.length === 0)
			return input.held || input.text.trim() === '' ? [] : [{ text: input.text, role: input.role, name: null }];
		// File names say who and what: they stay out of a link that is to say neither.
		return own.map(({ given }) => ({ text: given.text, role: given.role, name: redacted ? null : input.name }));
	});
	if (!redacted) return texts;
	// One set of placeholders for all, so that what belongs together still does.
	return texts.map((each) => ({ ...each, text: redactDescription(each.text, pseudonyms) }));
}

/** How many lines the placeholders changed. */
export function changedLines(before: SharedSdp['texts'], after: SharedSdp['texts']): number {
	return before.reduce((sum, { text }, index) => {
		const now = (after[index]?.text ?? '').split('\n');
		return sum + text.split('\n').filter((line, at) => line !== now[at]).length;
	}, 0);
}
