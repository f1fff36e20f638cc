/** What stands out in calls and load tests, in English. */
import { bitrate, duration, percent } from '../../base/format';
import { list } from '../../base/list';
import type { CallFindingValues, Difference, MachineValues } from '../../verdict/call/call-finding-values';
import type { MessagesOf, Say } from '../messages';
import { callPathName } from './path-names';

export const CALL_FINDINGS: MessagesOf<keyof CallFindingValues> = {
	'call-not-connected': ({ path, browserSaid }) =>
		`Over ${callPathName(path)} the two ends did not connect.${browserSaid === null ? '' : ` The browser said: ${browserSaid}`}`,
	'call-path-lost': ({ path, afterMs }) => `The call over ${callPathName(path)} lost its connection after ${duration(afterMs)}.`,
	'call-astray': ({ path, pairs }) =>
		`The call was to use ${callPathName(path)}; it used ${pairs.map(({ local, remote }) => `${local} to ${remote}`).join(', ')}.`,
	'call-loss': (values, say) => `${quantities(values, say)} ${lossPlace(values)}`,
	'call-delay': quantities,
	'call-jitter': quantities,
	'call-freezes': quantities,
	'call-bandwidth': quantities,
	'call-directions-differ': ({ path, differences }) => `Over ${callPathName(path)}: ${differences.map(difference).join(' ')}`,
	'call-machine-busy': ({ path, machine, quantities: kept, differences, leavesDevice }, say) => {
		const said = [...kept.map(say), ...differences.map(difference)];
		const why = leavesDevice
			? 'This machine explains them, so they are not attributed to the network.'
			: 'This path does not leave the device, so they are not attributed to a network.';
		return [`Over ${callPathName(path)}:`, ...(machine ? [page(machine)] : []), ...said, ...(said.length > 0 ? [why] : [])].join(
			' '
		);
	},
	'latency-under-load': ({ path, loads }) => {
		const added = loads.map(
			({ direction, bitrateBps, addedMs }) =>
				`${DIRECTIONS[direction]} at ${bitrateBps === null ? 'an unknown rate' : bitrate(bitrateBps)} adds ${duration(addedMs)}`
		);
		return `Over ${callPathName(path)}, a load ${added.join(', and ')} to the delay of small messages.`;
	},
	'loss-under-load': ({ path, loads }) => {
		const lost = loads.map(
			({ direction, forthLossRatio, backLossRatio }) =>
				`${DIRECTIONS[direction]}: ${percent(forthLossRatio)} outbound, ${percent(backLossRatio)} inbound`
		);
		return `Over ${callPathName(path)}, small messages were lost during a load ${lost.join('; ')}.`;
	}
};

const DIRECTIONS = { forth: 'from caller to callee', back: 'from callee to caller' };

function quantities({ path, quantities: all }: CallFindingValues['call-delay'], say: Say): string {
	return `Over ${callPathName(path)}: ${all.map(say).join(' ')}`;
}

/** What can be told apart, and what cannot. */
function lossPlace({ path, lossPlace: place }: CallFindingValues['call-loss']): string {
	switch (place) {
		case 'on-this-device':
			return 'The two ends meet on this device or at its own NAT: the network beyond is not on the path.';
		case 'up-or-down':
			return 'Each direction uses the uplink to the relay and the downlink back: delay, jitter and loss include both, and uplink and downlink cannot be distinguished on this path.';
		case 'up-or-down-by-two-relays':
			return `From caller to callee, media uses the uplink to the caller's relay and the downlink from the callee's (${path.farUrl}); from callee to caller, the uplink to the callee's relay and the downlink from the caller's. What is worse in one direction is on one of these two parts.`;
		case 'down-forth-up-back':
			return 'The caller reaches the relay by TCP, which retransmits lost packets, the callee by UDP: loss from caller to callee happened on the downlink to this device, loss from callee to caller on the uplink. Delay and jitter include both.';
		case 'repaired-by-tcp':
			return 'Both ends reach the relay by TCP, which retransmits lost packets: loss in the network shows as delay here, and uplink and downlink cannot be distinguished.';
	}
}

function difference(of: Difference): string {
	switch (of.quantity) {
		case 'loss':
			return bothWays('Loss', of, [of.forthRatio, of.backRatio], percent);
		case 'delay':
			return bothWays('One-way delay', of, [of.forthMs, of.backMs], duration);
		case 'jitter':
			return bothWays('Jitter', of, [of.forthMs, of.backMs], duration);
		case 'bitrate':
			return bothWays('Video bitrate', of, [of.forthBps, of.backBps], bitrate);
	}
}

function bothWays(
	label: string,
	{ from, to }: Difference,
	[forth, back]: [number | null, number | null],
	format: (value: number) => string
): string {
	const say = (value: number | null) => (value === null ? 'not measured' : format(value));
	return `${label} ${from} to ${to}: ${say(forth)}; ${to} to ${from}: ${say(back)}.`;
}

function page(machine: MachineValues): string {
	const { stalledMs, overMs, longestStallMs, hiddenMs, timersLateMs, encodeMsPerFrame, decodeMsPerFrame } = machine;
	const said = [
		`the page was stalled for ${duration(stalledMs)} of ${duration(overMs)}${stalledMs > 0 ? ` (${duration(longestStallMs)} at most at a time)` : ''}`,
		...(hiddenMs > 0 ? [`was hidden for ${duration(hiddenMs)}`] : []),
		...(timersLateMs === null ? [] : [`its timers were ${duration(timersLateMs)} late on average`]),
		...(encodeMsPerFrame !== null && decodeMsPerFrame !== null
			? [`a frame took ${duration(encodeMsPerFrame)} to encode and ${duration(decodeMsPerFrame)} to decode`]
			: []),
		...(machine.limitedByCpuRatio
			? [`the processor limited the video for ${percent(machine.limitedByCpuRatio)} of the time`]
			: [])
	];
	return machine.busy
		? `This machine was busy: ${list(said)}.`
		: `${list(said).replace(/^./, (letter) => letter.toUpperCase())}.`;
}
