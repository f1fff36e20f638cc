/** What the page of one end of a recorded call does. Every page of the lab is this one; what differs is what it is told to run. */

/** Runs in the page: peers by name, what they send to the other end, and what they are given of it. */
export const CALL_PAGE = `
	const peers = {};
	window.failures = [];
	const say = (end, message) => window.signal(JSON.stringify({ end, ...message }));
	const run = (code, peer) => new (Object.getPrototypeOf(async () => {}).constructor)('peer', 'end', code)(peer, peer.end);
	const plain = (description) => ({ type: description.type, sdp: description.sdp });

	window.open_ = async (end, { config, code }) => {
		const peer = new RTCPeerConnection(config);
		peer.end = end;
		peers[end] = peer;
		peer.onicecandidate = ({ candidate }) => say(end, { candidate: candidate && candidate.toJSON() });
		await run(code, peer);
	};
	/** Makes an offer, at the beginning or again. */
	window.offer = async (end, trickles = true) => {
		const peer = peers[end];
		await peer.setLocalDescription();
		if (!trickles) await gathered(peer);
		say(end, { description: plain(peer.localDescription) });
	};
	const gathered = (peer) => peer.iceGatheringState === 'complete' || new Promise((resolve) => {
		peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && resolve());
	});
	window.give = async (end, { description, candidate }) => {
		const peer = peers[end];
		try {
			if (candidate) return await peer.addIceCandidate(candidate);
			if (!description) return;
			await peer.setRemoteDescription(description);
			if (description.type !== 'offer' || peer.keepsSilent) return;
			if (peer.beforeAnswer) await peer.beforeAnswer();
			await peer.setLocalDescription();
			say(end, { description: plain(peer.localDescription) });
		} catch (error) {
			window.failures.push(String(error));
		}
	};
	window.reportsOf = async (end) => [...(await peers[end].getStats()).values()];
	window.later = (end, code) => run(code, peers[end]).catch((error) => window.failures.push(String(error)));

	/** Tracks of a fake camera and microphone, or of what takes their place. */
	window.capture = (wanted) => navigator.mediaDevices.getUserMedia({
		audio: wanted.includes('audio'),
		video: wanted.includes('video') && { width: 320, height: 180, frameRate: 15 }
	});
	window.addMedia = async (peer, wanted) => {
		const stream = await window.capture(wanted);
		for (const track of stream.getTracks()) peer.addTrack(track, stream);
	};
`;

/**
 * Runs in the page before anything else: writes down what is done with connections, and their statistics each second, as rtcstats
 * does (a line an event: method, connection, value, time).
 */
export const RTCSTATS_RECORDER = `
	window.lines = [['connectionInfo', null, { userAgent: navigator.userAgent, statsFormat: 'standard', clientProtocol: '3.1_STANDARD' }, Date.now()]];
	const write = (...line) => window.lines.push([...line, Date.now()]);
	const Native = RTCPeerConnection;
	let count = 0;
	const withoutSecrets = (config = {}) => ({
		...config,
		iceServers: (config.iceServers ?? []).map(({ credential, ...server }) => server)
	});
	window.RTCPeerConnection = function (config) {
		const peer = new Native(config);
		const id = 'PC_' + count++;
		write('create', id, withoutSecrets(config));
		const told = (name, value) => peer.addEventListener(name, (event) => write('on' + name, id, value(event)));
		told('icecandidate', ({ candidate }) => candidate && candidate.toJSON());
		told('icecandidateerror', ({ url, address, port, errorCode, errorText }) => ({ url, address, port, errorCode, errorText }));
		told('signalingstatechange', () => peer.signalingState);
		told('iceconnectionstatechange', () => peer.iceConnectionState);
		told('icegatheringstatechange', () => peer.iceGatheringState);
		told('connectionstatechange', () => peer.connectionState);
		told('track', ({ track, streams }) => track.kind + ':' + track.id + ' ' + streams.map((one) => 'stream:' + one.id));
		for (const name of ['createOffer', 'createAnswer', 'setLocalDescription', 'setRemoteDescription', 'addIceCandidate']) {
			const native = peer[name].bind(peer);
			peer[name] = async (...args) => {
				write(name, id, args[0] ?? null);
				try {
					const result = await native(...args);
					const made = name === 'setLocalDescription' ? peer.localDescription : result;
					write(name + 'OnSuccess', id, made ? { type: made.type, sdp: made.sdp } : null);
					return result;
				} catch (error) {
					write(name + 'OnFailure', id, String(error));
					throw error;
				}
			};
		}
		const close = peer.close.bind(peer);
		peer.close = () => {
			write('close', id, null);
			clearInterval(timer);
			close();
		};
		const restart = peer.restartIce.bind(peer);
		peer.restartIce = () => (write('restartIce', id, null), restart());
		const timer = setInterval(async () => {
			const reports = {};
			(await peer.getStats()).forEach((report) => (reports[report.id] = report));
			write('getstats', id, reports);
		}, 1000);
		return peer;
	};
	const getUserMedia = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
	if (getUserMedia) navigator.mediaDevices.getUserMedia = async (constraints) => {
		write('navigator.mediaDevices.getUserMedia', null, constraints);
		try {
			return await getUserMedia(constraints);
		} catch (error) {
			write('navigator.mediaDevices.getUserMediaOnFailure', null, error.name);
			throw error;
		}
	};
`;
