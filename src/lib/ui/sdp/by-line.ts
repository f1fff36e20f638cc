/** Things by the line they stand on, in their order. */
export function byLine<T>(things: readonly T[], lineOf: (thing: T) => number): Map<number, T[]> {
	const map = new Map<number, T[]>();
	for (const thing of things) {
		const line = lineOf(thing);
		const there = map.get(line);
		if (there) there.push(thing);
		else map.set(line, [thing]);
	}
	return map;
}
