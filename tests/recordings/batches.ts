/** Which calls are recorded at the same time. */
import type { Kind } from './kind';

/** Calls at a time: media is encoded in software. */
const AT_ONCE = { data: 10, media: 4 };

const isMedia = ({ a, b }: Kind) => /addMedia|capture|addTrack/.test(`${a?.code ?? ''}${b?.code ?? ''}`);

export function inBatches(kinds: readonly Kind[]): Kind[][] {
	const batches: Kind[][] = [];
	const cut = (some: Kind[], most: number) => {
		for (let i = 0; i < some.length; i += most) batches.push(some.slice(i, i + most));
	};
	const isAlone = ({ then = [], captured }: Kind) =>
		captured !== undefined || then.some(({ addressOf }) => addressOf !== undefined);
	cut(kinds.filter(isAlone), 1);
	// Those that take alike long together.
	const sorted = kinds.filter((kind) => !isAlone(kind)).sort((a, b) => a.seconds - b.seconds);
	cut(
		sorted.filter((kind) => !isMedia(kind) && !kind.firefox),
		AT_ONCE.data
	);
	cut(
		sorted.filter((kind) => isMedia(kind) && !kind.firefox),
		AT_ONCE.media
	);
	cut(
		sorted.filter((kind) => kind.firefox),
		1
	);
	return batches;
}
