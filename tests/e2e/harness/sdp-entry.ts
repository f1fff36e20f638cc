/** Peers that make descriptions of every kind a call has, one step at a time, and the judge of the SDP workbench. */
import { judgeAnswer, judgeOffer } from '../../../src/lib/probes/sdp-judge';
import { addTo, type Wanted } from './wanted';

const peers = new Map<string, RTCPeerConnection>();

function peer(name: string): RTCPeerConnection {
	const known = peers.get(name);
	if (!known) throw new Error(`There is no peer ${name}.`);
	return known;
}

function make(name: string, wanted: Wanted, config: RTCConfiguration = {}): void {
	peers.get(name)?.close();
	peers.set(name, new RTCPeerConnection(config));
	add(name, wanted);
}

function add(name: string, wanted: Wanted): void {
	addTo(peer(name), wanted);
}

async function described(connection: RTCPeerConnection, gather: boolean): Promise<string> {
	if (gather && connection.iceGatheringState !== 'complete') {
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, 3000);
			connection.addEventListener('icegatheringstatechange', () => {
				if (connection.iceGatheringState !== 'complete') return;
				clearTimeout(timer);
				resolve();
			});
		});
	}
	return connection.localDescription!.sdp;
}

async function offer(name: string, restart = false, gather = true): Promise<string> {
	const connection = peer(name);
	await connection.setLocalDescription(await connection.createOffer({ iceRestart: restart }));
	return described(connection, gather);
}

async function answer(name: string, sdp: string, wanted: Wanted = {}, gather = true): Promise<string> {
	const connection = peer(name);
	await connection.setRemoteDescription({ type: 'offer', sdp });
	add(name, wanted);
	await connection.setLocalDescription(await connection.createAnswer());
	return described(connection, gather);
}

function stop(name: string, transceiver: number): void {
	peer(name).getTransceivers()[transceiver]!.stop();
}

/** All that it sends and receives goes this way from the next offer on. */
function turn(name: string, direction: RTCRtpTransceiverDirection): void {
	for (const transceiver of peer(name).getTransceivers()) transceiver.direction = direction;
}

async function rollback(name: string): Promise<void> {
	await peer(name).setLocalDescription({ type: 'rollback' });
}

async function accept(name: string, sdp: string): Promise<void> {
	await peer(name).setRemoteDescription({ type: 'answer', sdp });
}

/** Resolves when ICE and DTLS are done. */
async function connected(name: string): Promise<void> {
	const connection = peer(name);
	while (connection.connectionState !== 'connected') {
		if (connection.connectionState === 'failed') throw new Error('The connection failed.');
		await new Promise((resolve) => connection.addEventListener('connectionstatechange', resolve, { once: true }));
	}
}

/** The browser's words when it refuses; null when it does not. */
async function refusal(name: string, side: 'local' | 'remote', type: RTCSdpType, sdp: string): Promise<string | null> {
	const connection = peer(name);
	try {
		if (side === 'local') await connection.setLocalDescription({ type, sdp });
		else await connection.setRemoteDescription({ type, sdp });
		return null;
	} catch (error) {
		return (error as Error).message;
	}
}

async function createOffer(name: string): Promise<string> {
	return (await peer(name).createOffer()).sdp ?? '';
}

function close(): void {
	for (const connection of peers.values()) connection.close();
	peers.clear();
}

export const sdpHarness = {
	judgeOffer,
	judgeAnswer,
	make,
	add,
	offer,
	answer,
	stop,
	turn,
	rollback,
	accept,
	refusal,
	createOffer,
	connected,
	close
};
(globalThis as unknown as { sdpHarness: typeof sdpHarness }).sdpHarness = sdpHarness;
