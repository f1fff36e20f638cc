/** How good a call was, in English. */
import { duration, formatUnit, percent } from '../../base/format';
import { QUALITY_LIMITS, type QualityId, type QualityLimit } from '../../call/quality-limits';
import type { CallFigures, CallQualityValues, QualityMissingValues, QuantityValues } from '../../verdict/call/call-values';
import type { MessagesOf } from '../messages';
import { directionName } from './direction-names';
import { callPathName } from './path-names';

export const CALL_QUALITY: MessagesOf<keyof CallQualityValues | keyof QuantityValues | keyof QualityMissingValues> = {
	'quality-call-poor': rated('poor'),
	'quality-call-fair': rated('fair'),
	'quality-call-good': rated('good'),
	'quality-call-not-decided': ({ missing }, say) =>
		`A call was made, but its quality cannot be rated. Missing: ${missing.map(say).join(', ')}.`,
	'quality-call-not-connected': ({ paths }) =>
		`No call connected (${paths.map(callPathName).join(', ')}), so there was no quality to measure.`,
	'quality-not-measured': () => 'Not measured: only a call shows delay, jitter and loss, and none was made.',

	'quality-loss': ({ lossRatio, byMachineRatio, ...judged }) => quantity('loss', judged, lossRatio, byMachineRatio),
	'quality-round-trip-time': ({ rttMs, byMachineMs, ...judged }) => quantity('round-trip-time', judged, rttMs, byMachineMs),
	'quality-jitter': ({ jitterMs, byMachineMs, ...judged }) => quantity('jitter', judged, jitterMs, byMachineMs),
	'quality-freezes': ({ frozenRatio, byMachineRatio, ...judged }) => quantity('freezes', judged, frozenRatio, byMachineRatio),
	'quality-available-bitrate': ({ availableBps, ...judged }) => quantity('available-bitrate', judged, availableBps, 0),

	'quality-lacks-longer-call': ({ secondsAtLeast }) => `a call of ${secondsAtLeast} s or more`,
	'quality-lacks-round-trip-time': () => 'the round-trip time',
	'quality-lacks-loss': () => 'the loss in both directions',
	'quality-lacks-path-beyond-device': () => 'a call over a path that leaves this device',
	'quality-lacks-machine-at-rest': () => 'a call while this machine is not busy'
};

/** What is limited, and where its limits come from. */
export const QUALITY_LIMIT_WORDS: Record<QualityId, { label: string; source: string }> = {
	loss: { label: 'Packet loss', source: 'ITU-T G.1010 asks for under 1 % with video, and under 3 % for speech.' },
	'round-trip-time': {
		label: 'Round-trip time',
		source:
			'ITU-T G.114: up to 150 ms one way most users are satisfied, over 400 ms is unacceptable for network planning; a round trip is twice that.'
	},
	jitter: {
		label: 'Jitter',
		source:
			'Up to 20 ms is one packet of speech (the usual frame of Opus), 50 ms is this project’s own limit (ITU-T Y.1541 has 50 ms for IPDV, a related measure).'
	},
	freezes: {
		label: 'Share of time with frozen video',
		source: "What counts as frozen is defined by W3C (totalFreezesDuration); the limits are this project's own."
	},
	'available-bitrate': {
		label: 'Available outgoing bitrate',
		source: 'The least at which libwebrtc sends 1280×720 (600 kbit/s) and 640×360 (150 kbit/s).'
	}
};

/** `12 ms round trip, 0 % lost outbound and 2.1 % inbound, jitter 5.0 ms and 4.1 ms`. */
export function figures({ rttMs, lossRatio, jitterMs }: CallFigures): string {
	const trip = rttMs === null ? 'round trip not measured' : `${duration(rttMs)} round trip`;
	const lost = (ratio: number | null) => (ratio === null ? 'an unknown share' : percent(ratio));
	const spread = (ms: number | null) => (ms === null ? 'not measured' : duration(ms));
	return `${trip}, ${lost(lossRatio.forth)} lost outbound and ${lost(lossRatio.back)} inbound, jitter ${spread(jitterMs.forth)} and ${spread(jitterMs.back)}`;
}

function rated(word: 'poor' | 'fair' | 'good') {
	return (call: CallQualityValues['quality-call-poor']) =>
		`A call over ${callPathName(call.path)} was ${word}: ${figures(call.figures)}.`;
}

type Judged = Pick<QuantityValues['quality-loss'], 'direction' | 'judgement'>;

function quantity(id: QualityId, { direction, judgement }: Judged, value: number | null, byMachine: number): string {
	const limit = QUALITY_LIMITS.find((one) => one.id === id)!;
	const where = direction === null ? '' : `, ${directionName(direction)}`;
	if (value === null) return `${QUALITY_LIMIT_WORDS[id].label}${where}: not measured.`;
	// What is good by itself needs no excuse.
	const share = judgement === 'good' || byMachine === 0 ? '' : ofMachine(limit, value, byMachine);
	return `${QUALITY_LIMIT_WORDS[id].label}${where}: ${formatUnit(limit.unit, value)}${share}${bounds(limit, judgement)}.`;
}

function ofMachine(limit: QualityLimit, value: number, byMachine: number): string {
	if (byMachine >= value) return ', which this machine may have caused itself';
	return `, of which this machine may have caused ${formatUnit(limit.unit, byMachine)} itself`;
}

function bounds(limit: QualityLimit, judgement: Judged['judgement']): string {
	const word = limit.sense === 'up-to' ? 'up to' : 'from';
	if (judgement === 'good') return ` (good ${word} ${formatUnit(limit.unit, limit.good)})`;
	if (judgement === 'fair') return ` (fair ${word} ${formatUnit(limit.unit, limit.fair)})`;
	if (judgement === 'poor') return ` (poor ${limit.sense === 'up-to' ? 'over' : 'under'} ${formatUnit(limit.unit, limit.fair)})`;
	return '';
}
