/** A dump from disk, a piece at a time: gzip is unpacked on the way (and gzip in gzip), and what is not UTF-8 is Latin-1. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import type { Fault } from '../lib/core/base/result';
import { openFile } from '../lib/core/dump/import';
import { mostUnpackedBytes } from '../lib/core/dump/unpacked-size';
import type { Recording } from '../lib/core/recording/recording';
import { unreadable } from './arguments';
import { CliError } from './errors';

/** gz in gz in gz is a mistake of some server; more is an attack. */
const MOST_LAYERS = 3;
/** What is longer fits into no text (V8 ends at 512 MB). */
const MOST_BYTES = 512 * 1024 * 1024;

/** Fault: what the file looks like instead. Throws a CliError where it cannot be read at all. */
export async function readDump(
	file: string,
	source: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 })
): Promise<{ recording: Recording } | { refusal: Fault }> {
	let bytesRead = 0;
	const dump = openFile(new Utf8OrLatin1(), () => bytesRead);
	const counted = async function* () {
		for await (const bytes of source) {
			bytesRead += bytes.length;
			yield bytes;
		}
	};
	try {
		for await (const bytes of unpacked(counted())) if (!dump.push(bytes)) break;
	} catch (error) {
		throw unreadable(file, error);
	}
	const result = dump.end();
	return result.ok ? { recording: result.value } : { refusal: result.error };
}

/** The same of a file that is read at once. Throws a CliError where it is damaged. */
export function unpackedBytes(file: string, bytes: Buffer, layer = 0): Buffer {
	if (!isGzip(bytes) || layer >= MOST_LAYERS) return bytes;
	try {
		return unpackedBytes(
			file,
			gunzipSync(bytes, { maxOutputLength: Math.min(MOST_BYTES, mostUnpackedBytes(bytes.length)) }),
			layer + 1
		);
	} catch (error) {
		throw error instanceof CliError ? error : unreadable(file, error);
	}
}

function isGzip(bytes: Uint8Array): boolean {
	return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function* unpacked(source: AsyncIterable<Buffer>, layer = 0): AsyncIterable<Buffer> {
	const iterator = source[Symbol.asyncIterator]();
	const first = await iterator.next();
	if (first.done) return;
	const rest = async function* () {
		yield first.value;
		for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
	};
	if (!isGzip(first.value) || layer >= MOST_LAYERS) {
		yield* rest();
		return;
	}
	const unzip = createGunzip();
	const packed = Readable.from(rest());
	packed.on('error', (error) => unzip.destroy(error)).pipe(unzip);
	yield* unpacked(unzip, layer + 1);
}

/** Firefox writes its page with eight bits a character. One decision for the file: at the first byte that is not UTF-8. */
class Utf8OrLatin1 {
	#utf8: TextDecoder | null = new TextDecoder('utf-8', { fatal: true });
	readonly #latin1 = new TextDecoder('windows-1252');

	push(bytes: Uint8Array): string {
		if (this.#utf8) {
			try {
				return this.#utf8.decode(bytes, { stream: true });
			} catch {
				this.#utf8 = null;
			}
		}
		return this.#latin1.decode(bytes, { stream: true });
	}

	end(): string {
		if (!this.#utf8) return '';
		try {
			return this.#utf8.decode();
		} catch {
			return '\ufffd';
		}
	}
}
