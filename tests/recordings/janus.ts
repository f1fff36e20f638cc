/** A real Janus in the lab, and what a page does to talk to it. */
import { startJanus, type Janus } from '../support/janus';
import type { Lab } from '../support/namespace';
import { STUN2 } from '../natlab/kernel/topology';

const HOST = STUN2.ipv4[0]!;
const PORT = 8088;

export const startLabJanus = (lab: Lab): Promise<Janus> =>
	startJanus({ host: HOST, port: PORT, namespace: lab.namespace('stun2') });

/** Code of a page: a session, a handle of a plugin, and messages with descriptions that hold all candidates. */
export const JANUS = `
	const base = 'http://${HOST}:${PORT}/janus';
	let count = 0;
	const post = async (path, body) => {
		const transaction = 't' + count++;
		const response = await fetch(base + path, { method: 'POST', body: JSON.stringify({ ...body, transaction }) });
		return { ...(await response.json()), transaction };
	};
	const session = '/' + (await post('', { janus: 'create' })).data.id;
	const events = [];
	const poll = async () => {
		for (;;) {
			const found = await fetch(base + session + '?maxev=10').then((response) => response.json()).catch(() => null);
			if (found === null) return;
			events.push(...[found].flat().filter(({ janus }) => janus !== 'keepalive'));
		}
	};
	poll();
	const heard = async (test) => {
		for (;;) {
			const index = events.findIndex(test);
			if (index >= 0) return events.splice(index, 1)[0];
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	};
	const attach = async (plugin) => {
		const { id } = (await post(session, { janus: 'attach', plugin: 'janus.plugin.' + plugin })).data;
		return {
			send: async (body, jsep) => {
				const answer = await post(session + '/' + id, { janus: 'message', body, ...(jsep && { jsep }) });
				return answer.janus === 'success' ? answer.plugindata.data : heard(({ transaction, plugindata }) => transaction === answer.transaction && plugindata);
			}
		};
	};
	const whole = async (peer, description) => {
		await peer.setLocalDescription(description);
		if (peer.iceGatheringState !== 'complete') await new Promise((resolve) => {
			peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && resolve());
		});
		return { type: peer.localDescription.type, sdp: peer.localDescription.sdp };
	};
`;

/** Publishes to a room, and shows it to a second connection of the same page. */
export const JANUS_ROOM = `${JANUS}
	const publisher = await attach('videoroom');
	const room = (await publisher.send({ request: 'create', publishers: 6 })).room;
	const joined = await publisher.send({ request: 'join', ptype: 'publisher', room });
	const feed = joined.plugindata.data.id;
	await addMedia(peer, ['audio', 'video']);
	const published = await publisher.send({ request: 'publish' }, await whole(peer));
	await peer.setRemoteDescription(published.jsep);
	// Before that there is nothing to subscribe to.
	await heard(({ janus }) => janus === 'webrtcup');
	const subscriber = await attach('videoroom');
	const offered = await subscriber.send({ request: 'join', ptype: 'subscriber', room, streams: [{ feed }] });
	const other = (window.other = new RTCPeerConnection());
	await other.setRemoteDescription(offered.jsep);
	await subscriber.send({ request: 'start' }, await whole(other));
`;
