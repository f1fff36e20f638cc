/** What was done during a call or happened to it, in English: one sentence for each mark. */
import { duration } from '../../base/format';
import { entryOf } from '../../base/record';
import type { CallMarkValues } from '../../observations/call-mark-values';
import type { CallMark } from '../../observations/observation';
import { endingText } from './calls';
import { callPathName } from './path-names';

const CALL_MARKS: { readonly [Kind in keyof CallMarkValues]: (values: CallMarkValues[Kind]) => string } = {
	connected: () => 'Both ends are connected.',
	'ice-restart': () => 'ICE was restarted.',
	'path-switch': ({ path }) => `A switch of the path was requested: ${callPathName(path)}.`,
	refused: (values) =>
		'path' in values
			? `The two ends did not connect over ${callPathName(values.path)}; the call stays where it was.`
			: values.browserSaid,
	'device-lost': ({ device }) =>
		`The ${device} is gone; a synthetic ${device === 'camera' ? 'picture' : 'tone'} takes its place.`,
	interrupted: ({ silentMs }) => `Nothing came through for ${duration(silentMs)}.`,
	resumed: () => 'The path works again.',
	pause: ({ heldMs }) => `The page was held still for ${duration(heldMs)}; nothing was measured meanwhile.`,
	ended: ({ endedBy }) => endingText(endedBy)
};

/** Files of earlier versions have a sentence alone, and so has a mark of a kind that this version does not know. */
export function markText({ kind, values, text }: CallMark): string {
	const message = entryOf<(values: never) => string>(CALL_MARKS, kind);
	return values && message ? message(values as never) : (text ?? kind);
}
