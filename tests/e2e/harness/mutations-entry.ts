/** Asks this browser about descriptions, each in a connection of its own that gathers nothing. */
import { OFFERS, type OfferName } from '../../mutations/bases';
import { mutationsOf } from '../../mutations/operators';
import { addTo, type Wanted } from './wanted';

/** Where it was refused, in the browser's own words; null where it went through. */
export type Refusal = { at: 'remote' | 'answer' | 'local'; message: string } | null;

/** One exchange as this end sees it: it makes an offer and takes the answer, or takes an offer and answers. */
export interface Turn {
	/** What this end adds before its own description. */
	add?: Wanted;
	restart?: boolean;
	/** The transceiver that is stopped before. */
	stop?: number;
	from: 'here' | 'there';
	/** The other end's description. */
	sdp: string;
}

const CONFIGURATION: RTCConfiguration = { iceServers: [], iceTransportPolicy: 'relay' };

/** Goes through the turns; the last alone may be refused. */
async function judgeTurns(turns: readonly Turn[]): Promise<Refusal> {
	const connection = new RTCPeerConnection(CONFIGURATION);
	let at: 'remote' | 'answer' | 'local' = 'remote';
	let turn = 0;
	try {
		for (const each of turns) {
			at = 'remote';
			if (each.from === 'here') await offer(connection, each);
			await connection.setRemoteDescription({ type: each.from === 'here' ? 'answer' : 'offer', sdp: each.sdp });
			if (each.from === 'there') {
				addTo(connection, each.add ?? {});
				at = 'answer';
				const answer = await connection.createAnswer();
				at = 'local';
				await connection.setLocalDescription(answer);
			}
			turn++;
		}
		return null;
	} catch (error) {
		const { message } = error as Error;
		if (turn < turns.length - 1) throw new Error(`turn ${turn + 1}: ${message}`, { cause: error });
		return { at, message: message.replace(/^Failed to execute '\w+' on 'RTCPeerConnection': /, '') };
	} finally {
		close(connection);
	}
}

/** What this end itself says in the last turn. */
async function own(turns: readonly Turn[]): Promise<string> {
	const connection = new RTCPeerConnection(CONFIGURATION);
	try {
		let made = '';
		for (const each of turns) {
			if (each.from === 'here') made = await offer(connection, each);
			await connection.setRemoteDescription({ type: each.from === 'here' ? 'answer' : 'offer', sdp: each.sdp });
			if (each.from === 'here') continue;
			addTo(connection, each.add ?? {});
			await connection.setLocalDescription(await connection.createAnswer());
			made = connection.localDescription!.sdp;
		}
		return made;
	} finally {
		close(connection);
	}
}

function close(connection: RTCPeerConnection): void {
	for (const { track } of connection.getSenders()) track?.stop();
	connection.close();
}

async function offer(connection: RTCPeerConnection, { add, restart, stop }: Turn): Promise<string> {
	addTo(connection, add ?? {});
	if (stop !== undefined) connection.getTransceivers()[stop]!.stop();
	await connection.setLocalDescription(await connection.createOffer({ iceRestart: restart ?? false }));
	return connection.localDescription!.sdp;
}

const judgeOffer = (sdp: string) => judgeTurns([{ from: 'there', sdp }]);

/** Of the changes to one base, those with these indices. */
async function judgeMutations(base: OfferName, indices: readonly number[]): Promise<Refusal[]> {
	const mutations = mutationsOf(OFFERS[base]);
	return judgeEach(indices.map((index) => [{ from: 'there', sdp: mutations[index]!.text }]));
}

/** Last turns after the same ones before: each with another description. */
async function judgeLast(before: readonly Turn[], last: Turn, descriptions: readonly string[]): Promise<Refusal[]> {
	return judgeEach(descriptions.map((sdp) => [...before, { ...last, sdp }]));
}

async function judgeEach(all: readonly (readonly Turn[])[]): Promise<Refusal[]> {
	const refusals: Refusal[] = [];
	for (const turns of all) {
		refusals.push(await judgeTurns(turns));
		if (refusals.length % 50 === 0) await collectGarbage();
	}
	return refusals;
}

/** Chromium counts closed connections too, until they are collected, and allows 500 (started with `--js-flags=--expose-gc`). */
async function collectGarbage(): Promise<void> {
	(globalThis as { gc?: () => void }).gc?.();
	await new Promise((resolve) => setTimeout(resolve));
}

export const mutations = { judgeOffer, judgeMutations, judgeLast, own };
(globalThis as unknown as { mutations: typeof mutations }).mutations = mutations;
