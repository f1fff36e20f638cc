/**
 * What a page that checks its network by itself would load, without sentences. Goal: below 60 kB. Beside it the same with `conclude`, which
 * judges calls made elsewhere too, and with them session descriptions.
 */
import { formatBytes } from '../../src/lib/core/base/format';
import { bundleOf, OWN_CHECK, OWN_CHECK_GOAL_BYTES, type Bundle } from '../support/bundle';

export async function main(): Promise<number> {
	const own = await bundleOf(OWN_CHECK);
	for (const [folder, bytes] of bySize(own)) console.log(`${folder.padEnd(24)} ${formatBytes(bytes)} before minifying`);
	const whole = await bundleOf([...OWN_CHECK, 'src/lib/core/verdict/conclude.ts']);
	console.log(`with the rules for calls made elsewhere: ${formatBytes(whole.bytes)} compressed`);
	const share = (own.bytes / OWN_CHECK_GOAL_BYTES).toFixed(2);
	console.log(`check and what judges it: ${formatBytes(own.bytes)} compressed, ${share} of the goal`);
	return own.bytes <= OWN_CHECK_GOAL_BYTES ? 0 : 1;
}

function bySize({ modules }: Bundle): [string, number][] {
	const folders = new Map<string, number>();
	for (const { path, bytes } of modules) {
		const folder = path.replace('src/lib/', '').split('/').slice(0, -1).join('/');
		folders.set(folder, (folders.get(folder) ?? 0) + bytes);
	}
	return [...folders].toSorted((a, b) => b[1] - a[1]);
}
