/** Every sentence of a report held to the network's truth, and the smallest network in which one is false. */
import { isRecord } from '../../src/lib/core/base/record';
import type { Said } from '../../src/lib/core/base/said';
import { everySentence } from '../../src/lib/core/messages/en/every-sentence';
import { DEFAULT_LIMITS } from '../../src/lib/core/plan/config';
import { conclude } from '../../src/lib/core/verdict/conclude';
import type { Conclusions, PeerConclusion, ServerConclusion } from '../../src/lib/core/verdict/conclusion';
import { isSaid } from '../support/pseudo-locale';
import { falsity, type Standing } from './claims-table';
import { runCheck, type Run } from './run';
import { Truth } from './truth';
import type { World } from './world';

export interface False {
	rule: string;
	why: string;
	sentence: string;
	/** How many of the observations were there. */
	observed: number;
}

/** What is concluded at the end, and what was on the way there. */
export function conclusionsOf(run: Run, observed = run.observations.length): Conclusions {
	return conclude(DEFAULT_LIMITS, run.observations.slice(0, observed));
}

export function truthOf({ world, wire, observations }: Run, observed = observations.length): Truth {
	return new Truth(
		world,
		wire,
		new Map(observations.slice(0, observed).map(({ step, startedMs, tookMs }) => [step, startedMs + tookMs]))
	);
}

/** All that is said, each with where it stands. */
export function* allSaid(
	value: unknown,
	standing: Standing = { row: null, family: null, direct: null }
): Generator<{ said: Said; standing: Standing }> {
	if (Array.isArray(value)) {
		for (const each of value) yield* allSaid(each, standing);
		return;
	}
	if (!isRecord(value)) return;
	const row = 'proof' in value && 'relayedBytes' in value ? (value as unknown as ServerConclusion) : standing.row;
	const direct = 'peer' in value && 'direct' in value ? (value as unknown as PeerConclusion).direct : standing.direct;
	const here = { ...standing, row, direct };
	if (isSaid(value)) yield { said: value, standing: here };
	for (const [name, inner] of Object.entries(value))
		yield* allSaid(inner, name === 'ipv4' || name === 'ipv6' ? { ...here, family: name } : here);
}

export function falsities(run: Run, observed = run.observations.length): False[] {
	const truth = truthOf(run, observed);
	const found: False[] = [];
	for (const { said, standing } of allSaid(conclusionsOf(run, observed))) {
		const why = falsity(said, truth, standing);
		if (why !== null) found.push({ rule: said.rule, why, sentence: everySentence(said), observed });
	}
	return found;
}

/** The same falsity in a network with less in it: one change after the other is kept as long as the sentence stays false. */
export function shrunk(world: World, rule: string): World {
	const isFalse = (candidate: World) => {
		const run = runCheck(candidate);
		const counts = run.observations.map((_, i) => i + 1);
		return counts.some((observed) => falsities(run, observed).some((each) => each.rule === rule));
	};
	let smallest = world;
	for (let changed = true; changed;) {
		changed = false;
		for (const candidate of simpler(smallest)) {
			if (JSON.stringify(candidate) === JSON.stringify(smallest) || !isFalse(candidate)) continue;
			smallest = candidate;
			changed = true;
			break;
		}
	}
	return smallest;
}

function simpler(world: World): World[] {
	const plain: Partial<World>[] = [
		{ lossRatio: 0 },
		{ rttMs: 20 },
		{ profile: 'quick' },
		{ microphone: false },
		{ limit: null },
		{ localNetwork: null },
		{ engine: 'chromium' },
		{ rewrittenTo: null },
		{ broken: null },
		{ udp: 'open' },
		{ tcp: 'open' },
		{ lookups: true },
		{ app: 'loopback' }
	];
	return [
		...world.list.map((_, i) => ({ ...world, list: world.list.filter((_, at) => at !== i) })),
		...plain.map((change) => ({ ...world, ...change }))
	];
}
