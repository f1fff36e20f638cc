/** Texts that are neither JSON nor a page, each recognised by what stands in it. The first that reads something speaks. */
import { looksLikeAboutWebrtcText, readAboutWebrtcText } from './about-webrtc-text';
import type { RecordingBuilder } from './builder';
import { looksLikeKeyValueText, readKeyValueText } from './key-value-text';
import { readLiteralStats } from './literal-stats';
import { readLog } from './log-reader';
import { looksLikeTrickleTable, readTrickleTable } from './trickle-table';

const READERS: readonly ((text: string) => RecordingBuilder | null)[] = [
	(text) => (looksLikeTrickleTable(text) ? readTrickleTable(text) : null),
	(text) => (looksLikeAboutWebrtcText(text) ? readAboutWebrtcText(text) : null),
	(text) => (looksLikeKeyValueText(text) ? readKeyValueText(text) : null),
	readLiteralStats,
	readLog
];

export function readText(text: string): RecordingBuilder | null {
	for (const read of READERS) {
		const recording = read(text);
		if (recording) return recording;
	}
	return null;
}
