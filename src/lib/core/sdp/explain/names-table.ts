/** What the names inside attribute values mean: codecs, fmtp parameters, feedback, header extensions, and the like. */
export interface NameEntry {
	/** A short phrase, to stand after the name. */
	words: string;
	cite: string | null;
}

const entry = (words: string, cite: string | null = null): NameEntry => ({ words, cite });

/** By lower-case encoding name. */
export const CODECS: Readonly<Record<string, NameEntry>> = {
	opus: entry('the audio codec every WebRTC endpoint has', 'RFC 7587 §7'),
	pcmu: entry('G.711 µ-law, 64 kbit/s telephone audio', 'RFC 3551 §4.5.14'),
	pcma: entry('G.711 A-law, 64 kbit/s telephone audio', 'RFC 3551 §4.5.14'),
	g722: entry('wideband telephone audio; its clock rate is written 8000 although it samples at 16000', 'RFC 3551 §4.5.2'),
	isac: entry('an audio codec that Chromium once had'),
	ilbc: entry('an audio codec made for lossy networks', 'RFC 3952'),
	l16: entry('uncompressed 16-bit audio', 'RFC 3551 §4.5.11'),
	multiopus: entry("Chromium's surround sound over Opus"),
	g729: entry('narrow-band telephone audio, 8 kbit/s', 'RFC 3551 §4.5.6'),
	speex: entry('an old free audio codec', 'RFC 5574'),
	cn: entry('comfort noise: what to play while the other side is silent', 'RFC 3389'),
	'telephone-event': entry('key tones (DTMF) sent as events', 'RFC 4733'),
	red: entry('redundant coding: packets that repeat earlier ones against loss', 'RFC 2198'),
	ulpfec: entry('forward error correction for video', 'RFC 5109'),
	'flexfec-03': entry('forward error correction in a stream of its own, draft version'),
	flexfec: entry('forward error correction in a stream of its own', 'RFC 8627'),
	rtx: entry('retransmissions of lost packets, in a stream of their own', 'RFC 4588'),
	vp8: entry('a video codec every WebRTC endpoint has', 'RFC 7741'),
	vp9: entry('a video codec with scalable layers', 'RFC 9628'),
	h264: entry('a video codec most hardware can encode', 'RFC 6184'),
	h265: entry('a video codec also called HEVC', 'RFC 7798'),
	av1: entry('the newest of the free video codecs'),
	av1x: entry('AV1 under its early name'),
	h263: entry('an old video codec', 'RFC 4629'),
	'h263-1998': entry('an old video codec', 'RFC 4629'),
	'h264-svc': entry('H.264 with scalable layers', 'RFC 6190')
};

/** By lower-case parameter name; a codec before a slash where one name means different things. */
export const FMTP_PARAMETERS: Readonly<Record<string, string>> = {
	apt: 'the payload type whose packets are sent again',
	'rtx-time': 'how many milliseconds a packet is kept for retransmission',
	'packetization-mode': '1 allows a frame to be cut over several packets, 0 does not; both sides must agree',
	'profile-level-id':
		'profile, constraints and level of H.264 as three bytes; the level is the highest resolution and frame rate',
	'level-asymmetry-allowed': '1 lets each side send at a level of its own',
	'sprop-parameter-sets': "the encoder's parameter sets, in base64",
	'sps-pps-idr-in-keyframe': 'parameter sets are repeated in every key frame (Chromium)',
	useinbandfec: '1 asks for packets that carry a coarse copy of the one before, against loss',
	usedtx: '1 lets the sender pause while it is quiet',
	stereo: '1 asks to receive two channels',
	'sprop-stereo': '1 announces that two channels may be sent',
	minptime: 'shortest packet the receiver wants, in ms',
	maxptime: 'longest packet the receiver wants, in ms',
	ptime: 'packet length the receiver wants, in ms',
	maxaveragebitrate: 'the most the receiver wants on average, in bit/s',
	maxplaybackrate: 'highest sampling rate the receiver can play, in Hz',
	'sprop-maxcapturerate': 'highest sampling rate the sender captures, in Hz',
	cbr: '1 asks for a constant bitrate',
	'profile-id': 'codec profile; both sides must agree',
	profile: 'codec profile; both sides must agree',
	'level-idx': 'AV1 level: the highest resolution and frame rate',
	tier: 'AV1 or H.265 tier: how high the bitrate may go within the level',
	'tier-flag': 'H.265 tier: how high the bitrate may go within the level',
	'level-id': 'H.265 level: the highest resolution and frame rate',
	'tx-mode': 'H.265: whether all layers go in one stream',
	'max-fr': 'highest frame rate the receiver decodes',
	'max-fs': 'largest frame the receiver decodes, in macroblocks of 16 × 16 pixels',
	'max-fps': 'highest frame rate the receiver decodes, in hundredths',
	'max-mbps': 'most macroblocks a second the receiver decodes',
	'max-dpb': 'largest buffer of decoded frames',
	'max-cpb': 'largest buffer of coded frames',
	'max-br': 'highest bitrate the receiver decodes, in kbit/s',
	'repair-window': 'time that error correction looks back over, in µs',
	annexb: 'G.729 silence compression, yes or no',
	mode: 'operating mode of the codec',
	'x-google-start-bitrate': 'bitrate to begin with, in kbit/s (Chromium only)',
	'x-google-min-bitrate': 'lowest bitrate, in kbit/s (Chromium only)',
	'x-google-max-bitrate': 'highest bitrate, in kbit/s (Chromium only)',
	'x-google-profile-id': 'an early name of the VP9 profile',
	channel_mapping: 'which loudspeaker each channel belongs to',
	num_streams: 'number of Opus streams',
	coupled_streams: 'number of Opus streams that carry two channels'
};

/** By feedback value, blanks single. */
export const FEEDBACK: Readonly<Record<string, NameEntry>> = {
	nack: entry('the receiver reports lost packets so that they are sent again', 'RFC 4585 §6.2.1'),
	'nack pli': entry('the receiver can ask for a new key frame after losing a picture', 'RFC 4585 §6.3.1'),
	'nack sli': entry('the receiver can report a damaged part of a picture', 'RFC 4585 §6.3.2'),
	'nack rpsi': entry('the receiver can say which picture it still has', 'RFC 4585 §6.3.3'),
	'ccm fir': entry('the other side may demand a key frame, for example when somebody joins', 'RFC 5104 §4.3.1'),
	'ccm tmmbr': entry('the receiver can limit the bitrate', 'RFC 5104 §4.2.1'),
	'goog-remb': entry("the receiver's estimate of the available bitrate, the older way (Google)"),
	'transport-cc': entry('the receiver reports the arrival time of every packet, from which the sender estimates the bitrate'),
	rrtr: entry('receivers can measure the round trip', 'RFC 3611 §4.4'),
	ack: entry('packets are acknowledged', 'RFC 4585 §4.2')
};

/** Header extensions, by URI. */
export const EXTENSIONS: Readonly<Record<string, NameEntry>> = {
	'urn:ietf:params:rtp-hdrext:ssrc-audio-level': entry('loudness of each packet, without decoding it', 'RFC 6464'),
	'urn:ietf:params:rtp-hdrext:csrc-audio-level': entry('loudness of each contributor of a mix', 'RFC 6465'),
	'urn:ietf:params:rtp-hdrext:toffset': entry('time between the frame and the sending of its packet', 'RFC 5450'),
	'urn:ietf:params:rtp-hdrext:sdes:mid': entry(
		'the section a packet belongs to; needed to tell bundled streams apart',
		'RFC 9143 §15'
	),
	'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id': entry('the simulcast layer (rid) of a packet', 'RFC 8852 §3.1'),
	'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id': entry(
		'the simulcast layer that a retransmission repairs',
		'RFC 8852 §3.2'
	),
	'urn:ietf:params:rtp-hdrext:sdes:cname': entry('the name of the sender', 'RFC 7941'),
	'urn:ietf:params:rtp-hdrext:encrypt': entry('a header extension, encrypted', 'RFC 6904'),
	'urn:ietf:params:rtp-hdrext:ntp-64': entry('time of day of the packet', 'RFC 6051'),
	'urn:ietf:params:rtp-hdrext:framemarking': entry('what kind of frame a packet carries', 'RFC 9626'),
	'urn:3gpp:video-orientation': entry('how the video has to be rotated (3GPP TS 26.114)'),
	'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time': entry(
		'when the packet left, for estimating the bitrate, the older way'
	),
	'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time': entry('when the frame was captured'),
	'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01': entry(
		'a counter over all packets, for transport-cc feedback'
	),
	'http://www.webrtc.org/experiments/rtp-hdrext/transport-wide-cc-02': entry(
		'a counter over all packets, for transport-cc feedback on request'
	),
	'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay': entry('how long the receiver may hold frames back'),
	'http://www.webrtc.org/experiments/rtp-hdrext/video-content-type': entry('camera video or screen content'),
	'http://www.webrtc.org/experiments/rtp-hdrext/video-timing': entry('times of encoding and sending, for measuring'),
	'http://www.webrtc.org/experiments/rtp-hdrext/color-space': entry('colour space, HDR'),
	'http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00': entry('which layers are being sent'),
	'http://www.webrtc.org/experiments/rtp-hdrext/video-frame-tracking-id': entry('frame number, for tests'),
	'http://www.webrtc.org/experiments/rtp-hdrext/corruption-detection': entry('samples of the frame, to detect corruption'),
	'http://www.webrtc.org/experiments/rtp-hdrext/inband-cn': entry('comfort noise level'),
	'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension': entry(
		'which frames depend on which, for scalable video'
	),
	'http://www.webrtc.org/experiments/rtp-hdrext/generic-frame-descriptor-00': entry(
		'which frames depend on which, an early form'
	),
	'http://tools.ietf.org/html/draft-ietf-avtext-framemarking-07': entry('what kind of frame a packet carries, draft version')
};

export const BANDWIDTHS: Readonly<Record<string, NameEntry>> = {
	AS: entry('kbit/s with the headers below RTP counted', 'RFC 8866 §5.8'),
	CT: entry('kbit/s for the whole session', 'RFC 8866 §5.8'),
	TIAS: entry('bit/s without the headers below RTP', 'RFC 3890 §6.2'),
	RS: entry('bit/s of RTCP for senders', 'RFC 3556 §2'),
	RR: entry('bit/s of RTCP for receivers', 'RFC 3556 §2')
};

export const GROUPS: Readonly<Record<string, NameEntry>> = {
	BUNDLE: entry('one transport, one port and one DTLS association for all of them', 'RFC 9143 §5'),
	LS: entry('to be played in step (lip synchronization)', 'RFC 5888 §7'),
	FID: entry('one flow sent in several ways', 'RFC 5888 §8'),
	FEC: entry('media and its error correction', 'RFC 5956 §4.4'),
	'FEC-FR': entry('media and its error correction', 'RFC 5956 §4.1')
};

export const SOURCE_GROUPS: Readonly<Record<string, NameEntry>> = {
	FID: entry('the first carries media, the second its retransmissions', 'RFC 4588; RFC 5576 §4.2'),
	SIM: entry('simulcast layers, from the lowest to the highest (an older, Chromium-only way)'),
	'FEC-FR': entry('the first carries media, the second its error correction', 'RFC 5956 §4.3'),
	FEC: entry('the first carries media, the second its error correction', 'RFC 5956 §4.3')
};

export const SOURCE_ATTRIBUTES: Readonly<Record<string, NameEntry>> = {
	cname: entry('the same for all streams of one sender that are to be played in step', 'RFC 5576 §6.1'),
	msid: entry('its stream and track in JavaScript, an older way of writing a=msid'),
	mslabel: entry('its stream, a form no longer in use'),
	label: entry('its track, a form no longer in use')
};

export const SETUP_ROLES: Readonly<Record<string, string>> = {
	actpass: 'is ready for either role; the answer decides who begins the DTLS handshake',
	active: 'begins the DTLS handshake (it is the DTLS client)',
	passive: 'waits for the DTLS handshake (it is the DTLS server)',
	holdconn: 'wants no connection for the time being'
};

export const ICE_OPTIONS: Readonly<Record<string, NameEntry>> = {
	trickle: entry('candidates may follow one by one after this description', 'RFC 8840 §4.1.1'),
	ice2: entry('follows RFC 8445, not the older RFC 5245', 'RFC 8445 §10'),
	renomination: entry('the controlling side may change its chosen pair (Chromium)'),
	'rtp+ecn': entry('explicit congestion marks', 'RFC 6679')
};

export const CANDIDATE_TYPES: Readonly<Record<string, string>> = {
	host: 'an address of the device itself',
	srflx: 'the address a STUN server saw: the outside of a NAT',
	prflx: 'an address the peer saw during the checks',
	relay: 'an address on a TURN server that relays everything'
};

export const PROTOCOLS: Readonly<Record<string, NameEntry>> = {
	'UDP/TLS/RTP/SAVPF': entry('RTP encrypted with keys from DTLS, with feedback: what WebRTC uses', 'RFC 5764 §8'),
	'TCP/DTLS/RTP/SAVPF': entry('RTP over TCP, encrypted with keys from DTLS, with feedback', 'RFC 7850'),
	'UDP/TLS/RTP/SAVP': entry('RTP encrypted with keys from DTLS', 'RFC 5764 §8'),
	'RTP/SAVPF': entry('encrypted RTP with feedback', 'RFC 5124'),
	'RTP/SAVP': entry('encrypted RTP', 'RFC 3711'),
	'RTP/AVPF': entry('RTP without encryption, with feedback', 'RFC 4585'),
	'RTP/AVP': entry('RTP without encryption', 'RFC 3551'),
	'UDP/DTLS/SCTP': entry('data channels over UDP', 'RFC 8841 §4.2'),
	'TCP/DTLS/SCTP': entry('data channels over TCP', 'RFC 8841 §4.2'),
	'DTLS/SCTP': entry('data channels, the old way of writing it', 'RFC 8841'),
	'TCP/RTP/AVP': entry('RTP over TCP without encryption', 'RFC 4571')
};
