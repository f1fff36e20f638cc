/** An offer of this browser, with what it would put into a call: for trying the SDP workbench without a call at hand. */
export async function offerOfThisBrowser(): Promise<string> {
	// Relay only and no servers: nothing is gathered and nothing is sent.
	const connection = new RTCPeerConnection({ iceServers: [], iceTransportPolicy: 'relay' });
	try {
		connection.addTransceiver('audio');
		connection.addTransceiver('video');
		connection.createDataChannel('data');
		return (await connection.createOffer()).sdp ?? '';
	} finally {
		connection.close();
	}
}
