import { describe, expect, test } from 'vitest';
import { bundleOf, OWN_CHECK, OWN_CHECK_GOAL_BYTES } from './support/bundle';
import { patience } from './support/patience';

describe('what a check loads without sentences', () => {
	const loading = bundleOf(OWN_CHECK);

	test(
		'is below 60 kB, compressed',
		async () => {
			const { bytes, modules } = await loading;
			expect(modules.length).toBeGreaterThan(50);
			expect(bytes).toBeGreaterThan(20_000);
			expect(bytes).toBeLessThan(OWN_CHECK_GOAL_BYTES);
		},
		patience(30_000)
	);

	test(
		'has no rules for calls made elsewhere, nor for session descriptions',
		async () => {
			const { modules } = await loading;
			expect(modules.map(({ path }) => path).filter((path) => /\/sdp\/lint\/|\/call\/findings\/.*-rules\.ts/.test(path))).toEqual(
				[]
			);
		},
		patience(30_000)
	);
});
