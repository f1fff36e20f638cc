/** The state of the screen for two devices: the room, both checks, the attempts, and what is concluded from them. */
import type { Result } from '../../core/base/result';
import { readJson } from '../../core/base/schema';
import { DEFAULT_LIMITS, type CheckConfig } from '../../core/plan/config';
import { areOwn, type MeetingPath, type MeetingObservation, type PeerCheck } from '../../core/observations/observation';
import { parseReport } from '../../core/report/parse';
import type { Report } from '../../core/report/report';
import { toJson } from '../../core/report/export/json';
import { ticket, type Ticket } from '../../core/signalling/messages';
import { concludeMeeting } from '../../core/verdict/conclude-meeting';
import type { Conclusions } from '../../core/verdict/conclusion';
import { readEnvironment } from '../../probes/environment';
import { Meeting } from '../../probes/meet/meeting';
import type { MeetingAttempt } from '../../probes/meet/meeting-attempt';
import { joinRoom, makeRoom, type RoomState } from '../../probes/meet/signalling-client';
import { startSyntheticMedia, type SyntheticMedia } from '../../probes/call/synthetic-media';
import { reportBy } from '../report-of';
import type { Session } from '../session.svelte';
import { pack, unpack } from '../share';
import { peerObservations } from './peer-observations';

/** A check that is older says little about the network of this moment. */
const RECENT_MS = 10 * 60_000;
/** Statistics come several times a second from both ends; a person reads more slowly. */
const SHOW_MS = 400;
/** A running call is kept this often, and so that keeping takes no more than a fiftieth of the time. */
const KEEP_MS = 5000;
const KEEP_SHARE = 50;
/** Where all paths are tried in turn: enough for the first video frame and some statistics. */
const EVERY_MS = 6000;
const TICKET_KEY = 'icelens.room';

export class MeetSession {
	name = $state('');
	camera = $state(false);
	shareServers = $state(false);
	state = $state<'idle' | 'entering' | 'in' | 'ended'>('idle');
	problem = $state('');
	/** The room of the link that this page was opened with; null for a host. */
	invitedTo = $state<string | null>(null);
	ticket = $state.raw<Ticket | null>(null);
	room = $state.raw<RoomState | null>(null);
	peerCheck = $state.raw<PeerCheck | null>(null);
	peerProgress = $state('');
	attempts = $state.raw<readonly MeetingAttempt[]>([]);
	/** Counts up when something new can be shown; attempts grow in place. */
	version = $state(0);
	/** Whether the host begins to try paths by itself. */
	auto = $state(true);
	/** The host goes through the paths by itself until one connects. */
	searching = $state(false);
	/** What became of keeping the report on this device; null while there is nothing to say. */
	kept = $state.raw<Result<unknown> | null>(null);

	#session: Session;
	#meeting: Meeting | null = null;
	#synthetic: SyntheticMedia | null = null;
	#stream: MediaStream | null = null;
	#showTimer: ReturnType<typeof setTimeout> | null = null;
	#checkedMs = 0;
	/** One report of each meeting, which grows: kept again, it takes the place of the one before. */
	#reportId = '';
	/** The state of the attempts when it was kept last. */
	#keptAs = '';
	#keepAgainMs = 0;
	/** One after another, so that what is older never takes the place of what is newer. */
	#keeping: Promise<void> = Promise.resolve();

	constructor(session: Session) {
		this.#session = session;
	}

	get seat() {
		return this.ticket?.seat ?? (this.invitedTo ? 'guest' : 'host');
	}

	link = $derived(this.ticket ? `${location.origin}/meet#room=${this.ticket.room}` : '');
	current = $derived.by(() => {
		void this.version;
		const last = this.attempts.at(-1);
		return last?.endedBy === 'running' ? last : null;
	});
	observations: MeetingObservation[] = $derived.by(() => {
		void this.version;
		const frame = (probe: 'peer-check' | 'pair-call', step: string, data: unknown, startedMs: number, tookMs: number) =>
			({ probe, step, target: null, startedMs, tookMs, outcome: { state: 'seen', data } }) as MeetingObservation;
		const checked = this.#session.opened ? [] : this.#session.observations;
		return [
			...(areOwn(checked) ? checked : []),
			...(this.peerCheck ? [frame('peer-check', 'peer-check', this.peerCheck, 0, 0)] : []),
			...this.attempts.map((attempt, i) => {
				const took = Math.max(0, ...attempt.recording.connections.map(({ endMs }) => endMs ?? 0));
				const started = attempt.options.startMs - this.attempts[0]!.options.startMs;
				return frame('pair-call', `pair-call ${i + 1}`, attempt.toPairCall(), Math.max(0, started), took);
			})
		];
	});
	conclusions: Conclusions | null = $derived(
		this.peerCheck || this.attempts.length > 0 ? concludeMeeting(DEFAULT_LIMITS, this.observations) : null
	);
	pair = $derived(this.conclusions?.pair ?? null);
	bothChecked = $derived.by(() => this.peerCheck !== null && this.#session.state === 'done' && !this.#session.opened);

	/** Once in the browser: the link's room, and a seat that this tab already had. */
	begin(): void {
		this.invitedTo = /^#room=([A-Za-z0-9_-]{8,64})$/.exec(location.hash)?.[1] ?? null;
		const kept = readTicket();
		if (kept && (this.invitedTo === null || kept.room === this.invitedTo)) this.ticket = kept;
	}

	/** Makes a room, joins the link's, or comes back into the one whose ticket this tab has. */
	async enter(): Promise<void> {
		this.state = 'entering';
		this.problem = '';
		const options = { origin: location.origin };
		const name = this.name.trim() || this.seat;
		const entered = this.ticket
			? ({ ok: true, value: this.ticket } as const)
			: await (this.invitedTo ? joinRoom(options, this.invitedTo, name) : makeRoom(options, name));
		if (!entered.ok) {
			this.state = 'idle';
			this.problem = entered.error.message;
			return;
		}
		this.#reportId = '';
		this.#keptAs = '';
		this.kept = null;
		this.ticket = entered.value;
		keepTicket(entered.value);
		this.state = 'in';
		this.#meeting = new Meeting({
			signalling: options,
			ticket: entered.value,
			name,
			iceServers: async () => {
				await this.#session.refresh?.();
				return $state.snapshot(this.#session.iceServers) as never;
			},
			stream: () => this.#media(),
			onReport: (text) => this.#takeReport(text),
			changed: () => this.#show(),
			pack,
			unpack
		});
		await this.#check();
	}

	async tryPath(path: MeetingPath): Promise<MeetingAttempt | null> {
		if (!this.#meeting || this.seat !== 'host') return null;
		const servers = this.shareServers ? ($state.snapshot(this.#session.iceServers) as CheckConfig['iceServers']) : null;
		try {
			return await this.#meeting.attempt(path, servers);
		} catch (error) {
			this.problem = error instanceof Error ? error.message : String(error);
			return null;
		}
	}

	/** Direct first, then each relay that both can use, until one connects; `every`: all of them, each for long enough to be judged. */
	async search(every = false): Promise<void> {
		if (this.searching || this.seat !== 'host') return;
		this.searching = true;
		try {
			for (const { path, works } of this.pair?.predictions ?? []) {
				// A relay that one side cannot use is known to fail; the direct path is tried all the same, to hold the prediction against it.
				if (path.kind === 'relay' && works === 'no' && !every) continue;
				const attempt = await this.tryPath(path);
				if (!attempt) return;
				await settled(attempt);
				if (!this.searching || (attempt.state === 'connected' && !every)) return;
				if (attempt.state === 'connected') await pause(EVERY_MS);
				if (!this.searching) return;
			}
		} finally {
			this.searching = false;
		}
	}

	stop(): void {
		this.searching = false;
		this.#meeting?.stop();
	}

	async leave(): Promise<void> {
		this.searching = false;
		keepTicket(null);
		await this.#meeting?.leave();
		this.#dropMedia();
		this.ticket = null;
		this.state = 'ended';
	}

	/** The page goes away. The seat stays this tab's for two minutes. */
	close(): void {
		this.searching = false;
		const meeting = this.#meeting;
		// What the room says from here on is of this page's own doing, and no end of the seat.
		this.#meeting = null;
		meeting?.close();
		if (meeting) this.attempts = [...meeting.attempts];
		void this.#keep();
		this.#dropMedia();
		if (this.#showTimer !== null) clearTimeout(this.#showTimer);
		if (this.state === 'in') this.state = 'idle';
	}

	async report(): Promise<Report> {
		const config = $state.snapshot(this.#session.config) as CheckConfig;
		const plan = $state.snapshot(this.#session.plan) as Report['config']['plan'];
		const observations = JSON.parse(JSON.stringify(this.observations)) as MeetingObservation[];
		const report = reportBy(concludeMeeting, config, plan, await readEnvironment(), observations);
		return { ...report, id: (this.#reportId ||= report.id) };
	}

	/** Into the history of this device, unless that is switched off: each end keeps its own, as soon as something came of an attempt. */
	async #keep(): Promise<void> {
		const state = this.attempts.map(({ endedBy, state }) => `${endedBy} ${state}`).join();
		const { current } = this;
		const nothing = this.attempts.length === (current && current.state !== 'connected' ? 1 : 0);
		// A call that stands is kept again now and then: its tab may be closed at any moment.
		const due = current?.state === 'connected' && performance.now() > this.#keepAgainMs;
		if (nothing || (state === this.#keptAs && !due)) return;
		this.#keptAs = state;
		const began = performance.now();
		const making = this.report();
		this.#keepAgainMs = Infinity;
		const before = this.#keeping;
		this.#keeping = (async () => {
			const [{ keepReport }, report] = await Promise.all([import('../reports/history'), making, before]);
			this.kept = await keepReport(report);
		})();
		await this.#keeping;
		this.#keepAgainMs = performance.now() + KEEP_MS + KEEP_SHARE * (performance.now() - began);
	}

	async #check(): Promise<void> {
		const session = this.#session;
		const recent = session.report && !session.opened && Date.now() - this.#checkedMs < RECENT_MS && session.state === 'done';
		if (!recent) {
			if (session.opened) session.close();
			await session.start();
			this.#checkedMs = Date.now();
		}
		if (session.report) await this.#meeting?.share(toJson(session.report));
		this.#maybeSearch();
	}

	progress(text: string): void {
		if (this.state === 'in' && this.room?.peer) this.#meeting?.progress(text);
	}

	#takeReport(text: string): void {
		const parsed = parseReport(text);
		if (!parsed.ok) {
			this.problem = `The other device’s report could not be read: ${parsed.error.message}`;
			return;
		}
		const { environment, observations, config } = parsed.value;
		this.peerCheck = {
			seat: this.seat === 'host' ? 'guest' : 'host',
			name: this.#meeting?.peerName || 'The other device',
			browser: `${environment.browser}, ${environment.platform}`,
			deadlineMs: config.limits.deadlineMs,
			observations: peerObservations(observations)
		};
		this.#maybeSearch();
	}

	#maybeSearch(): void {
		if (this.auto && this.bothChecked && this.attempts.length === 0) void this.search();
	}

	async #media(): Promise<MediaStream> {
		if (this.#stream?.getTracks().every(({ readyState }) => readyState === 'live')) return this.#stream;
		this.#dropMedia();
		if (this.camera) {
			try {
				this.#stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
				return this.#stream;
			} catch {
				this.camera = false;
			}
		}
		this.#synthetic = startSyntheticMedia({ audio: true, video: { width: 640, height: 360, frameRate: 30 } });
		this.#stream = this.#synthetic.stream;
		return this.#stream;
	}

	#dropMedia(): void {
		this.#synthetic?.stop();
		this.#stream?.getTracks().forEach((track) => track.stop());
		this.#synthetic = null;
		this.#stream = null;
	}

	get localStream(): MediaStream | null {
		return this.#stream;
	}

	#show(): void {
		const meeting = this.#meeting;
		if (!meeting) return;
		this.room = meeting.room;
		this.peerProgress = meeting.peerProgress;
		this.#showTimer ??= setTimeout(() => {
			this.#showTimer = null;
			this.attempts = [...meeting.attempts];
			this.version++;
			void this.#keep();
		}, SHOW_MS);
		if (meeting.room.connection === 'ended' && this.state === 'in') {
			this.state = 'ended';
			this.problem = meeting.room.ended?.message ?? '';
			keepTicket(null);
			this.ticket = null;
			this.#dropMedia();
		}
	}
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Until it is connected or over. */
async function settled(attempt: MeetingAttempt): Promise<void> {
	while (attempt.endedBy === 'running' && attempt.state !== 'connected') await pause(100);
}

/** A tab that is loaded again keeps its seat. The ticket lives no longer than the tab. */
function readTicket(): Ticket | null {
	try {
		const kept = readJson(ticket, sessionStorage.getItem(TICKET_KEY) ?? '', 'The ticket');
		return kept.ok ? kept.value : null;
	} catch {
		return null;
	}
}

function keepTicket(ticket: Ticket | null): void {
	try {
		if (ticket) sessionStorage.setItem(TICKET_KEY, JSON.stringify(ticket));
		else sessionStorage.removeItem(TICKET_KEY);
	} catch {
		// Without storage a reload means a new invitation.
	}
}
