/** Asks this browser about descriptions, each in a connection of its own that gathers nothing. */
import { OFFERS, type OfferName } from '../../mutations/bases';
import { mutationsOf } from '../../mutations/operators';

/** Where it was refused, in the browser's own words; null where it went through. */
export type Refusal = { at: 'remote' | 'answer' | 'local'; message: string } | null;

const CONFIGURATION: RTCConfiguration = { iceServers: [], iceTransportPolicy: 'relay' };

async function judgeOffer(sdp: string): Promise<Refusal> {
	const connection = new RTCPeerConnection(CONFIGURATION);
	let at: 'remote' | 'answer' | 'local' = 'remote';
	try {
		await connection.setRemoteDescription({ type: 'offer', sdp });
		at = 'answer';
		const answer = await connection.createAnswer();
		at = 'local';
		await connection.setLocalDescription(answer);
		return null;
	} catch (error) {
		return { at, message: (error as Error).message.replace(/^Failed to execute '\w+' on 'RTCPeerConnection': /, '') };
	} finally {
		connection.close();
	}
}

/** Of the changes to one base, those with these indices. */
async function judgeMutations(base: OfferName, indices: readonly number[]): Promise<Refusal[]> {
	const mutations = mutationsOf(OFFERS[base]);
	const refusals: Refusal[] = [];
	for (const index of indices) {
		refusals.push(await judgeOffer(mutations[index]!.text));
		if (refusals.length % 50 === 0) await collectGarbage();
	}
	return refusals;
}

/** Chromium counts closed connections too, until they are collected, and allows 500 (started with `--js-flags=--expose-gc`). */
async function collectGarbage(): Promise<void> {
	(globalThis as { gc?: () => void }).gc?.();
	await new Promise((resolve) => setTimeout(resolve));
}

export const mutations = { judgeOffer, judgeMutations };
(globalThis as unknown as { mutations: typeof mutations }).mutations = mutations;
