/** What is known of each mark of a call, by its kind; its sentence is a message (messages/en/call-marks.ts). */
import type { NoValues } from '../base/said';
import type { CallPath, LoopbackCall } from './call-shapes';

export interface CallMarkValues {
	connected: NoValues;
	'ice-restart': NoValues;
	/** The path that it was told to take. */
	'path-switch': { path: CallPath };
	/** The path that did not connect, where one was to be taken; the browser's words, where it refused. */
	refused: { path: CallPath } | { browserSaid: string };
	'device-lost': { device: 'camera' | 'microphone' };
	interrupted: { silentMs: number };
	resumed: NoValues;
	pause: { heldMs: number };
	ended: { endedBy: LoopbackCall['endedBy'] };
}
