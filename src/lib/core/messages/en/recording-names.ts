/** What recordings are called, in English. */
import { entryOf } from '../../base/record';
import type { OwnFormatName } from '../../recording/recording';

const OWN: Record<OwnFormatName, string> = { 'loopback-call': 'Call of this page', 'pair-call': 'A call between two devices' };

/** Files of earlier versions, and dumps, have a name in words. */
export function recordingName(formatName: string): string {
	return entryOf<string>(OWN, formatName) ?? formatName;
}
