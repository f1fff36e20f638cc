/** What to do about a recorded call, in English. */
import type { CallStepId } from '../../call/findings/call-steps';
import type { MessagesOf } from '../messages';

export const CALL_STEPS: MessagesOf<CallStepId> = {
	// signalling
	'answer-the-offer': () =>
		'See in the signalling log whether the offer reached the other end, and whether its answer came back and was set.',
	'make-the-offer': () =>
		'Let the page make an offer on each “negotiationneeded” event, and send it to the other end (W3C webrtc §10.7).',
	'set-the-answer': () =>
		'Let the page set what createAnswer() gave by setLocalDescription(), before it sends it; without an argument that makes and sets it in one.',
	'read-the-refusal': () => 'Open the description on the SDP screen together with the message: it names the line.',
	'add-before-the-offer': () =>
		'Let the page add its tracks, transceivers or data channels before it makes the offer, or make another one on “negotiationneeded”.',
	'skip-own-messages': () =>
		'Let signalling pass each message to the other end alone, or skip those of this end where it sends them to all.',
	'deliver-once': () =>
		'See why signalling delivers it twice: two listeners, a message that is sent again, or one connection for two sessions.',
	'pass-candidates-of-this-round': () =>
		'Let signalling say which call and which round a candidate is of (“usernameFragment” of the candidate), and pass it on to that one alone.',
	'negotiate-perfectly': () =>
		'Let one end, always the same one, ignore an offer that crosses its own, and the other one take its own back: “perfect negotiation” (W3C webrtc §10.7).',
	'look-at-trickled-candidates': () =>
		'See in the signalling log whether the other end sent candidates, and whether they were added after its description was set.',
	'keep-ice-credentials': () =>
		'Let each end keep its ICE user name and password until both restart ICE; look for a server that was restarted, or answers of two devices.',
	'make-one-end-active': () => 'Let the answer say “a=setup:active” to an offer that says actpass.',
	'pass-descriptions-unchanged': () =>
		'Compare the description that one end made with what the other one set, and look for a program on the way that changes or mixes them up.',
	'look-at-dtls': () =>
		'Compare “a=fingerprint” of each description with the certificate in use, and “a=setup” of both; then capture packets at both ends and look for handshake messages over 1,200 bytes that do not arrive.',
	'look-at-path-mtu': () =>
		'Send packets of 1,200 bytes between the two ends that may not be fragmented (Linux: ping -M do -s 1172), and look for a VPN, a tunnel or a firewall that drops large packets, fragments, or the ICMP messages that would tell (RFC 8899 §1).',
	'look-at-page-limits': () =>
		'Look where the page sets maxBitrate (bits a second, not kilobits), maxFramerate or scaleResolutionDownBy by setParameters() or addTransceiver().',
	'look-at-narrow-path': () =>
		'Measure what the line carries each way, look for limits on it (a shaper, a relay’s max-bps) and for other traffic; let the page send less: a lower resolution, or audio alone.',

	// addresses and relays
	'allow-candidates': () =>
		'Look for a network interface, and for policies or extensions that restrict WebRTC; chrome://webrtc-internals shows gathering.',
	'allow-local-network': () =>
		'Open the site settings of the browser for that page, and see whether it may reach the local network; where it may, see in the signalling log when the candidates arrived.',
	'offer-turn-or-all-candidates': () => 'Configure a TURN server, or set iceTransportPolicy to “all”.',
	'look-at-turn-of-relay-policy': () =>
		'Check the TURN server and its credential with the check on the start page: it asks each server by itself and tells why nothing came.',
	'announce-public-address': () =>
		'Let it announce the address by which it is reached from outside (a media server: its public or announced IP), or give it a TURN server.',
	'wait-for-ice': () =>
		'Find out what closed the connection: a person, or a time limit of the application. Libwebrtc tries a pair for 15 s before it gives up.',
	'add-relay-to-call': () =>
		'Give the call a TURN server over UDP, TCP and TLS, and see whether a relay works where direct paths do not.',
	'open-relay-ports': () =>
		'Open the relay ports of the TURN server for UDP (coturn: min-port to max-port, 49152 to 65535 unless configured), and see whether data goes through the relay with the check on the start page.',
	'look-at-relay-of-other-end': () =>
		'At the TURN server of the other end see which peer addresses it forbids (coturn: denied-peer-ip) and whether its relay ports are open for UDP (min-port to max-port); its log names an address that it refused.',
	'restart-when-down': () =>
		'Look where the page calls restartIce(), or makes an offer with iceRestart, and let it do so when the connection is disconnected for seconds or has failed.',
	'look-at-one-way-filter': () =>
		'Look for a firewall or a route that lets packets through in one direction only; a capture at the other end shows whether this end’s checks arrive, and how they are answered.',
	'allow-peers-at-relay': () =>
		'See which peer addresses the TURN server forbids (coturn: denied-peer-ip, allowed-peer-ip, no-loopback-peers); its log names the address that it refused.',
	'tell-relay-its-public-address': () => 'Tell the TURN server its public address (coturn: external-ip).',
	'record-from-the-beginning': () => 'Open chrome://webrtc-internals before the call begins, and save the dump again.',
	'renew-turn-credentials': () =>
		'Make credentials last longer than the longest call, or give the connection new ones in time (setConfiguration() and an ICE restart).',
	'look-at-turn-log': () => 'See in the log of the TURN server why it ended the allocation or did not prolong it at that moment.',
	'show-addresses-or-add-relay': () =>
		'Give the other end a STUN or TURN server, so that it has a candidate that is found from elsewhere; within one network see that multicast DNS (UDP port 5353) passes between the devices.',
	'update-dtls': () => 'Update the end that offers nothing newer; DTLS 1.2 and 1.3 are the versions in use.',

	// media
	'compare-codec-and-keyframes': () =>
		'Compare codec, profile and packetization mode of what is sent with the answer, and see that the sender makes a keyframe (with SPS and PPS in H.264) after a request.',
	'compare-payload-types': () => 'Compare payload types and SSRCs of what is sent with the last answer.',
	'look-at-rtcp': () =>
		'See that the other end sends RTCP receiver reports, and that rtcp-mux is negotiated and nothing on the path drops them.',
	'compare-codecs-offered': () =>
		'Compare the codecs of the offer with those that the other end supports, and see whether its application stopped or removed this media.',
	'look-at-what-drops-media': () =>
		'Capture packets at both ends: see whether RTP (first byte 128 to 191) leaves one and arrives at the other; look for a firewall that inspects UDP.',
	'look-at-source': () =>
		'See whether the camera, microphone or screen still delivers, and whether its track ended or was replaced by none.',
	'look-at-declared-bandwidth': () =>
		'See who writes the line “b=” into that description, the other end’s application or a server on the way, and whether the limit is meant.',
	'accept-data-channels': () =>
		'See whether the other end supports data channels at all (a media server may not), or does without one.',
	'compare-directions': () =>
		'See which tracks and directions the transceivers of the answering end have when it answers: it says “inactive” where the offer does not send, and it has no track of its own.',
	'look-at-jitter-buffer-target': () =>
		'Look where the page sets jitterBufferTarget or playoutDelayHint of a receiver; the value of the first is in milliseconds, that of the second in seconds.',
	'give-one-channel-id': () =>
		'Give the channel the same “id” at both ends (negotiated: true), or let one end make it and the other one wait for its “datachannel” event.',
	'wait-for-buffered-amount': () =>
		'Let the page wait until bufferedAmount of the channel falls (“bufferedamountlow”) before it sends more, and measure what the path carries.',
	'look-at-keyframe-requests': () =>
		'Find out who asks: a receiver that cannot decode, or a media server that switches layers too often; limit how often it may ask.'
};
