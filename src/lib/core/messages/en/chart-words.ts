/** What the charts of a recording say, in English: titles, lines, rows of states, marks on the time axis. */
import { connectionName } from './recording-names';

/** Of a chart's lines: which way their stream goes. A call of this page is told from the caller's end. */
type LineDirection = 'outbound' | 'inbound' | 'received' | 'sent';

const DIRECTIONS: Record<LineDirection, string> = {
	outbound: 'Outbound',
	inbound: 'Inbound',
	received: 'received',
	sent: 'sent'
};

const TITLES = {
	'round-trip': 'Round-trip time',
	'one-way-delay': 'One-way delay',
	loss: 'Packet loss',
	jitter: 'Jitter',
	'bitrate-in': 'Bitrate received',
	'bitrate-out': 'Bitrate sent',
	'available-bitrate': 'Available outgoing bitrate',
	frames: 'Frame rate',
	freezes: 'Share of time with frozen video',
	'freeze-count': 'Freezes so far',
	repairs: 'NACK and PLI sent',
	concealment: 'Concealed audio',
	'jitter-buffer': 'Jitter buffer delay',
	'picture-delay': 'Capture-to-display delay',
	'round-trip-rtcp': 'Round-trip time by RTCP',
	data: 'Data channels'
};

/** Of metrics that share a chart. */
const METRICS: Readonly<Record<string, string>> = {
	'loss-in': 'media',
	'one-way-loss': 'small messages',
	'available-outgoing-bitrate': 'estimate',
	'target-bitrate': 'video target',
	'frames-decoded': 'decoded',
	'frames-encoded': 'encoded',
	'nack-sent': 'NACK',
	'pli-sent': 'PLI'
};

const LANES = {
	'connection-state': 'Connection',
	'ice-state': 'ICE',
	'gathering-state': 'Gathering',
	'dtls-state': 'DTLS',
	'signaling-state': 'Signaling'
};

export const CHART_WORDS = {
	titles: TITLES,
	metrics: METRICS,
	directions: DIRECTIONS,
	connection: connectionName,
	media: { audio: 'audio', video: 'video' },
	lanes: LANES,
	marks: {
		clockJumped: 'clock jumped',
		state: (state: string) => `state: ${state}`,
		descriptionSet: (side: 'local' | 'remote', type: string) => `${side} ${type} set`,
		anotherPair: 'another candidate pair'
	}
};
