/**
 * The throughput of a path, and the delay of small messages under that load: a data channel filled as fast as it takes data, and
 * timestamped messages without retransmission in another connection over the same path. In the same connection they would wait behind
 * the load in this device's own buffer, and measure that instead of the network.
 */
import { failed } from '../../core/observations/failure-values';
import type { LoadRun, Outcome, PingRun, Throughput } from '../../core/observations/observation';
import { spreadOf } from '../../core/recording/spread';
import { MessageReceiver, MessageSender, openMessages } from './loopback-call-messages';
import { CallPeers } from './loopback-call-peers';
import type { CallRoute } from './loopback-call-route';
import { refusal } from '../refusal';

export interface ThroughputOptions {
	/** Of each load, and of the idle pings before. */
	secondsEach: number;
	/** A load ends when it has sent this much, so that it costs no more data than announced. */
	bytesAtMost: number;
	deadlineMs: number;
	signal: AbortSignal;
	onProgress?: (what: 'connecting' | 'idle' | 'forth' | 'back', bitrateBps: number | null) => void;
}

export const DEFAULT_THROUGHPUT = { secondsEach: 4, bytesAtMost: 60_000_000, deadlineMs: 15_000 };

/** Chromium and Firefox take messages of 256 kB; 64 kB are safe with all and large enough that the overhead of each does not matter. */
const MESSAGE_BYTES = 64 * 1024;
/** Kept in the channel's buffer: several times what a path of 100 Mbit/s and 100 ms holds in flight. */
const HIGH_WATER = 4 * 1024 * 1024;
const LOW_WATER = 1024 * 1024;
const PING_PACE_MS = 50;
const BITRATE_EVERY_MS = 250;
/** After a load, for data that is still in buffers on the path. */
const DRAIN_MS = 1500;

interface Link {
	peers: CallPeers;
	close(): void;
}

export async function measureThroughput(route: CallRoute, options: ThroughputOptions): Promise<Outcome<Throughput>> {
	const links: Link[] = [];
	const stop = () => links.forEach((link) => link.close());
	options.signal.addEventListener('abort', stop);
	try {
		options.signal.throwIfAborted();
		const startedMs = performance.now();
		options.onProgress?.('connecting', null);
		const pings = openPings(route);
		links.push(pings);
		const load = openLoad(route);
		links.push(load);
		await Promise.all([pings.connect(options), load.connect(options)]);
		const result: Throughput = {
			path: route.path,
			connectMs: Math.round(performance.now() - startedMs),
			idle: { forth: NOTHING, back: NOTHING },
			loads: [],
			endedBy: 'done'
		};
		const ended = () => (options.signal.aborted ? 'stopped' : pings.peers.failed || load.peers.failed ? 'path-lost' : null);
		options.onProgress?.('idle', null);
		result.idle = await pings.during(() => wait(options.secondsEach * 1000, options.signal));
		for (const direction of ['forth', 'back'] as const) {
			if (ended()) break;
			result.loads.push(await runLoad(direction, load, pings, options));
		}
		result.endedBy = ended() ?? 'done';
		return { state: 'seen', data: result };
	} catch (error) {
		if (options.signal.aborted) return failed('aborted', 'failed-cancelled', {});
		return refusal(error);
	} finally {
		options.signal.removeEventListener('abort', stop);
		stop();
	}
}

async function runLoad(
	direction: LoadRun['direction'],
	load: ReturnType<typeof openLoad>,
	pings: ReturnType<typeof openPings>,
	options: ThroughputOptions
): Promise<LoadRun> {
	const [out, into] = direction === 'forth' ? [load.near, load.far] : [load.far, load.near];
	let [bytes, sent] = [0, 0];
	let [firstMs, lastMs]: [number | null, number] = [null, 0];
	let firstBytes = 0;
	into.onmessage = ({ data }) => {
		lastMs = performance.now();
		bytes += (data as ArrayBuffer).byteLength;
		if (firstMs === null) {
			firstMs = lastMs;
			firstBytes = bytes;
		}
	};
	// What arrived over the time in which it arrived; the first message only starts the clock.
	const rate = () => (firstMs === null || lastMs <= firstMs ? null : ((bytes - firstBytes) * 8000) / (lastMs - firstMs));
	const report = setInterval(() => options.onProgress?.(direction, rate()), BITRATE_EVERY_MS);
	const message = new Uint8Array(MESSAGE_BYTES);
	const endMs = performance.now() + options.secondsEach * 1000;
	const fill = () => {
		while (
			out.readyState === 'open' &&
			out.bufferedAmount < HIGH_WATER &&
			sent < options.bytesAtMost &&
			performance.now() < endMs
		) {
			try {
				out.send(message);
			} catch {
				// The buffer is full by the browser's own measure; the event comes when it is not.
				return;
			}
			sent += MESSAGE_BYTES;
		}
	};
	out.bufferedAmountLowThreshold = LOW_WATER;
	out.onbufferedamountlow = fill;
	try {
		const run = await pings.during(async () => {
			fill();
			while (performance.now() < endMs && bytes < options.bytesAtMost && out.readyState === 'open' && !options.signal.aborted) {
				await wait(50, options.signal);
			}
		});
		const bitrateBps = rate();
		const seconds = firstMs === null ? 0 : (lastMs - firstMs) / 1000;
		const result: LoadRun = { direction, seconds, bytes, bitrateBps, ...run };
		// The next load must not start before the rest of this one has arrived.
		const drainedMs = performance.now() + DRAIN_MS;
		while (bytes < sent && performance.now() < drainedMs && !options.signal.aborted) await wait(50, options.signal);
		return result;
	} finally {
		clearInterval(report);
		out.onbufferedamountlow = null;
		into.onmessage = null;
	}
}

const NOTHING: PingRun = { sent: 0, received: 0, delayMs: null };

function openPings(route: CallRoute) {
	const link = openLink(route);
	const { caller, callee } = link.peers;
	const [near, far] = [openMessages(caller, 0), openMessages(callee, 0)];
	return {
		...link,
		connect: (options: ThroughputOptions) => connect(link.peers, [near, far], options),
		/** Pings while `work` lasts, both ways. */
		async during(work: () => Promise<void>): Promise<{ forth: PingRun; back: PingRun }> {
			const receivers = { forth: new MessageReceiver(far, true), back: new MessageReceiver(near, true) };
			const senders = { forth: new MessageSender(near, PING_PACE_MS), back: new MessageSender(far, PING_PACE_MS) };
			try {
				await work();
			} finally {
				senders.forth.stop();
				senders.back.stop();
			}
			// Messages that are still on the path are late, not lost.
			await new Promise((resolve) => setTimeout(resolve, 500));
			const run = (way: 'forth' | 'back'): PingRun => {
				const delays = spreadOf(receivers[way].delaysMs);
				return {
					sent: senders[way].sent,
					received: receivers[way].received,
					delayMs: delays ? { median: round(delays.median), p95: round(delays.p95) } : null
				};
			};
			return { forth: run('forth'), back: run('back') };
		}
	};
}

function openLoad(route: CallRoute) {
	const link = openLink(route);
	// Unordered: with order, one lost packet would delay all data after it, and the measured time would contain no arrivals.
	const open = (connection: RTCPeerConnection) => {
		const channel = connection.createDataChannel('load', { negotiated: true, id: 0, ordered: false });
		channel.binaryType = 'arraybuffer';
		return channel;
	};
	const [near, far] = [open(link.peers.caller), open(link.peers.callee)];
	return { ...link, near, far, connect: (options: ThroughputOptions) => connect(link.peers, [near, far], options) };
}

function openLink(route: CallRoute): Link {
	const startedMs = performance.now();
	const peers = new CallPeers(route, () => performance.now() - startedMs, {
		onEvent: () => {},
		onCandidateError: () => {},
		onConnectionState: () => {},
		onTrack: () => {}
	});
	return { peers, close: () => peers.close() };
}

/** Resolves when both channels are open. Rejects at the deadline, or when the signal ends it. */
async function connect(peers: CallPeers, channels: RTCDataChannel[], options: ThroughputOptions): Promise<void> {
	const untilMs = performance.now() + options.deadlineMs;
	await peers.negotiate();
	while (channels.some(({ readyState }) => readyState !== 'open')) {
		options.signal.throwIfAborted();
		if (peers.failed || performance.now() > untilMs) {
			throw new DOMException(
				`The two ends did not connect over this path within ${options.deadlineMs / 1000} s.`,
				'TimeoutError'
			);
		}
		await wait(20, options.signal);
	}
}

/** Resolves early when the signal ends it. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		signal.addEventListener('abort', end, { once: true });
	});
}

const round = (ms: number) => Math.round(ms * 100) / 100;
