/** The state of the ICE screen: a configuration, runs without and with media permission, and a try of the pairs. */
import type { Result } from '../../core/base/result';
import type { CandidateErrorRecord, CandidateRecord, Gathered } from '../../core/observations/observation';
import { gather } from '../../probes/check/gathering';
import { tryPairs, type PairRecord, type Pairing } from '../../probes/pairing';
import { readConfiguration, type Configuration } from './configuration';

export type Permission = 'granted' | 'not-granted';

export interface GatherRun {
	permission: Permission;
	state: 'running' | 'ended' | 'stopped' | 'failed';
	configuration: RTCConfiguration;
	candidates: CandidateRecord[];
	errors: CandidateErrorRecord[];
	/** What the browser said in the end; null while it runs and after a stop. */
	gathered: Gathered | null;
	tookMs: number;
	/** The browser's words when it refused the configuration. */
	refusal: string;
}

/** Longer than any browser takes by itself (Chromium 40 s for a silent server). */
export const UNLIMITED_MS = 120_000;

export class IceSession {
	text = $state('');
	policy = $state<RTCIceTransportPolicy>('all');
	deadlineMs = $state(10_000);
	media = $state<'data' | 'av'>('data');
	permission = $state<Permission | 'denied'>('not-granted');
	/** The last run for each state of the permission, so that both can be seen together. */
	runs = $state.raw<Record<Permission, GatherRun | null>>({ 'not-granted': null, granted: null });
	pairing = $state.raw<{
		state: 'running' | 'ended' | 'failed';
		pairs: PairRecord[];
		result: Pairing | null;
		refusal: string;
	} | null>(null);

	#abort: AbortController | null = $state.raw(null);

	read: Result<Configuration> = $derived(readConfiguration(this.text));
	running = $derived(Object.values(this.runs).some((run) => run?.state === 'running') || this.pairing?.state === 'running');

	/** What the constructor is given: the text, with the policy of the form, which the user sees. */
	configuration: RTCConfiguration | null = $derived(
		this.read.ok
			? {
					...this.read.value.options,
					iceServers: this.read.value.servers.map((server) => ({ ...server })),
					iceTransportPolicy: this.policy
				}
			: null
	);

	/** A policy that the text names shows in the form. */
	setText(text: string): void {
		this.text = text;
		const read = readConfiguration(text);
		if (read.ok && read.value.options.iceTransportPolicy) this.policy = read.value.options.iceTransportPolicy;
	}

	async readPermission(): Promise<void> {
		try {
			const { state } = await navigator.permissions.query({ name: 'microphone' as PermissionName });
			this.permission = state === 'granted' ? 'granted' : 'not-granted';
		} catch {
			// Firefox before 131 and Safari cannot be asked: asking for the microphone is then the way to know.
		}
	}

	/** Opens the microphone for a moment, so that the browser asks, and closes it. */
	async askPermission(): Promise<void> {
		try {
			const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
			stream.getTracks().forEach((track) => track.stop());
			this.permission = 'granted';
		} catch {
			this.permission = 'denied';
		}
	}

	async gather(): Promise<void> {
		if (this.running || !this.configuration) return;
		const permission: Permission = this.permission === 'granted' ? 'granted' : 'not-granted';
		const abort = (this.#abort = new AbortController());
		const run: GatherRun = {
			permission,
			state: 'running',
			configuration: this.configuration,
			candidates: [],
			errors: [],
			gathered: null,
			tookMs: 0,
			refusal: ''
		};
		const show = (change: Partial<GatherRun>) => {
			Object.assign(run, change);
			this.runs = { ...this.runs, [permission]: { ...run } };
		};
		const startedMs = performance.now();
		const clock = setInterval(() => show({ tookMs: performance.now() - startedMs }), 100);
		let microphone: MediaStream | null = null;
		show({});
		try {
			// Firefox shows host addresses only while a microphone is open; in Chromium the permission is enough.
			if (permission === 'granted') microphone = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
			const gathered = await gather(run.configuration, {
				deadlineMs: this.deadlineMs,
				signal: abort.signal,
				prepare: (connection) => this.#negotiate(connection),
				onCandidate: (candidate) => show({ candidates: [...run.candidates, candidate] }),
				onError: (error) => show({ errors: [...run.errors, error] })
			});
			show({
				state: 'ended',
				gathered,
				candidates: gathered.candidates,
				errors: gathered.errors,
				tookMs: performance.now() - startedMs
			});
		} catch (error) {
			const stopped = abort.signal.aborted;
			show({
				state: stopped ? 'stopped' : 'failed',
				refusal: stopped ? '' : messageOf(error),
				tookMs: performance.now() - startedMs
			});
		} finally {
			clearInterval(clock);
			microphone?.getTracks().forEach((track) => track.stop());
		}
	}

	async pair(): Promise<void> {
		if (this.running || !this.configuration) return;
		const abort = (this.#abort = new AbortController());
		this.pairing = { state: 'running', pairs: [], result: null, refusal: '' };
		try {
			const result = await tryPairs(this.configuration, {
				deadlineMs: Math.min(this.deadlineMs, 20_000),
				signal: abort.signal,
				prepare: (connection) => this.#negotiate(connection),
				onPairs: (pairs) => (this.pairing = { state: 'running', pairs, result: null, refusal: '' })
			});
			this.pairing = { state: 'ended', pairs: result.pairs, result, refusal: '' };
		} catch (error) {
			const refusal = abort.signal.aborted ? '' : messageOf(error);
			this.pairing = refusal === '' ? null : { state: 'failed', pairs: [], result: null, refusal };
		}
	}

	stop(): void {
		this.#abort?.abort();
	}

	#negotiate(connection: RTCPeerConnection): void {
		if (this.media === 'data') {
			connection.createDataChannel('');
			return;
		}
		connection.addTransceiver('audio', { direction: 'recvonly' });
		connection.addTransceiver('video', { direction: 'recvonly' });
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error || error instanceof DOMException ? error.message : String(error);
}
