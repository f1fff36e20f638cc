/** What stands out in calls and load tests. */
import { duration, list } from '../base/words';
import type { LoadRun, PingRun, Throughput } from '../observations/observation';
import { leavesDevice, pathName } from '../plan/call-steps';
import { percent } from '../stats/figures';
import { legsOf } from '../stats/legs';
import { isBusy, wasHidden, type MachineLoad } from '../stats/machine';
import { bitrate, isMachines, type QualityItem } from '../stats/quality';
import type { QualityId } from '../stats/quality-limits';
import type { FindingRule, FoundProse } from './finding-rule';
import type { JudgedCall } from './judged-calls';
import { onPath, OWN_PAGE } from './subject';
import type { View } from './view';

/** What a load may add to the delay of small messages before a call notices: a third of the 150 ms of ITU-T G.114. */
const LOAD_ADDS_MS = 50;

const about = ({ data, index }: Pick<JudgedCall, 'index'> & { data: { path: { url: string | null } } }) => ({
	subject: onPath(data.path.url),
	observations: [index]
});
const over = ({ data }: JudgedCall) => `Over ${pathName(data.path)}`;

/** Items of one kind that are not good, as one sentence a call. */
function items(id: QualityId, more: (call: JudgedCall, bad: QualityItem[]) => string = () => '') {
	return (view: View): FoundProse[] =>
		view.calls.flatMap((call) => {
			const bad = call.quality?.items.filter(
				({ limit, judgement }) => limit.id === id && (judgement === 'fair' || judgement === 'poor')
			);
			if (!bad || bad.length === 0) return [];
			return [{ text: `${over(call)}: ${bad.map(({ text }) => text).join(' ')} ${more(call, bad)}`.trim(), ...about(call) }];
		});
}

export const CALL_FINDING_RULES: readonly FindingRule[] = [
	{
		id: 'call-not-connected',
		severity: 'problem',
		cite: 'RFC 8445 §2',
		title: 'A call over a chosen path did not connect.',
		find: (v) =>
			v.calls
				.filter(({ data }) => data.endedBy === 'not-connected' || (data.endedBy === 'failed' && data.connectMs === null))
				.map((call) => {
					const said = call.data.error ?? call.data.errors[0]?.errorText ?? '';
					return {
						text: `${over(call)} the two ends did not connect.${said ? ` The browser said: ${said}` : ''}`,
						...about(call)
					};
				})
	},
	{
		id: 'call-path-lost',
		severity: 'problem',
		cite: 'RFC 7675 §5.1',
		title: 'A call lost its path.',
		find: (v) =>
			v.calls
				.filter(({ data }) => data.endedBy === 'path-lost')
				.map((call) => ({
					text: `${over(call)} the call lost its path after ${duration(call.data.marks.at(-1)?.atMs ?? 0)}.`,
					...about(call)
				}))
	},
	{
		id: 'call-astray',
		severity: 'problem',
		cite: 'RFC 8445 §7',
		title: 'A call went over a pair that is not on the path it was confined to.',
		find: (v) =>
			v.calls
				.filter(({ astray }) => astray.length > 0)
				.map((call) => ({ text: `${over(call)} the call was to go; it went ${call.astray.join(', ')}.`, ...about(call) }))
	},
	{
		id: 'call-loss',
		severity: 'warning',
		cite: 'ITU-T G.1010 Table I.1',
		title: 'A call lost packets.',
		find: items('loss', ({ data }) => legsOf(data.path).text)
	},
	{
		id: 'call-delay',
		severity: 'warning',
		cite: 'ITU-T G.114 §4',
		title: 'A call had a long round trip.',
		find: items('round-trip-time')
	},
	{
		id: 'call-jitter',
		severity: 'warning',
		cite: 'ITU-T Y.1541 Table 1',
		title: 'A call had uneven packets.',
		find: items('jitter')
	},
	{
		id: 'call-freezes',
		severity: 'warning',
		cite: 'W3C webrtc-stats, totalFreezesDuration',
		title: "A call's picture froze.",
		find: items('freezes')
	},
	{
		id: 'call-bandwidth',
		severity: 'warning',
		cite: 'W3C webrtc-stats, availableOutgoingBitrate',
		title: 'A path held the picture back.',
		find: items('available-bitrate')
	},
	{
		id: 'call-directions-differ',
		severity: 'warning',
		cite: 'RFC 7679, RFC 7680',
		title: 'One direction of a call was worse than the other.',
		find: (v) =>
			v.calls.flatMap((call) => {
				const named = call.directions.filter(
					({ quantity, worse }) => quantity !== 'bitrate' && (worse === 'forth' || worse === 'back')
				);
				return named.length === 0 ? [] : [{ text: `${over(call)}: ${named.map(({ text }) => text).join(' ')}`, ...about(call) }];
			})
	},
	{
		id: 'call-machine-busy',
		severity: 'info',
		about: 'machine',
		cite: 'W3C Long Tasks §2, W3C webrtc-stats, qualityLimitationReason',
		title: 'This machine was busy during a call, or its page was hidden.',
		find: (v) =>
			v.calls.flatMap((call) => {
				const text = machineText(call);
				return text === null ? [] : [{ text: `${over(call)}: ${text}`, subject: OWN_PAGE, observations: [call.index] }];
			})
	},
	{
		id: 'latency-under-load',
		severity: 'warning',
		cite: 'RFC 8290 §1',
		title: 'A load on the path makes everything else late.',
		find: (v) =>
			loadsOutside(v).flatMap(({ data, index }) => {
				const added = data.loads
					.map((load) => ({ load, ms: addedBy(load, data.idle) }))
					.filter(({ ms }) => ms !== null && ms > LOAD_ADDS_MS);
				if (added.length === 0) return [];
				const said = added.map(
					({ load, ms }) =>
						`${way(load)} at ${load.bitrateBps === null ? 'an unknown rate' : bitrate(load.bitrateBps)} adds ${duration(ms!)}`
				);
				return [
					{
						text: `Over ${pathName(data.path)}, a load ${said.join(', and ')} to the delay of small messages.`,
						...about({ data, index })
					}
				];
			})
	},
	{
		id: 'loss-under-load',
		severity: 'warning',
		cite: 'RFC 8290 §1',
		title: 'A load on the path makes small messages get lost.',
		find: (v) =>
			loadsOutside(v).flatMap(({ data, index }) => {
				const lossy = data.loads.filter((load) => Math.max(lost(load.forth), lost(load.back)) > 0.05);
				if (lossy.length === 0) return [];
				const said = lossy.map((load) => `${way(load)}: ${percent(lost(load.forth))} there, ${percent(lost(load.back))} back`);
				return [
					{
						text: `Over ${pathName(data.path)}, small messages were lost during a load ${said.join('; ')}.`,
						...about({ data, index })
					}
				];
			})
	}
];

/** Null where nothing was kept from being said of the network, and the machine does not stand out by itself. */
function machineText({ data, summary, quality, directions }: JudgedCall): string | null {
	const machine = summary?.machine ?? null;
	const kept = [
		...(quality?.items ?? []).filter(isMachines).map(({ text }) => text),
		...directions
			.filter(({ worse, forth, back }) => worse === 'unknown' && forth !== null && back !== null)
			.map(({ text }) => text)
	];
	const busy = machine !== null && isBusy(machine);
	if (kept.length === 0 && !busy && !(machine && wasHidden(machine))) return null;
	const why = leavesDevice(data.path)
		? 'This machine explains them, so they are not said of the network.'
		: 'This path does not leave the device, so they are not said of a network.';
	return [...(machine ? [pageText(machine, busy)] : []), ...(kept.length > 0 ? [...kept, why] : [])].join(' ');
}

function pageText({ page, encodeMs, decodeMs, limitedByCpu }: MachineLoad, busy: boolean): string {
	const { pausedMs, overMs, longestStallMs, lateMs } = page;
	const said = [
		`the page stood still for ${duration(pausedMs.stalled)} of ${duration(overMs)}${pausedMs.stalled > 0 ? ` (${duration(longestStallMs)} at a time at most)` : ''}`,
		...(pausedMs.hidden > 0 ? [`was hidden for ${duration(pausedMs.hidden)}`] : []),
		...(lateMs ? [`its timers were ${duration(lateMs.mean)} late in the mean`] : []),
		...(encodeMs !== null && decodeMs !== null
			? [`a frame took ${duration(encodeMs)} to encode and ${duration(decodeMs)} to decode`]
			: []),
		...(limitedByCpu ? [`the processor limited the video for ${percent(limitedByCpu)} of the time`] : [])
	];
	return busy ? `This machine was busy: ${list(said)}.` : `${list(said).replace(/^./, (letter) => letter.toUpperCase())}.`;
}

/** Where a load stays on this device, it is the device that everything else waits for. */
function loadsOutside({ observed }: View): { index: number; data: Throughput }[] {
	return observed.seen('throughput').filter(({ data }) => leavesDevice(data.path));
}

const way = ({ direction }: LoadRun) => (direction === 'forth' ? 'from caller to callee' : 'from callee to caller');

function lost({ sent, received }: PingRun): number {
	return sent === 0 ? 0 : Math.max(0, sent - received) / sent;
}

/** Both ways together: a queue on the way back makes an answer late as well. Null where pings did not come through. */
export function addedBy(load: LoadRun, idle: { forth: PingRun; back: PingRun }): number | null {
	const parts = [load.forth.delayMs, load.back.delayMs, idle.forth.delayMs, idle.back.delayMs].map(
		(delay) => delay?.median ?? null
	);
	const [a, b, c, d] = parts;
	if (a == null || b == null || c == null || d == null) return null;
	return a + b - c - d;
}
