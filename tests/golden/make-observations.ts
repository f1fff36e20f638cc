/**
 * Observations as a browser on a described network would make them, following what was measured in Chromium 156 and
 * Firefox 153: one candidate for agreeing observers, hidden host addresses, 701 errors with and without text, deadlines.
 * Inputs for tests of the judging part; nothing of Icelens runs here.
 */
import type {
	BrowserEngine,
	CandidateErrorRecord,
	CandidateRecord,
	FilterProbe,
	Gathered,
	Observation,
	RelayRun
} from '../../src/lib/core/observations/observation';
import type { IceServer } from '../../src/lib/core/ice/server';
import { serverListFacts } from '../../src/lib/core/ice/server-list-facts';
import { isOutside, scopeOfText } from '../../src/lib/core/base/ip';
import { udpServersOutside } from '../../src/lib/core/plan/observers';
import { skipped } from '../../src/lib/core/plan/skip-values';
import { parseIceUrl } from '../../src/lib/core/stun/uri';
import { urlFaultText } from '../../src/lib/core/stun/uri-fault';
import { answersUdp, familyOf, placesOf, stunUrl, type Device, type Endpoint, type Network, type Server } from './network';

/** In the order in which a run would record them. */
export function makeObservations(network: Network): Observation[] {
	return new Recorder(network).run();
}

/** The list as the run writes it down before it asks anybody. */
export function listObservation(iceServers: readonly IceServer[], nowMs: number): Observation {
	const data = serverListFacts(iceServers, { nowMs, runMsAtMost: 30_000 });
	return { probe: 'server-list', step: 'server-list', target: null, startedMs: 0, tookMs: 0.1, outcome: { state: 'seen', data } };
}

class Recorder {
	#network: Network;
	#port = 50_000;
	#nth = 0;
	#found: { endsMs: number; observation: Observation }[] = [];

	constructor(network: Network) {
		this.#network = network;
	}

	run(): Observation[] {
		const { servers, app } = this.#network;
		if (app === 'fails') {
			this.#record('app-reachability', 'app-reachability', 'http://localhost:8478/api/echo', 0, 90, {
				state: 'failed',
				code: 'refused',
				message: 'http://localhost:8478/api/echo could not be fetched: Failed to fetch'
			});
		} else {
			const own = { url: 'http://localhost:8478/api/echo', clientAddress: '127.0.0.1', answer: {} };
			const { url, clientAddress, answer } = app ?? own;
			const data = { url, status: 200, rttMs: 3.1, clientAddress, ...answer };
			this.#record('app-reachability', 'app-reachability', url, 0, 12, seenAs(data));
		}
		const ends = servers.map((server, i) =>
			this.#server(server, 40 * i, servers.slice(0, i).filter((s) => s.url === server.url).length)
		);
		this.#all(40 * servers.length);
		this.#firstAnswer(40 * servers.length + 200);
		this.#mapping();
		this.#filtering();
		servers.forEach((server, i) => this.#relay(server, ends[i]!));
		return this.#found.toSorted((a, b) => a.endsMs - b.endsMs).map(({ observation }) => observation);
	}

	#record(probe: string, step: string, target: string | null, startedMs: number, tookMs: number, outcome: unknown): number {
		const { stoodStill } = this.#network;
		const paused = stoodStill === undefined ? {} : { pausedMs: { hidden: 0, stalled: Math.round(stoodStill * tookMs) } };
		this.#found.push({
			endsMs: startedMs + tookMs,
			observation: { probe, step, target, startedMs, tookMs, ...paused, outcome } as Observation
		});
		return startedMs + tookMs;
	}

	get #deadlineMs(): number {
		return this.#network.deadlineMs ?? 5000;
	}

	/** Host candidates of a fresh connection, one socket a device address. */
	#hosts(): { device: Device; port: number; record: CandidateRecord }[] {
		return this.#network.devices.map((device) => {
			const port = (this.#port += 137 + (this.#port % 11));
			const address = this.#network.microphone ? device.address : `0f2c1d3e-${port}.local`;
			return {
				device,
				port,
				record: {
					...BLANK,
					type: 'host',
					address,
					port,
					atMs: 2,
					candidate: `candidate:1 1 udp 2113937151 ${address} ${port} typ host`
				}
			};
		});
	}

	#reflexive(host: { device: Device; port: number }, to: Endpoint, url: string, atMs: number): CandidateRecord {
		const mapped = this.#network.nat(host.device.family, host.port, to, this.#nth++);
		const { microphone, engine } = this.#network;
		return {
			...BLANK,
			type: 'srflx',
			address: mapped.address,
			port: mapped.port,
			atMs,
			url: engine === 'firefox' ? null : url,
			relatedAddress: microphone ? host.device.address : host.device.family === 'ipv4' ? '0.0.0.0' : '::',
			relatedPort: microphone ? host.port : 0,
			candidate: `candidate:2 1 udp 1677729535 ${mapped.address} ${mapped.port} typ srflx`
		};
	}

	#server(server: Server, startedMs: number, repeat: number): number {
		const step = `server-gathering ${server.url}${repeat > 0 ? ` #${repeat + 1}` : ''}`;
		const does = server.does ?? 'answers';
		const end = (tookMs: number, outcome: unknown) =>
			this.#record('server-gathering', step, server.url, startedMs, tookMs, outcome);
		if (does === 'not-asked') return end(0, { state: 'skipped', why: 'Switched off.' });
		if (typeof does === 'object' && 'fails' in does) return end(1, { state: 'failed', code: does.fails, message: does.message });
		const hosts = this.#hosts();
		const gathered: Gathered = {
			engine: this.#network.engine ?? 'chromium',
			candidates: hosts.map((h) => h.record),
			errors: [],
			completeMs: null,
			endedBy: 'deadline'
		};
		const data = { ...gathered, url: server.url };
		if (does === 'silent') return end(this.#deadlineMs, seenAs(data));
		if (does === 'swallowed') return end(30, seenAs({ ...data, completeMs: 30, endedBy: 'complete' }));
		if (does === 'refused' || typeof does === 'object') {
			const atMs = typeof does === 'object' ? (does.atMs ?? 60) : 70;
			const firefox = gathered.engine === 'firefox';
			const error: CandidateErrorRecord = {
				atMs,
				url: server.url,
				errorCode: typeof does === 'object' ? does.code : 701,
				errorText: firefox ? '' : typeof does === 'object' ? does.text : 'Failed to establish connection',
				address: typeof does === 'object' && does.code !== 701 ? '0.0.0.x' : null,
				port: null
			};
			return end(atMs + 5, seenAs({ ...data, errors: [error], completeMs: atMs + 5, endedBy: 'complete' }));
		}
		const atMs = server.answerMs ?? 34;
		const turn = /^turns?:/.test(server.url);
		const parsed = parseIceUrl(server.url);
		if (!parsed.ok) throw new Error(urlFaultText(parsed.error));
		const places = placesOf(server).filter((place) => familyOf(place.address) !== server.silentOver);
		const reached = hosts.flatMap((host) =>
			places.filter((p) => familyOf(p.address) === host.device.family).map((to) => ({ host, to }))
		);
		if (parsed.value.transport === 'udp' || parsed.value.scheme === 'stuns') {
			for (const { host, to } of reached) {
				const srflx = this.#reflexive(host, to, server.url.replace(/^turn:([^?]*).*/, 'stun:$1'), atMs);
				const same = this.#network.microphone && srflx.address === host.device.address;
				if (!same) data.candidates.push(srflx);
			}
		}
		if (turn && reached.length > 0) {
			const address = server.relay ?? places[0]!.address;
			data.candidates.push({
				...BLANK,
				type: 'relay',
				address,
				port: 49_200,
				atMs: atMs * 2,
				url: server.url,
				relayProtocol: null,
				candidate: `candidate:3 1 udp 8191 ${address} 49200 typ relay`
			});
		}
		const done = data.candidates.length > hosts.length;
		if (reached.length === 0 || !done) return end(35, seenAs({ ...data, completeMs: 35, endedBy: 'complete' }));
		const lastMs = Math.max(...data.candidates.map((c) => c.atMs));
		return end(lastMs + 1, seenAs({ ...data, endedBy: 'satisfied' }));
	}

	/** All servers in one connection, as an application has them. */
	#all(startedMs: number): void {
		const { servers, engine } = this.#network;
		const usable = servers.filter((s) => !(typeof s.does === 'object' && 'fails' in s.does));
		const silent = usable.some((s) => s.does === 'silent');
		const shared = this.#shared(
			usable.filter((s) => answersUdp(s)),
			engine ?? 'chromium'
		);
		this.#record(
			'ice-gathering',
			'ice-gathering',
			null,
			startedMs,
			silent ? this.#deadlineMs : 130,
			seenAs({
				...shared,
				completeMs: silent ? null : 130,
				endedBy: silent ? 'deadline' : 'complete',
				mediaPermission: this.#network.microphone ? 'granted' : 'not-granted',
				policy: 'all',
				urls: usable.map((s) => s.url)
			})
		);
	}

	/** Tried only while nobody outside has answered, and ended by the first who does. */
	#firstAnswer(startedMs: number): void {
		const { servers, engine } = this.#network;
		const urls = udpServersOutside(servers.filter((s) => s.does !== 'not-asked').map((s) => s.url));
		if (urls.length < 2) return;
		const outside = servers.filter((s) => answersUdp(s) && udpServersOutside([s.url]).length > 0);
		const soonestMs = Math.min(...outside.map((s) => 40 * servers.indexOf(s) + (s.answerMs ?? 34)));
		const step = 'udp-first-answer';
		if (soonestMs < startedMs) {
			this.#record(step, step, null, startedMs, 0, skipped('skip-udp-answered', {}));
			return;
		}
		const inTime = outside.filter((s) => (s.answerMs ?? 34) < 2400);
		const first = inTime.toSorted((a, b) => (a.answerMs ?? 34) - (b.answerMs ?? 34)).slice(0, 1);
		const gathered = this.#shared(first, engine ?? 'chromium');
		const heard = gathered.candidates.some((c) => c.type === 'srflx' && isOutside(scopeOfText(c.address)));
		const tookMs = heard ? (first[0]!.answerMs ?? 34) : 2400;
		const ended = { completeMs: null, endedBy: heard ? 'satisfied' : 'deadline' } as const;
		this.#record(step, step, null, startedMs, tookMs, seenAs({ ...gathered, ...ended, urls }));
	}

	#shared(servers: readonly Server[], engine: BrowserEngine): Gathered {
		const hosts = this.#hosts();
		const candidates = hosts.map((h) => h.record);
		for (const host of hosts) {
			const told = new Set<string>();
			for (const server of servers) {
				for (const to of placesOf(server)) {
					if (familyOf(to.address) !== host.device.family || server.silentOver === host.device.family) continue;
					const srflx = this.#reflexive(host, to, stunUrl(server.url), server.answerMs ?? 34);
					const key = `${srflx.address} ${srflx.port}`;
					if (told.has(key) || (this.#network.microphone && srflx.address === host.device.address)) continue;
					told.add(key);
					candidates.push(srflx);
				}
			}
		}
		return { engine, candidates, errors: [], completeMs: 130, endedBy: 'complete' };
	}

	/** Probes from a relay: to two sockets that wrote to another address only, and to one that wrote to the relay's as well. */
	#filtering(): void {
		const { servers, filtering, nat } = this.#network;
		if (!filtering) return;
		const turn = servers.find((s) => /^turns?:/.test(s.url) && (s.does ?? 'answers') === 'answers')!;
		const relay = { address: turn.relay ?? placesOf(turn)[0]!.address, port: 49_400 };
		const observers = servers.filter(answersUdp).map((s) => ({ url: stunUrl(s.url), place: placesOf(s)[0]! }));
		const far = observers.find(({ place }) => place.address !== relay.address);
		const near = observers.find(({ place }) => place.address === relay.address) ?? far!;
		const probe = (opened: FilterProbe['opened'], observer: typeof near, passed: boolean): FilterProbe => {
			const port = (this.#port += 137);
			const mapped = nat('ipv4', port, observer.place, this.#nth++);
			const blocked = {
				state: 'blocked',
				why: null,
				controlMs: 33,
				controlPort: nat('ipv4', port, relay, this.#nth++).port
			} as const;
			const deaf = { state: 'inconclusive', why: 'control-failed', controlMs: null, controlPort: null } as const;
			const came = { state: 'passed', why: null, controlMs: null, controlPort: null } as const;
			const outcome = filtering === 'relay-is-deaf' ? deaf : passed ? came : blocked;
			return { opened, observer: observer.url, mapped, relay, probingMs: outcome === came ? 18 : 1220, ...outcome };
		};
		const strangers = filtering === 'endpoint-independent';
		const known = filtering !== 'address-and-port-dependent';
		const twice = <T>(make: () => T) => [make(), make()];
		const probes = [
			...(far ? twice(() => probe('other-address', far, strangers)) : []),
			...(known && !strangers ? twice(() => probe('relay-address', near, true)) : [probe('relay-address', near, known)])
		];
		const data = { method: 'turn', family: 'ipv4', server: turn.url, probes };
		this.#record('nat-filtering', 'nat-filtering early', null, 500, strangers ? 120 : 1420, seenAs(data));
	}

	#mapping(): void {
		const { servers, mapping, engine } = this.#network;
		const observers = servers.filter(answersUdp);
		const places = new Set(observers.map((s) => stunUrl(s.url)));
		const startedMs = 450;
		if (mapping === 'not-run') return;
		if (places.size < 2) {
			this.#record(
				'nat-mapping',
				'nat-mapping early',
				null,
				startedMs,
				0,
				skipped('skip-mapping-needs-two-observers', { answered: places.size })
			);
			return;
		}
		const first = [...places].map((url) => observers.find((s) => stunUrl(s.url) === url)!);
		const failing = mapping === 'one-fails' ? first.at(-1)! : null;
		const shared = this.#shared(
			first.filter((s) => s !== failing),
			engine ?? 'chromium'
		);
		if (failing)
			shared.errors.push({
				atMs: 60,
				url: stunUrl(failing.url),
				errorCode: 701,
				errorText: 'STUN binding request timed out.',
				address: '0.0.0.x',
				port: null
			});
		const tookMs = mapping === 'unfinished' ? 500 : mapping === 'waited' ? 4000 : 60;
		const ended =
			mapping && !failing
				? { completeMs: null, endedBy: mapping === 'waited' ? 'deadline' : 'satisfied' }
				: { completeMs: 60, endedBy: 'complete' };
		this.#record(
			'nat-mapping',
			'nat-mapping early',
			null,
			startedMs,
			tookMs,
			seenAs({ ...shared, ...ended, observers: [...places] })
		);
	}

	#relay(server: Server, startedMs: number): void {
		if (!/^turns?:/.test(server.url)) return;
		const step = `relay ${server.url}`;
		if ((server.does ?? 'answers') !== 'answers') {
			this.#record('relay', step, server.url, startedMs, 0, skipped('skip-relay-not-allocated', {}));
			return;
		}
		if (server.carries === null) return;
		const carries = server.carries ?? ['direct'];
		const order: RelayRun['toward'][] = carries.includes('direct')
			? ['direct']
			: ['direct', 'self', ...(carries.includes('cross') ? (['cross'] as const) : [])];
		const address = server.relay ?? placesOf(server)[0]!.address;
		const runs = order.map((toward): RelayRun => {
			const carried = carries.includes(toward);
			return {
				toward,
				peerUrl: toward === 'direct' ? null : toward === 'self' ? server.url : 'turn:203.0.113.99:3478',
				state: carried ? 'carried' : 'not-connected',
				connectMs: carried ? 180 : null,
				bytesOut: carried ? 65_536 : 0,
				bytesBack: carried ? 65_536 : 0,
				rttMs: carried ? 12.4 : null,
				relayAddress: address,
				relayPort: 49_300,
				remote: carried && server.relaySees ? { address: server.relaySees, port: 50_000, type: 'prflx' } : null,
				errors: []
			};
		});
		this.#record(
			'relay',
			step,
			server.url,
			startedMs,
			carries.includes('direct') ? 420 : 3000,
			seenAs({ url: server.url, runs })
		);
	}
}

const BLANK = {
	protocol: 'udp' as const,
	foundation: '1',
	component: 1,
	priority: 2_113_937_151,
	relatedAddress: null,
	relatedPort: null,
	tcpType: null,
	url: null,
	relayProtocol: null
};

const seenAs = (data: unknown) => ({ state: 'seen', data });
