/**
 * Columns as small as they fit without losing anything. A large dump has tens of millions of values: as plain lists they, and the
 * room that a JavaScript engine leaves beside them, are several times the file. What is asked for is unpacked again.
 */
import type { Alignment, Column, RawValue, StatsTrack } from '../recording/recording';

type Numbers = Uint8Array | Int16Array | Int32Array | Float64Array;

/** One after the other these are the values of a column. */
type Block =
	| { same: RawValue; length: number }
	/** NaN stands for null: no JSON has it. */
	| { numbers: Numbers; length: number }
	/** Few different values, among them texts: the place of each in the list. */
	| { words: readonly RawValue[]; codes: Uint8Array; length: number }
	| { plain: readonly RawValue[]; length: number };

export type Packed = readonly Block[];

export interface PackedColumn {
	field: string;
	/** Columns of a track share it where they have the same times. */
	tMs: Packed;
	v: Packed;
	alignment: Alignment;
}

export interface PackedTrack {
	id: string;
	type: string;
	columns: PackedColumn[];
}

/** Below this a typed array takes more than it saves. */
const LEAST = 24;
const MOST_WORDS = 256;

export function pack(values: readonly RawValue[]): Packed {
	return values.length === 0 ? [] : [blockOf(values)];
}

function blockOf(values: readonly RawValue[]): Block {
	const { length } = values;
	const first = values[0]!;
	let [same, numeric, whole, least, most] = [true, true, true, 0, 0];
	for (let i = 0; i < length; i++) {
		const value = values[i]!;
		if (value !== first) same = false;
		if (typeof value === 'number') {
			if (value < least) least = value;
			if (value > most) most = value;
			if (whole && !Number.isInteger(value)) whole = false;
		} else if (value === null) whole = false;
		else {
			numeric = false;
			if (!same) break;
		}
	}
	if (same) return { same: first, length };
	if (length < LEAST) return { plain: [...values], length };
	if (!numeric) return wordsOf(values) ?? { plain: [...values], length };
	const numbers = numbersOf(length, whole, least, most);
	for (let i = 0; i < length; i++) numbers[i] = (values[i] as number | null) ?? NaN;
	return { numbers, length };
}

function numbersOf(length: number, whole: boolean, least: number, most: number): Numbers {
	if (whole && least >= 0 && most <= 0xff) return new Uint8Array(length);
	if (whole && least >= -0x8000 && most <= 0x7fff) return new Int16Array(length);
	if (whole && least >= -0x80000000 && most <= 0x7fffffff) return new Int32Array(length);
	return new Float64Array(length);
}

function wordsOf(values: readonly RawValue[]): Block | null {
	const places = new Map<RawValue, number>();
	const codes = new Uint8Array(values.length);
	for (let i = 0; i < values.length; i++) {
		const value = values[i]!;
		let place = places.get(value);
		if (place === undefined) {
			if (places.size === MOST_WORDS) return null;
			places.set(value, (place = places.size));
		}
		codes[i] = place;
	}
	return { words: [...places.keys()], codes, length: values.length };
}

export function unpack(packed: Packed): RawValue[] {
	const values: RawValue[] = [];
	for (const block of packed) {
		if ('same' in block) for (let i = 0; i < block.length; i++) values.push(block.same);
		else if ('words' in block) for (let i = 0; i < block.length; i++) values.push(block.words[block.codes[i]!]!);
		else if ('plain' in block) for (const value of block.plain) values.push(value);
		else if (block.numbers instanceof Float64Array)
			for (const value of block.numbers) values.push(Number.isNaN(value) ? null : value);
		else for (const value of block.numbers) values.push(value);
	}
	return values;
}

export function lengthOf(packed: Packed): number {
	return packed.reduce((sum, { length }) => sum + length, 0);
}

/** The value at a place of one block, counted from its end where negative. */
function valueAt(block: Block | undefined, at: number): RawValue {
	if (!block) return null;
	if ('same' in block) return block.same;
	if ('words' in block) return block.words[block.codes.at(at)!] ?? null;
	const value = 'plain' in block ? block.plain.at(at) : block.numbers.at(at);
	return value === undefined || Number.isNaN(value) ? null : value;
}

export const firstOf = (packed: Packed): RawValue => valueAt(packed[0], 0);
export const lastOf = (packed: Packed): RawValue => valueAt(packed[packed.length - 1], -1);

/** Each column unpacks itself when it is first looked at. */
export function unpackTracks(tracks: readonly PackedTrack[]): StatsTrack[] {
	return tracks.map(({ id, type, columns }) => {
		const times = new Map<Packed, number[]>();
		const timesOf = (packed: Packed) => {
			const found = times.get(packed) ?? (unpack(packed) as number[]);
			times.set(packed, found);
			return found;
		};
		return { id, type, columns: columns.map((column) => unpackingColumn(column, timesOf)) };
	});
}

function unpackingColumn({ field, tMs, v, alignment }: PackedColumn, timesOf: (packed: Packed) => number[]): Column {
	let values: RawValue[] | null = null;
	return {
		field,
		get tMs() {
			return timesOf(tMs);
		},
		get v() {
			return (values ??= unpack(v));
		},
		alignment
	};
}

/** A column that grows by rows: what is full of it is packed at once. */
export class GrowingColumn {
	readonly #full: Block[] = [];
	#fullLength = 0;
	#open: RawValue[] = [];

	get length(): number {
		return this.#fullLength + this.#open.length;
	}

	/** The last value; null where there is none. */
	get last(): RawValue {
		return this.#open[this.#open.length - 1] ?? null;
	}

	/** `row` is the last one there is, or a later one; those between are null. */
	set(row: number, value: RawValue): void {
		while (this.length < row) this.#open.push(null);
		if (this.length === row && this.#open.length >= BLOCK_ROWS) {
			this.#full.push(blockOf(this.#open));
			this.#fullLength += this.#open.length;
			this.#open = [];
		}
		this.#open[row - this.#fullLength] = value;
	}

	packed(): Packed {
		return [...this.#full, ...pack(this.#open)];
	}
}

const BLOCK_ROWS = 1024;
