/** The programs whose logs are read, each told by lines that only it writes. */
import { JANUS, JITSI, LIVEKIT, GO2RTC, MEDIASOUP } from './log-media-servers';
import { LIBWEBRTC } from './log-libwebrtc';
import type { LogProgram } from './log-reader';
import { COTURN, UCLIENT } from './log-turn-servers';
import { WIRESHARK } from './log-wireshark';

export const LOG_PROGRAMS: readonly LogProgram[] = [
	COTURN,
	UCLIENT,
	JANUS,
	LIVEKIT,
	JITSI,
	MEDIASOUP,
	GO2RTC,
	WIRESHARK,
	LIBWEBRTC
];
