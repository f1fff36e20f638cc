/**
 * A frame number drawn so that it survives a video encoder: a row of large black and white blocks. Sixteen bits of number and four of
 * checksum, between a white and a black block that give the brightness of both.
 */

export const COUNTER_BITS = 16;
const CHECK_BITS = 4;
const BLOCKS = COUNTER_BITS + CHECK_BITS + 2;
/** Share of the frame's height; the row is at the top. */
const HEIGHT_SHARE = 0.12;
/** Least difference of brightness between black and white: with less, the blocks cannot be told from noise. */
const CONTRAST_AT_LEAST = 60;

/** White block, bits from the highest, check from the highest, black block. */
export function blocksOf(counter: number): boolean[] {
	const value = ((counter & 0xffff) << CHECK_BITS) | checkOf(counter);
	const bits = Array.from(
		{ length: COUNTER_BITS + CHECK_BITS },
		(_, i) => ((value >> (COUNTER_BITS + CHECK_BITS - 1 - i)) & 1) === 1
	);
	return [true, ...bits, false];
}

/** The sum of the number's four hexadecimal digits, inverted: a frame of one colour, or a shifted row, does not match. */
function checkOf(counter: number): number {
	const n = counter & 0xffff;
	return ~((n & 15) + 3 * ((n >> 4) & 15) + 5 * ((n >> 8) & 15) + 7 * (n >> 12)) & 15;
}

export function stripHeight(height: number): number {
	return Math.max(8, Math.round(height * HEIGHT_SHARE));
}

export function drawCounter(
	context: { fillStyle: unknown; fillRect(x: number, y: number, w: number, h: number): void },
	counter: number,
	width: number,
	height: number
): void {
	const block = width / BLOCKS;
	blocksOf(counter).forEach((white, i) => {
		context.fillStyle = white ? '#fff' : '#000';
		context.fillRect(Math.floor(i * block), 0, Math.ceil(block), stripHeight(height));
	});
}

/** Reads the row from RGBA pixels of it; null where there is none or it cannot be read for certain. */
export function readCounter(pixels: Uint8ClampedArray, width: number, height: number): number | null {
	const light = Array.from({ length: BLOCKS }, (_, i) => blockLight(pixels, width, height, i));
	const [white, black] = [light[0]!, light[BLOCKS - 1]!];
	if (white - black < CONTRAST_AT_LEAST) return null;
	const middle = (white + black) / 2;
	let value = 0;
	for (let i = 1; i < BLOCKS - 1; i++) value = (value << 1) | (light[i]! > middle ? 1 : 0);
	const counter = value >> CHECK_BITS;
	return (value & 15) === checkOf(counter) ? counter : null;
}

/** Mean green of the middle of a block: its edges are blurred by the encoder. */
function blockLight(pixels: Uint8ClampedArray, width: number, height: number, index: number): number {
	const block = width / BLOCKS;
	const [left, right] = [
		Math.floor((index + 0.35) * block),
		Math.max(Math.ceil((index + 0.65) * block), Math.floor((index + 0.35) * block) + 1)
	];
	const [top, bottom] = [Math.floor(height * 0.35), Math.max(Math.ceil(height * 0.65), Math.floor(height * 0.35) + 1)];
	let [sum, count] = [0, 0];
	for (let y = top; y < bottom; y++) {
		for (let x = left; x < right; x++) {
			sum += pixels[(y * width + x) * 4 + 1]!;
			count++;
		}
	}
	return sum / count;
}
