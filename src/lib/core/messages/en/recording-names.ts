/** What recordings and their connections are called, in English. */
import { entryOf } from '../../base/record';
import type { OwnFormatName, RecordedConnection } from '../../recording/recording';

const OWN: Record<OwnFormatName, string> = { 'loopback-call': 'Call of this page', 'pair-call': 'A call between two devices' };

/** Files of earlier versions, and dumps, have a name in words. */
export function recordingName(formatName: string): string {
	return entryOf<string>(OWN, formatName) ?? formatName;
}

const ENDS: Readonly<Record<string, string>> = { caller: 'Caller', callee: 'Callee' };

/** The ends of a call of this page are labelled with their id, in files of earlier versions with the English word for it. */
export function connectionName({ id, label }: Pick<RecordedConnection, 'id' | 'label'>): string {
	const end = entryOf(ENDS, id);
	return end !== undefined && (label === id || label === end) ? end : label || id;
}
