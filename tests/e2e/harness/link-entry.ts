/** Two ends of a meeting in one page, their messages late and between them the rules of a room, for a test that makes offers cross. */
import { makeRoom, join, post, confirm } from '../../../src/lib/core/signalling/room';
import type { MeetingSeat } from '../../../src/lib/core/observations/observation';
import { MeetingLink, type LinkMessage } from '../../../src/lib/probes/meet/meeting-link';

export interface GlareResult {
	rounds: number;
	settled: number;
	/** Rounds in which both ends really had an offer out at once. */
	crossed: number;
	refused: string[];
	failed: string[];
	connected: boolean;
}

/** Both ends ask for something else at the same moment, again and again: no offer is delivered before both are out. */
async function glare(rounds: number, patienceMs: number): Promise<GlareResult> {
	const result: GlareResult = { rounds, settled: 0, crossed: 0, refused: [], failed: [], connected: false };
	const room = makeRoom({ id: 'host-id', name: 'host', key: 'host-key' });
	join(room, { id: 'guest-id', name: 'guest', key: 'guest-key' });
	const links = {} as Record<MeetingSeat, MeetingLink>;
	const seqs = { host: 0, guest: 0 };
	const crossing = { host: false, guest: false };
	let underWay = 0;
	/** Offers of this round, kept until both ends have made theirs. */
	let held: (() => void)[] | null = null;
	const carry = (from: MeetingSeat, message: LinkMessage) => {
		const to: MeetingSeat = from === 'host' ? 'guest' : 'host';
		const seq = seqs[from] + 1;
		const posted = post(room, from, { seq, to: `${to}-id`, kind: message.kind, body: JSON.stringify(message) });
		if (!posted.ok) return void result.refused.push(`${message.kind}: ${posted.error.code}`);
		seqs[from] = seq;
		// As late as a path may be, and always in order.
		const delivery = posted.value;
		underWay++;
		const deliver = () =>
			setTimeout(() => {
				underWay--;
				confirm(room, to, { from: delivery.from, seq });
				links[to].receive(JSON.parse(delivery.body) as LinkMessage);
			}, 12);
		if (!held) return void deliver();
		held.push(deliver);
		if (!crossing.host || !crossing.guest) return;
		const both = held;
		held = null;
		for (const each of both) each();
	};
	const make = (seat: MeetingSeat) =>
		new MeetingLink({
			polite: seat === 'guest',
			peer: seat,
			configuration: {},
			stream: new MediaStream(),
			now: () => performance.now(),
			send: (message) => {
				if (message.kind === 'offer') crossing[seat] = true;
				carry(seat, message);
			},
			onEvent: ({ call, phase, error }) => {
				if (phase === 'failed') result.failed.push(`${seat} ${call}: ${error ?? ''}`);
			},
			onTrack: () => undefined,
			onState: () => undefined
		});
	links.host = make('host');
	links.guest = make('guest');
	links.host.connection.createDataChannel('first');
	const quiet = () => underWay === 0 && Object.values(links).every(({ connection }) => connection.signalingState === 'stable');
	const directions: RTCRtpTransceiverDirection[] = ['sendrecv', 'recvonly', 'sendonly', 'inactive'];
	await settle(quiet, patienceMs);
	for (let round = 0; round < rounds; round++) {
		crossing.host = crossing.guest = false;
		held = [];
		for (const { connection } of Object.values(links)) {
			// A section each at first, then its direction changes: 400 sections would measure the browser's patience. The end
			// that made it changes it, and the other one receives all along: so every change takes an offer.
			const own = connection.getTransceivers()[0];
			if (round < 2 || !own) connection.addTransceiver('audio');
			else own.direction = directions[(directions.indexOf(own.direction) + 1) % 4]!;
		}
		const crossed = () => crossing.host && crossing.guest;
		const settled = await settle(() => crossed() && quiet(), patienceMs);
		if (crossed()) result.crossed++;
		if (!settled) break;
		result.settled++;
	}
	result.connected = await settle(() => links.host.connection.connectionState === 'connected', patienceMs);
	for (const link of Object.values(links)) link.close();
	return result;
}

/** Until it holds for as long as a message takes, twice. */
async function settle(done: () => boolean, ms: number): Promise<boolean> {
	const end = performance.now() + ms;
	let since: number | null = null;
	while (performance.now() < end) {
		since = done() ? (since ?? performance.now()) : null;
		if (since !== null && performance.now() - since > 40) return true;
		await new Promise((resolve) => setTimeout(resolve, 4));
	}
	return false;
}

Object.assign(window, { glare });
