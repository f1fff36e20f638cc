/** The proof that a TURN URL relays: data that leaves the relay toward an ordinary peer and comes back, bytes counted. */
import type { IceServer } from '../../core/ice/server';
import type { Endpoint } from '../../core/observations/candidates';
import { failed } from '../../core/observations/failure-values';
import type { Outcome, RelayProof, RelayRun } from '../../core/observations/observation';
import type { FarObservers } from '../../core/plan/relays';
import { refusal } from '../refusal';
import { startRelayRun, type RelayRunOptions, type RunningRelay } from './relay-run';

export interface RelayOptions {
	bytes: number;
	deadlineMs: number;
	signal: AbortSignal;
	/** For the far end of the direct run: STUN servers that give it an address the relay can send to. */
	far: FarObservers;
	/** Called after the first runs: another TURN URL that has allocated a relay by then; null for none. */
	cross: () => { url: string; server: IceServer } | null;
	/** False when no run across is wanted, so that no time is kept for it. */
	crossWanted: boolean;
}

/** A relay that reaches an ordinary peer has connected by then; if not, the run against itself begins in parallel. */
const SELF_AFTER_MS = 400;
/** After the run against itself has succeeded, the direct one has this long, or three times what the other took. */
const DIRECT_AFTER_SELF_MS = 1000;
/** The share of the deadline for the first two runs when a run across is to follow. */
const FIRST_SHARE = 0.6;

export async function proveRelay(url: string, server: IceServer, options: RelayOptions): Promise<Outcome<RelayProof>> {
	const startedMs = performance.now();
	const relay = (peer: IceServer, urls: string): RTCConfiguration => ({
		iceServers: [{ ...peer, urls }],
		iceTransportPolicy: 'relay'
	});
	const running = new Set<RunningRelay>();
	const start = (
		toward: RelayRun['toward'],
		rest: Pick<RelayRunOptions, 'far' | 'peerUrl' | 'deadlineMs'> & { ownAddress?: Endpoint | null }
	): RunningRelay => {
		options.signal.throwIfAborted();
		const run = startRelayRun({ toward, near: relay(server, url), bytes: options.bytes, ownAddress: null, ...rest });
		running.add(run);
		void run.result.then(() => running.delete(run));
		return run;
	};
	const stop = () => running.forEach((run) => run.cancel());
	options.signal.addEventListener('abort', stop);
	try {
		const firstMs = options.crossWanted ? options.deadlineMs * FIRST_SHARE : options.deadlineMs;
		const direct = start('direct', {
			// Host and server-reflexive sockets only: no TURN server is given, so its relay cannot meet itself.
			far: { iceServers: options.far.urls.map((urls) => ({ urls })) },
			ownAddress: options.far.ownAddress,
			peerUrl: null,
			deadlineMs: firstMs
		});
		const runs = await withSelf(direct, () =>
			start('self', { far: relay(server, url), peerUrl: url, deadlineMs: firstMs - SELF_AFTER_MS })
		);
		const allocated = runs.some(({ state }) => state !== 'not-allocated');
		const peer = options.crossWanted && allocated && !options.signal.aborted ? options.cross() : null;
		if (peer) {
			const leftMs = options.deadlineMs - (performance.now() - startedMs);
			const cross = start('cross', { far: relay(peer.server, peer.url), peerUrl: peer.url, deadlineMs: Math.max(0, leftMs) });
			runs.push(await cross.result);
		}
		if (options.signal.aborted) return failed('aborted', 'failed-cancelled', {});
		return { state: 'seen', data: { url, runs } };
	} catch (error) {
		return refusal(error);
	} finally {
		options.signal.removeEventListener('abort', stop);
		stop();
	}
}

/**
 * The direct run, and in parallel the run against itself when the first does not connect soon. When the direct one succeeds first, the
 * other is left out: it was stopped, so it proves nothing.
 */
async function withSelf(direct: RunningRelay, startSelf: () => RunningRelay): Promise<RelayRun[]> {
	const first = await Promise.race([direct.result, pause(SELF_AFTER_MS)]);
	if (first && first.state !== 'not-connected') return [first];
	const self = startSelf();
	const startedMs = performance.now();
	const winner = await Promise.race([direct.result, self.result]);
	if (winner.toward === 'direct' && winner.state === 'carried') {
		self.finish();
		return [winner];
	}
	if (winner.toward === 'self' && winner.state === 'carried') {
		const tookMs = performance.now() - startedMs;
		await Promise.race([direct.result, pause(Math.max(DIRECT_AFTER_SELF_MS, 3 * tookMs))]);
		direct.finish();
	}
	return Promise.all([direct.result, self.result]);
}

const pause = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms));
