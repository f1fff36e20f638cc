/** The programs whose logs are read, each told by lines that only it writes. */
import { GO2RTC } from './log-go2rtc';
import { JANUS } from './log-janus';
import { JITSI } from './log-jitsi';
import { LIBWEBRTC } from './log-libwebrtc';
import { LIVEKIT } from './log-livekit';
import { MEDIASOUP } from './log-mediasoup';
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
