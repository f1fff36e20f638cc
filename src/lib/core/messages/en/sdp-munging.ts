/** What was changed before a description was set, in English. Titles and advice of the kinds are those of compare/munging-table. */
import { MUNGING } from '../../sdp/compare/munging-table';
import type { MungingValues } from '../../sdp/lint/values/munging-values';
import type { SdpMessagesOf } from '../sdp-language';

const CALLS = { 'create-offer': 'createOffer', 'create-answer': 'createAnswer' } as const;

export const SDP_MUNGING: SdpMessagesOf<keyof MungingValues> = {
	munging: {
		title: 'A description that was changed before it was set',
		advice:
			'Set a description as it was created (RFC 9429 forbids another), and use the settings of transceivers, senders and the connection.',
		sentence: ({ kind, by, created, now }) => {
			const entry = MUNGING.find((each) => each.kind === kind);
			const what = entry ? `${entry.title}: ` : '';
			const call = by === null ? 'The created description' : CALLS[by];
			const gave = by === null ? 'had' : 'gave';
			const change =
				created === null
					? by === null
						? `The created description does not have "${now}".`
						: `${call} did not give "${now}".`
					: now === null
						? `${call} ${gave} "${created.text}" (line ${created.line} there), which was left out.`
						: `${call} ${gave} "${created.text}" (line ${created.line} there), and "${now}" was set.`;
			return `${what}${change}${entry ? ` ${entry.advice}` : ''}`;
		}
	}
};
