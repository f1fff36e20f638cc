/** Calls between real browsers behind the lab's NATs, held against what the report of each side predicts. */
import { directPath, pathWithRelays, type Direct, type NetworkReach } from '../../../src/lib/core/nat/peer-matrix';
import type { Family } from '../../../src/lib/core/base/ip';
import { networkReach, relayFamilies } from '../../../src/lib/core/verdict/check/peers';
import { answerQuestions } from '../../../src/lib/core/verdict/answer-questions';
import { makeView } from '../../../src/lib/core/verdict/view';
import type { Report } from '../../../src/lib/core/report/report';
import type { TestBrowser } from '../../support/browsers';
import { patience } from '../../support/patience';
import type { ProfileName } from '../profiles';
import { ACCOUNT, COTURN_PORT } from './browser-check';
import { PROV, STUN2 } from './topology';

export interface Side {
	name: ProfileName;
	browser: TestBrowser;
	reach: NetworkReach;
	relays: Family[];
}

export interface Cell {
	a: ProfileName;
	b: ProfileName;
	withTurn: boolean;
	predicted: Direct;
	rule: string;
	connected: boolean;
	/** Where that is not as predicted: the pairs of both ends, and how many checks each sent and received. */
	pairs?: string[][];
}

const STUN = [{ urls: `stun:${STUN2.ipv4[0]}:3478` }];
const TURN = {
	urls: ['udp', 'tcp'].map((transport) => `turn:${PROV.ipv4[0]}:${COTURN_PORT}?transport=${transport}`),
	...ACCOUNT
};

/** A call that has no path gets so many times what the slowest of those took that have one, and a second. */
const NO_PATH_RATIO = 3;
const ROUND_MS = 200;

/** What a side's own report says of its network, in the shape that the matrix takes. */
export function sideOf(name: ProfileName, browser: TestBrowser, { observations, conclusions }: Report): Side {
	const reach = networkReach(answerQuestions(makeView(observations)).view);
	return { name, browser, reach, relays: relayFamilies(conclusions.servers) };
}

export const agrees = ({ predicted, connected }: Cell) => predicted === (connected ? 'yes' : 'no');

interface Call {
	/** Passes on what each end has found since, and says how the call stands. */
	round(): Promise<RTCPeerConnectionState>;
	/** The candidate pairs of both ends, for people. */
	pairs(): Promise<string[][]>;
	close(): Promise<void>;
}

const MAKE = `(async ({ id, iceServers, offer }) => {
	const peer = new RTCPeerConnection({ iceServers });
	const found = [];
	(globalThis.calls ??= {})[id] = { peer, found };
	peer.onicecandidate = ({ candidate }) => candidate && found.push(candidate.toJSON());
	if (offer) await peer.setRemoteDescription(offer);
	else peer.createDataChannel('');
	await peer.setLocalDescription();
	return peer.localDescription.toJSON();
})`;
const STEP = `(async ({ id, answer, candidates }) => {
	const { peer, found } = globalThis.calls[id];
	if (answer) await peer.setRemoteDescription(answer);
	for (const candidate of candidates) await peer.addIceCandidate(candidate);
	return { state: peer.connectionState, candidates: found.splice(0) };
})`;
const PAIRS = `(async ({ id }) => {
	const all = [...(await globalThis.calls[id].peer.getStats()).values()];
	const text = (id) => all.filter((each) => each.id === id).map(({ candidateType, address, port }) => [candidateType, address, port].join(' '))[0];
	return all
		.filter(({ type }) => type === 'candidate-pair')
		.map((pair) => [text(pair.localCandidateId), '>', text(pair.remoteCandidateId), pair.state, pair.requestsSent, pair.requestsReceived].join(' '));
})`;
const CLOSE = `(({ id }) => { globalThis.calls[id].peer.close(); delete globalThis.calls[id]; })`;

async function begin({ browser: a }: Side, { browser: b }: Side, id: string, withTurn: boolean): Promise<Call> {
	const run = <R>(browser: TestBrowser, source: string, arg: object) =>
		browser.evaluate<R>(`${source}(${JSON.stringify({ id, ...arg })})`);
	const iceServers = withTurn ? [...STUN, TURN] : STUN;
	const offer = await run<object>(a, MAKE, { iceServers });
	let answer: object | null = await run<object>(b, MAKE, { iceServers, offer });
	let [forA, forB]: [object[], object[]] = [[], []];
	return {
		round: async () => {
			const step = (browser: TestBrowser, arg: object) =>
				run<{ state: RTCPeerConnectionState; candidates: object[] }>(browser, STEP, arg);
			const [fromA, fromB] = await Promise.all([step(a, { answer, candidates: forA }), step(b, { candidates: forB })]);
			answer = null;
			[forA, forB] = [fromB.candidates, fromA.candidates];
			return fromA.state;
		},
		pairs: () => Promise.all([a, b].map((browser) => run<string[]>(browser, PAIRS, {}))),
		close: async () => void (await Promise.all([a, b].map((browser) => run(browser, CLOSE, {}))))
	};
}

/** All pairs call each other at once, and what came of it. */
export async function callAll(pairs: readonly (readonly [Side, Side])[], withTurn: boolean): Promise<Cell[]> {
	const began = performance.now();
	const calls = await Promise.all(
		pairs.map(async ([a, b], n) => {
			const { direct, rule } = directPath(a.reach, b.reach);
			const predicted = withTurn ? pathWithRelays(a.reach, b.reach, { mine: a.relays, theirs: b.relays }) : direct;
			const cell: Cell = { a: a.name, b: b.name, withTurn, predicted, rule, connected: false };
			return { cell, call: await begin(a, b, `${n} ${withTurn}`, withTurn), ended: false };
		})
	);
	const hanging = began + patience(60_000);
	/** When the last of those connected that should. */
	let slowestMs: number | null = null;
	for (;;) {
		await Promise.all(
			calls
				.filter(({ ended }) => !ended)
				.map(async (one) => {
					const state = await one.call.round();
					one.cell.connected = state === 'connected';
					one.ended = state === 'connected' || state === 'failed';
				})
		);
		const now = performance.now();
		if (calls.every(({ cell, ended }) => ended || cell.predicted !== 'yes')) slowestMs ??= now - began;
		const waited = slowestMs !== null && now - began > NO_PATH_RATIO * slowestMs + 1000;
		if (calls.every(({ ended }) => ended) || waited || now > hanging) break;
		await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
	}
	for (const { call, cell } of calls) {
		if (!agrees(cell)) cell.pairs = await call.pairs();
		await call.close();
	}
	return calls.map(({ cell }) => cell);
}

const MARK = { yes: 'direct', no: '–', unknown: '?' } as const;

/** Rows and columns one for each kind of network: what was predicted, and what happened where it differs. */
export function matrix(browser: string, withTurn: boolean, cells: readonly Cell[]): string {
	const names = [...new Set(cells.flatMap(({ a, b }) => [a, b]))];
	const text = (one: string, other: string) => {
		const cell = cells.find(({ a, b }) => (a === one && b === other) || (a === other && b === one));
		if (!cell) return '';
		const happened = cell.connected ? 'yes' : 'no';
		return cell.predicted === happened ? (cell.connected ? 'connects' : 'no path') : `${MARK[cell.predicted]} BUT ${happened}`;
	};
	const lines = names.map((one) => `| ${[one, ...names.map((other) => text(one, other))].join(' | ')} |`);
	const head = `| ${browser}, ${withTurn ? 'with TURN' : 'STUN only'} | ${names.join(' | ')} |\n|${'---|'.repeat(names.length + 1)}`;
	return `${head}\n${lines.join('\n')}`;
}
