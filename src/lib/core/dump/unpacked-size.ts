/** How far a packed file is unpacked. DEFLATE (RFC 1951) makes up to a thousand bytes of one, in layers a thousand times as many. */

/** Dumps and logs unpack to 5 to 40 times their size; the text of one value for hours to 100. */
const MOST_RATIO = 250;
/** Below this the ratio is nobody's harm. */
const FREE_BYTES = 64 << 20;

export const UNPACKS_TOO_FAR = {
	code: 'unpacks-too-far',
	message: `The file unpacks to more than ${MOST_RATIO} times its size, as no dump does: it was made to fill memory, and is not read.`
};

export function mostUnpackedBytes(packedBytes: number): number {
	return Math.max(FREE_BYTES, MOST_RATIO * packedBytes);
}
