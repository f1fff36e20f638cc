/** The worker that holds one dump: reads it piece by piece, tells how far it is, and answers questions about it. */
import { openFile } from '../../core/dump/import';
import { exportDump } from '../../core/report/export/dump';
import { judgeDump } from '../../core/report/imported';
import type { Recording } from '../../core/recording/recording';
import type { Conclusions } from '../../core/verdict/conclusion';
import { compactRecording } from '../../core/call/compact-recording';
import { joinRecordings, loneEnds, type NamedRecording } from '../../core/call/joined-recordings';
import { rawFields } from '../../core/inspection/raw-values';
import { searchRecording } from '../../core/inspection/recording-search';
import { connectionDetails, fileOverview } from './answers';
import { keepImport } from './keep-import';
import type { ConnectionDetails, FromWorker, NamedSource, Request, ToWorker } from './protocol';
import { bytesOf, textReader } from './read-blob';
import { buffersOf } from './wire-series';

/** How often the page is told how far it is. */
const PROGRESS_MS = 100;

let recording: Recording | null = null;
let conclusions: Conclusions | null = null;
let fileName = '';

const tell = (message: FromWorker, handedOver: Transferable[] = []) => self.postMessage(message, { transfer: handedOver });

async function open(sources: readonly NamedSource[], name: string): Promise<void> {
	fileName = name;
	const parts: NamedRecording[] = [];
	for (const { name, source } of sources) {
		const read = source instanceof Blob ? await readBlob(source) : { recording: source };
		if ('refusal' in read) {
			tell({ refused: read.refusal });
			return;
		}
		parts.push({ name, recording: read.recording });
	}
	recording = joinRecordings(parts as [NamedRecording, ...NamedRecording[]]);
	conclusions = judgeDump(recording);
	tell({ opened: fileOverview(recording, name, conclusions) });
}

async function readBlob(blob: Blob): Promise<{ recording: Recording } | { refusal: string }> {
	let bytesRead = 0;
	const dump = openFile(textReader(), () => bytesRead);
	let told = 0;
	try {
		await bytesOf(
			blob,
			(bytes) => dump.push(bytes),
			(read) => {
				bytesRead = read;
				const now = performance.now();
				if (now - told < PROGRESS_MS) return;
				told = now;
				tell({ progress: read, total: blob.size });
			}
		);
	} catch (error) {
		return { refusal: `The file could not be read: ${error instanceof Error ? error.message : String(error)}` };
	}
	const result = dump.end();
	return result.ok ? { recording: result.value } : { refusal: result.error.message };
}

function answer(request: Request): unknown {
	if (!recording || !conclusions) throw new Error('The dump is not open yet.');
	switch (request.ask) {
		case 'details':
			return connectionDetails(recording, request.connection);
		case 'raw':
			return rawFields(recording, request.connection, request.track, request.atMs);
		case 'search':
			return searchRecording(recording, request.text);
		case 'lone-ends':
			return loneEnds(recording);
		case 'compact':
			return compactRecording(recording);
		case 'export':
			return exportDump(recording, conclusions, request);
		case 'keep':
			return keepImport(recording, fileName);
	}
}

async function reply(request: { id: number } & Request): Promise<void> {
	try {
		const found = await answer(request);
		tell({ id: request.id, answer: found }, request.ask === 'details' && found ? handedOver(found as ConnectionDetails) : []);
	} catch (error) {
		tell({ id: request.id, failed: error instanceof Error ? error.message : String(error) });
	}
}

function handedOver({ charts, heat }: ConnectionDetails): ArrayBuffer[] {
	return buffersOf([...charts.flatMap((chart) => chart.series.map(({ series }) => series)), ...heat.values()]);
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
	if ('open' in data) {
		void open(data.open, data.name);
		return;
	}
	void reply(data);
});
