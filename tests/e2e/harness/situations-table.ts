/** Calls that fail for every reason that a program can bring about: what the browser says of each. */

type Situation = () => unknown;

const pc = (configuration?: unknown) => new RTCPeerConnection(configuration as RTCConfiguration);
const server = (urls: unknown, more: object = {}) => pc({ iceServers: [{ urls, ...more }] });
const LOGIN = { username: 'user', credential: 'password' };

function audioTrack(): MediaStreamTrack {
	return new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0]!;
}

function videoTrack(): MediaStreamTrack {
	const canvas = document.createElement('canvas');
	canvas.getContext('2d')!.fillRect(0, 0, 10, 10);
	return canvas.captureStream(1).getVideoTracks()[0]!;
}

/** With a section of each kind, and what it would offer. */
async function offering() {
	const connection = pc();
	connection.addTransceiver('audio');
	connection.addTransceiver('video');
	connection.createDataChannel('data');
	return { connection, offer: (await connection.createOffer()).sdp! };
}

async function withLocalOffer() {
	const made = await offering();
	await made.connection.setLocalDescription({ type: 'offer', sdp: made.offer });
	return made;
}

async function withRemoteOffer() {
	const { offer } = await offering();
	const connection = pc();
	await connection.setRemoteDescription({ type: 'offer', sdp: offer });
	return { connection, offer, answer: (await connection.createAnswer()).sdp! };
}

/** An offer that waits for its answer, and the answer to it. */
async function answered() {
	const { connection, offer } = await withLocalOffer();
	const other = pc();
	await other.setRemoteDescription({ type: 'offer', sdp: offer });
	const answer = (await other.createAnswer()).sdp!;
	await other.setLocalDescription({ type: 'answer', sdp: answer });
	return { connection, other, offer, answer };
}

/** Both ends after one round. */
async function settled() {
	const made = await answered();
	await made.connection.setRemoteDescription({ type: 'answer', sdp: made.answer });
	return made;
}

function closed(): RTCPeerConnection {
	const connection = pc();
	connection.close();
	return connection;
}

const swapped = (sdp: string) => {
	const [session, first, second, ...rest] = sdp.split(/(?=^m=)/m);
	return [session, second, first, ...rest].join('');
};
const setAnswer = async (change: (sdp: string) => string) => {
	const { connection, answer } = await answered();
	await connection.setRemoteDescription({ type: 'answer', sdp: change(answer) });
};
const setNextOffer = async (change: (sdp: string) => string) => {
	const { other, connection } = await settled();
	await other.setRemoteDescription({ type: 'offer', sdp: change((await connection.createOffer()).sdp!) });
};
const setOwn = async (change: (sdp: string) => string) => {
	const { connection, offer } = await offering();
	await connection.setLocalDescription({ type: 'offer', sdp: change(offer) });
};
const candidate = async (init: unknown) => (await settled()).connection.addIceCandidate(init as RTCIceCandidateInit);
const CANDIDATE = 'candidate:1 1 udp 2113937151 192.0.2.1 9 typ host';
const transceiver = (init: RTCRtpTransceiverInit, kind: unknown = 'video') => pc().addTransceiver(kind as string, init);
const encodings = (...sendEncodings: unknown[]) => transceiver({ sendEncodings } as RTCRtpTransceiverInit);
const parameters = async (change: (parameters: RTCRtpSendParameters) => void) => {
	const { sender } = pc().addTransceiver(videoTrack());
	const current = sender.getParameters();
	change(current);
	await sender.setParameters(current);
};
const channel = (options: unknown, label = 'data') => pc().createDataChannel(label, options as RTCDataChannelInit);

export const SITUATIONS: Record<string, Situation> = {
	'server without scheme': () => server('stun.example.org'),
	'server of http': () => server('http://stun.example.org'),
	'server without host': () => server('stun:'),
	'server with a large port': () => server('stun:stun.example.org:99999'),
	'server with two slashes': () => server('stun://stun.example.org'),
	'STUN with a query': () => server('stun:stun.example.org?transport=udp'),
	'TURN with another transport': () => server('turn:turn.example.org?transport=sctp', LOGIN),
	'TURN with another query': () => server('turn:turn.example.org?protocol=udp', LOGIN),
	'TURN without login': () => server('turn:turn.example.org'),
	'TURN without password': () => server('turn:turn.example.org', { username: 'user' }),
	'TURN with a long name': () => server('turn:turn.example.org', { username: 'u'.repeat(600), credential: 'p' }),
	'no URL': () => server([]),
	'an empty URL': () => server(''),
	'a server without urls': () => pc({ iceServers: [{}] }),
	'servers that are no list': () => pc({ iceServers: 5 }),
	'another transport policy': () => pc({ iceTransportPolicy: 'none' }),
	'another bundle policy': () => pc({ bundlePolicy: 'all' }),
	'another mux policy': () => pc({ rtcpMuxPolicy: 'never' }),
	'no rtcp-mux': () => pc({ rtcpMuxPolicy: 'negotiate' }),
	'a large candidate pool': () => pc({ iceCandidatePoolSize: 300 }),
	'a configuration that is none': () => pc('all'),
	'a certificate that is none': () => pc({ certificates: [{}] }),
	'a certificate of another kind': () => RTCPeerConnection.generateCertificate({ name: 'AES-GCM' }),
	'a certificate of a small key': () =>
		RTCPeerConnection.generateCertificate({
			name: 'RSASSA-PKCS1-v1_5',
			modulusLength: 64,
			publicExponent: new Uint8Array([1, 0, 1]),
			hash: 'SHA-256'
		} as AlgorithmIdentifier),
	'another bundle policy later': () => pc().setConfiguration({ bundlePolicy: 'max-bundle' }),
	'another certificate later': async () => {
		const certificates = [
			await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as AlgorithmIdentifier)
		];
		pc().setConfiguration({ certificates });
	},
	'another mux policy later': () => pc().setConfiguration({ rtcpMuxPolicy: 'negotiate' } as unknown as RTCConfiguration),
	'a pool later': async () => (await withLocalOffer()).connection.setConfiguration({ iceCandidatePoolSize: 1 }),
	'servers after the end': () => closed().setConfiguration({}),
	'a bad server later': () => pc().setConfiguration({ iceServers: [{ urls: 'stun:stun.example.org?transport=udp' }] }),

	'a remote answer without offer': async () =>
		pc().setRemoteDescription({ type: 'answer', sdp: (await withRemoteOffer()).answer }),
	'a local answer without offer': async () => pc().setLocalDescription({ type: 'answer', sdp: (await withRemoteOffer()).answer }),
	'a remote answer to a remote offer': async () => {
		const { connection, answer } = await withRemoteOffer();
		await connection.setRemoteDescription({ type: 'answer', sdp: answer });
	},
	'a local answer to a local offer': async () => {
		const { connection, answer } = await answered();
		await connection.setLocalDescription({ type: 'answer', sdp: answer });
	},
	'a local offer beside a remote one': async () => {
		const { connection } = await withRemoteOffer();
		await connection.setLocalDescription({ type: 'offer', sdp: (await offering()).offer });
	},
	'a provisional remote answer without offer': async () =>
		pc().setRemoteDescription({ type: 'pranswer', sdp: (await withRemoteOffer()).answer }),
	'a provisional local answer without offer': async () =>
		pc().setLocalDescription({ type: 'pranswer', sdp: (await withRemoteOffer()).answer }),
	'an offer after a provisional answer': async () => {
		const { connection, answer, offer } = await answered();
		await connection.setRemoteDescription({ type: 'pranswer', sdp: answer });
		await connection.setRemoteDescription({ type: 'offer', sdp: offer });
	},
	'a rollback without offer': () => pc().setLocalDescription({ type: 'rollback' }),
	'a remote rollback without offer': () => pc().setRemoteDescription({ type: 'rollback' } as RTCSessionDescriptionInit),
	'an answer made without offer': () => pc().createAnswer(),
	'an answer made to an own offer': async () => (await withLocalOffer()).connection.createAnswer(),
	'an offer made after the end': () => closed().createOffer(),
	'an answer made after the end': () => closed().createAnswer(),
	'a local description after the end': () => closed().setLocalDescription(),
	'a local offer after the end': async () => closed().setLocalDescription({ type: 'offer', sdp: (await offering()).offer }),
	'a remote offer after the end': async () => closed().setRemoteDescription({ type: 'offer', sdp: (await offering()).offer }),
	'a description of another type': () =>
		pc().setRemoteDescription({ type: 'request', sdp: '' } as unknown as RTCSessionDescriptionInit),
	'a description without a type': () => pc().setRemoteDescription({ sdp: '' } as unknown as RTCSessionDescriptionInit),
	'no description': () => (pc() as unknown as { setRemoteDescription(): Promise<void> }).setRemoteDescription(),
	'a description that is a text': () => pc().setRemoteDescription('v=0' as unknown as RTCSessionDescriptionInit),
	'an empty offer': () => pc().setRemoteDescription({ type: 'offer', sdp: '' }),
	'an empty answer': async () => (await withLocalOffer()).connection.setRemoteDescription({ type: 'answer', sdp: '' }),
	'an offer of one line': () => pc().setRemoteDescription({ type: 'offer', sdp: 'v=0\r\n' }),
	'a local offer never made': async () => pc().setLocalDescription({ type: 'offer', sdp: (await offering()).offer }),
	'a description made without type': () => new RTCSessionDescription({} as RTCSessionDescriptionInit),

	'an own offer with another ufrag': () => setOwn((sdp) => sdp.replace(/ice-ufrag:\S+/g, 'ice-ufrag:abcd')),
	'an own offer with another password': () => setOwn((sdp) => sdp.replace(/ice-pwd:\S+/g, 'ice-pwd:x9cmlYzichV2XlhiMu8g8tab')),
	'an own offer with another fingerprint': () =>
		setOwn((sdp) => sdp.replace(/(fingerprint:\S+) \S+/g, `$1 ${Array(32).fill('AB').join(':')}`)),
	'an own offer with a section less': () =>
		setOwn((sdp) =>
			sdp
				.split(/(?=^m=)/m)
				.slice(0, 2)
				.join('')
		),
	'an own offer in another order': () => setOwn(swapped),
	'an own offer with another mid': () => setOwn((sdp) => sdp.replaceAll('a=mid:0', 'a=mid:x').replace('BUNDLE 0', 'BUNDLE x')),
	'an own offer with another kind': () => setOwn((sdp) => sdp.replace('m=audio', 'm=video')),
	'an own offer without rtcp-mux': () => setOwn((sdp) => sdp.replaceAll('a=rtcp-mux\r\n', '')),
	'an own offer without bundle': () => setOwn((sdp) => sdp.replace(/a=group:BUNDLE.*\r\n/, '')),
	'an own offer with an unknown line': () => setOwn((sdp) => `${sdp}hello\r\n`),
	'an own answer that is changed': async () => {
		const { connection, answer } = await withRemoteOffer();
		await connection.setLocalDescription({ type: 'answer', sdp: answer.replace(/a=setup:active/g, 'a=setup:actpass') });
	},

	'an answer with a section less': () =>
		setAnswer((sdp) =>
			sdp
				.split(/(?=^m=)/m)
				.slice(0, 3)
				.join('')
		),
	'an answer in another order': () => setAnswer(swapped),
	'an answer with another mid': () => setAnswer((sdp) => sdp.replaceAll('a=mid:0', 'a=mid:x').replace('BUNDLE 0', 'BUNDLE x')),
	'an answer of another kind': () => setAnswer((sdp) => sdp.replace('m=audio', 'm=video')),
	'an answer that is actpass': () => setAnswer((sdp) => sdp.replaceAll('a=setup:active', 'a=setup:actpass')),
	'an answer that holds the connection': () => setAnswer((sdp) => sdp.replaceAll('a=setup:active', 'a=setup:holdconn')),
	'an answer without setup': () => setAnswer((sdp) => sdp.replaceAll('a=setup:active\r\n', '')),
	'an answer without fingerprint': () => setAnswer((sdp) => sdp.replace(/a=fingerprint.*\r\n/g, '')),
	'an answer without ICE': () => setAnswer((sdp) => sdp.replace(/a=ice-(ufrag|pwd).*\r\n/g, '')),
	'an answer without rtcp-mux': () => setAnswer((sdp) => sdp.replaceAll('a=rtcp-mux\r\n', '').replace(/a=group.*\r\n/, '')),
	'an answer without rtcp-mux in a bundle': () => setAnswer((sdp) => sdp.replaceAll('a=rtcp-mux\r\n', '')),
	'an answer without bundle': () => setAnswer((sdp) => sdp.replace(/a=group:BUNDLE.*\r\n/, '')),
	'an answer that sends unasked': async () => {
		const connection = pc();
		connection.addTransceiver('audio', { direction: 'sendonly' });
		await connection.setLocalDescription();
		const other = pc();
		await other.setRemoteDescription(connection.localDescription!);
		const { sdp } = await other.createAnswer();
		await connection.setRemoteDescription({ type: 'answer', sdp: sdp!.replace('a=recvonly', 'a=sendrecv') });
	},
	'an answer with an extension not offered': () =>
		setAnswer((sdp) => sdp.replace('a=setup', 'a=extmap:13 urn:example:extension\r\na=setup')),
	'an answer with another extension id': () => setAnswer((sdp) => sdp.replace(/a=extmap:\d+ (\S+sdes:mid)/, 'a=extmap:12 $1')),
	'an answer with a codec not offered': () =>
		setAnswer((sdp) =>
			sdp.replace(/m=audio 9 (\S+) .*/, 'm=audio 9 $1 35').replace('a=mid:0', 'a=mid:0\r\na=rtpmap:35 speex/16000')
		),
	'an answer with a bundle of unknown mids': () => setAnswer((sdp) => sdp.replace('BUNDLE 0', 'BUNDLE 9 0')),
	'an answer that bundles what it refuses': () => setAnswer((sdp) => sdp.replace('m=audio 9', 'm=audio 0')),
	'an answer with an SCTP port that is none': () => setAnswer((sdp) => sdp.replace('sctp-port:5000', 'sctp-port:99999')),
	'an answer with two tracks': () => setAnswer((sdp) => sdp.replace('a=mid:0', 'a=mid:0\r\na=msid:a b\r\na=msid:a c')),
	'an answer that answers simulcast': () =>
		setAnswer((sdp) => sdp.replace('a=mid:1', 'a=mid:1\r\na=rid:h recv\r\na=simulcast:recv h')),

	'a next offer with a section less': () =>
		setNextOffer((sdp) =>
			sdp
				.split(/(?=^m=)/m)
				.slice(0, 2)
				.join('')
		),
	'a next offer in another order': () => setNextOffer(swapped),
	'a next offer of another kind': () => setNextOffer((sdp) => sdp.replace('m=audio', 'm=video')),
	'a next offer with another mid': () =>
		setNextOffer((sdp) => sdp.replaceAll('a=mid:0', 'a=mid:x').replace('BUNDLE 0', 'BUNDLE x')),
	'a next offer with another role': () => setNextOffer((sdp) => sdp.replaceAll('a=setup:actpass', 'a=setup:active')),
	'a next offer with an extension renamed': () =>
		setNextOffer((sdp) => sdp.replace(/a=extmap:(\d+) \S+sdes:mid/, 'a=extmap:$1 urn:example:other')),
	'a next offer with a codec renumbered': () =>
		setNextOffer((sdp) => sdp.replaceAll('a=rtpmap:111 opus/48000/2', 'a=rtpmap:111 G722/8000')),
	'a next offer with another fingerprint': () =>
		setNextOffer((sdp) => sdp.replace(/(fingerprint:\S+) \S+/g, `$1 ${Array(32).fill('AB').join(':')}`)),
	'a next offer without bundle': () => setNextOffer((sdp) => sdp.replace(/a=group:BUNDLE.*\r\n/, '')),

	'a candidate before the description': () => pc().addIceCandidate({ candidate: CANDIDATE, sdpMid: '0' }),
	'a candidate without place': () => candidate({ candidate: CANDIDATE }),
	'a candidate of null place': () => candidate({ candidate: CANDIDATE, sdpMid: null, sdpMLineIndex: null }),
	'a candidate of an unknown mid': () => candidate({ candidate: CANDIDATE, sdpMid: 'x' }),
	'a candidate of an unknown index': () => candidate({ candidate: CANDIDATE, sdpMLineIndex: 99 }),
	'a candidate of another round': () => candidate({ candidate: CANDIDATE, sdpMid: '0', usernameFragment: 'zzzz' }),
	'a candidate that is cut off': () => candidate({ candidate: 'candidate:1 1 udp', sdpMid: '0' }),
	'a candidate that is a word': () => candidate({ candidate: 'hello', sdpMid: '0' }),
	'a candidate of another transport': () => candidate({ candidate: CANDIDATE.replace('udp', 'sctp'), sdpMid: '0' }),
	'a candidate of another type': () => candidate({ candidate: CANDIDATE.replace('host', 'home'), sdpMid: '0' }),
	'a candidate with a large port': () => candidate({ candidate: CANDIDATE.replace(' 9 ', ' 99999 '), sdpMid: '0' }),
	'a candidate that is a number': () => candidate(5),
	'a candidate after the end': () => closed().addIceCandidate({ candidate: CANDIDATE, sdpMid: '0' }),
	'a candidate made of nothing': () => new RTCIceCandidate({}),
	'a candidate made without place': () => new RTCIceCandidate({ candidate: CANDIDATE }),

	'a track twice': () => {
		const [connection, track] = [pc(), audioTrack()];
		connection.addTrack(track);
		connection.addTrack(track);
	},
	'a track after the end': () => closed().addTrack(audioTrack()),
	'a track that is none': () => pc().addTrack({} as MediaStreamTrack),
	'a stream that is none': () => pc().addTrack(audioTrack(), {} as MediaStream),
	'a sender of another connection': () => pc().removeTrack(pc().addTransceiver('audio').sender),
	'a sender removed after the end': () => {
		const connection = pc();
		const { sender } = connection.addTransceiver('audio');
		connection.close();
		connection.removeTrack(sender);
	},
	'a transceiver of another kind': () => transceiver({}, 'text'),
	'a transceiver after the end': () => closed().addTransceiver('audio'),
	'a transceiver of another direction': () => transceiver({ direction: 'both' } as unknown as RTCRtpTransceiverInit),
	'a transceiver that begins stopped': () => transceiver({ direction: 'stopped' }),
	'layers of one name': () => encodings({ rid: 'a' }, { rid: 'a' }),
	'layers of which one has no name': () => encodings({ rid: 'a' }, {}),
	'a layer with a bad name': () => encodings({ rid: 'a b' }, { rid: 'c' }),
	'a layer with a long name': () => encodings({ rid: 'a'.repeat(300) }, { rid: 'c' }),
	'a layer with an empty name': () => encodings({ rid: '' }, { rid: 'c' }),
	'a layer scaled up': () => encodings({ rid: 'a', scaleResolutionDownBy: 0.5 }),
	'a layer with a negative rate': () => encodings({ maxFramerate: -1 }),
	'a layer with no bitrate': () => encodings({ maxBitrate: -1 }),
	'a layer with another scalability': () => encodings({ scalabilityMode: 'L9T9' }),
	'a layer with another priority': () => encodings({ priority: 'highest' }),
	'another direction': () => {
		(pc().addTransceiver('audio') as { direction: string }).direction = 'stopped';
	},
	'a direction after stopping': () => {
		const made = pc().addTransceiver('audio');
		made.stop();
		made.direction = 'sendonly';
	},
	'a direction after the end': () => {
		const connection = pc();
		const made = connection.addTransceiver('audio');
		connection.close();
		made.direction = 'sendonly';
	},
	'stopping after the end': () => {
		const connection = pc();
		const made = connection.addTransceiver('audio');
		connection.close();
		made.stop();
	},
	'a codec that is not there': () =>
		pc()
			.addTransceiver('video')
			.setCodecPreferences([{ mimeType: 'video/none', clockRate: 90_000 }]),
	'a codec of another kind': () =>
		pc().addTransceiver('video').setCodecPreferences(RTCRtpSender.getCapabilities('audio')!.codecs.slice(0, 1)),
	'helper codecs alone': () =>
		pc()
			.addTransceiver('video')
			.setCodecPreferences(
				RTCRtpReceiver.getCapabilities('video')!.codecs.filter(({ mimeType }) => /rtx|red|fec/i.test(mimeType))
			),

	'parameters that were not asked for': () =>
		pc()
			.addTransceiver(videoTrack())
			.sender.setParameters({ encodings: [{}] } as unknown as RTCRtpSendParameters),
	'parameters of another time': () => parameters((all) => (all.transactionId = 'other')),
	'parameters with another layer': () => parameters((all) => all.encodings.push({})),
	'parameters without layers': () => parameters((all) => (all.encodings = [])),
	'parameters with another name': () => parameters((all) => (all.encodings[0]!.rid = 'x')),
	'parameters scaled up': () => parameters((all) => (all.encodings[0]!.scaleResolutionDownBy = 0.1)),
	'parameters with a negative rate': () => parameters((all) => (all.encodings[0]!.maxFramerate = -5)),
	'parameters with another scalability': () =>
		parameters((all) => ((all.encodings[0]! as { scalabilityMode?: string }).scalabilityMode = 'L9T9')),
	'parameters with other codecs': () => parameters((all) => (all.codecs = [])),
	'parameters with another header extension': () =>
		parameters((all) => (all.headerExtensions = [{ uri: 'urn:x', id: 3, encrypted: false }])),
	'parameters with another cname': () => parameters((all) => (all.rtcp = { cname: 'x', reducedSize: true })),
	'parameters after stopping': async () => {
		const made = pc().addTransceiver(videoTrack());
		const current = made.sender.getParameters();
		made.stop();
		await made.sender.setParameters(current);
	},
	'parameters set twice': async () => {
		const { sender } = pc().addTransceiver(videoTrack());
		const current = sender.getParameters();
		await sender.setParameters(current);
		await sender.setParameters(current);
	},
	'a track of another kind': () => pc().addTransceiver('audio').sender.replaceTrack(videoTrack()),
	'a track replaced after stopping': async () => {
		const made = pc().addTransceiver('audio');
		made.stop();
		await made.sender.replaceTrack(audioTrack());
	},
	'a track replaced after the end': async () => {
		const connection = pc();
		const { sender } = connection.addTransceiver('audio');
		connection.close();
		await sender.replaceTrack(audioTrack());
	},
	'tones before the call': () => pc().addTransceiver(audioTrack()).sender.dtmf!.insertDTMF('1'),
	'tones that are none': () => pc().addTransceiver(audioTrack()).sender.dtmf!.insertDTMF('xyz'),
	'tones after stopping': () => {
		const made = pc().addTransceiver(audioTrack());
		const { dtmf } = made.sender;
		made.stop();
		dtmf!.insertDTMF('1');
	},
	'statistics of another track': () => pc().getStats(audioTrack()),
	'statistics of a word': () => pc().getStats('x' as unknown as MediaStreamTrack),

	'a channel after the end': () => closed().createDataChannel('data'),
	'a channel with both limits': () => channel({ maxRetransmits: 1, maxPacketLifeTime: 1 }),
	'a channel without number': () => channel({ negotiated: true }),
	'a channel with the last number': () => channel({ negotiated: true, id: 65_535 }),
	'a channel with a large number': () => channel({ negotiated: true, id: 70_000 }),
	'a channel with a number that is used': () => {
		const connection = pc();
		connection.createDataChannel('a', { negotiated: true, id: 1 });
		connection.createDataChannel('b', { negotiated: true, id: 1 });
	},
	'a channel with a long name': () => channel({}, 'n'.repeat(70_000)),
	'a channel with a long protocol': () => channel({ protocol: 'p'.repeat(70_000) }),
	'a channel that sends too early': () => channel({}).send('x'),
	'a channel that sends after the end': () => {
		const made = channel({});
		made.close();
		made.send('x');
	},
	'a channel with another binary type': () => {
		(channel({}) as { binaryType: string }).binaryType = 'text';
		throw new Error('ignored');
	},

	'no media asked for': () => navigator.mediaDevices.getUserMedia({}),
	'media switched off': () => navigator.mediaDevices.getUserMedia({ audio: false, video: false }),
	'a microphone': () => navigator.mediaDevices.getUserMedia({ audio: true }),
	'a camera': () => navigator.mediaDevices.getUserMedia({ video: true }),
	'a microphone that is not there': () => navigator.mediaDevices.getUserMedia({ audio: { deviceId: { exact: 'none' } } }),
	'a camera that cannot be': () => navigator.mediaDevices.getUserMedia({ video: { width: { min: 100_000 } } }),
	'a screen unasked': () => navigator.mediaDevices.getDisplayMedia(),
	'a screen without video': () => navigator.mediaDevices.getDisplayMedia({ video: false }),
	'a screen with exact constraints': () => navigator.mediaDevices.getDisplayMedia({ video: { width: { exact: 5 } } }),
	'constraints that cannot be': () => videoTrack().applyConstraints({ width: { exact: 100_000 } }),
	'a loudspeaker that is not there': () => (new Audio() as unknown as { setSinkId(id: string): Promise<void> }).setSinkId('none')
};
