/** Dumps that are written for tests. */

const T0 = Date.UTC(2024, 0, 1);

/** An rtcstats dump, one event a line: audio for `seconds`, a tenth of it lost from second 20 to 30. */
export function lossyDumpText(name = 'call.txt', seconds = 60): { name: string; text: string } {
	const sdp =
		'v=0\r\no=- 1 1 IN IP4 203.0.113.77\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 203.0.113.77\r\n';
	const lines: unknown[] = [
		['create', 'PC_0', { iceServers: [{ urls: 'turn:turn.example.org', username: 'ann', credential: 'never-in-a-report' }] }, T0],
		['setLocalDescription', 'PC_0', { type: 'offer', sdp }, T0],
		['oniceconnectionstatechange', 'PC_0', 'checking', T0 + 200],
		['oniceconnectionstatechange', 'PC_0', 'connected', T0 + 900]
	];
	for (let i = 0; i < seconds; i++) {
		const inbound = {
			type: 'inbound-rtp',
			kind: 'audio',
			ssrc: 5,
			packetsReceived: 50 * i,
			packetsLost: 5 * Math.min(10, Math.max(0, i - 20)),
			bytesReceived: 5000 * i,
			jitter: 0.004
		};
		lines.push(['getstats', 'PC_0', { I: inbound, timestamp: T0 + 1000 * i }, T0 + 1000 * i]);
	}
	return { name, text: lines.map((line) => JSON.stringify(line)).join('\n') };
}
