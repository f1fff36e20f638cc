/** What stands out in calls and load tests, in English. */
import { bitrate, duration, percent } from '../../base/format';
import { list } from '../../base/list';
import { pathName } from '../../plan/call-steps';
import type { CallFindingValues, Difference, MachineValues } from '../../verdict/call/call-finding-values';
import type { MessagesOf, Say } from '../messages';

export const CALL_FINDINGS: MessagesOf<keyof CallFindingValues> = {
	'call-not-connected': ({ path, browserSaid }) =>
		`Over ${pathName(path)} the two ends did not connect.${browserSaid === null ? '' : ` The browser said: ${browserSaid}`}`,
	'call-path-lost': ({ path, afterMs }) => `Over ${pathName(path)} the call lost its path after ${duration(afterMs)}.`,
	'call-astray': ({ path, pairs }) =>
		`Over ${pathName(path)} the call was to go; it went ${pairs.map(({ local, remote }) => `${local} to ${remote}`).join(', ')}.`,
	'call-loss': (values, say) => `${quantities(values, say)} ${lossPlace(values)}`,
	'call-delay': quantities,
	'call-jitter': quantities,
	'call-freezes': quantities,
	'call-bandwidth': quantities,
	'call-directions-differ': ({ path, differences }) => `Over ${pathName(path)}: ${differences.map(difference).join(' ')}`,
	'call-machine-busy': ({ path, machine, quantities: kept, differences, leavesDevice }, say) => {
		const said = [...kept.map(say), ...differences.map(difference)];
		const why = leavesDevice
			? 'This machine explains them, so they are not said of the network.'
			: 'This path does not leave the device, so they are not said of a network.';
		return [`Over ${pathName(path)}:`, ...(machine ? [page(machine)] : []), ...said, ...(said.length > 0 ? [why] : [])].join(' ');
	},
	'latency-under-load': ({ path, loads }) => {
		const added = loads.map(
			({ direction, bitrateBps, addedMs }) =>
				`${DIRECTIONS[direction]} at ${bitrateBps === null ? 'an unknown rate' : bitrate(bitrateBps)} adds ${duration(addedMs)}`
		);
		return `Over ${pathName(path)}, a load ${added.join(', and ')} to the delay of small messages.`;
	},
	'loss-under-load': ({ path, loads }) => {
		const lost = loads.map(
			({ direction, forthLossRatio, backLossRatio }) =>
				`${DIRECTIONS[direction]}: ${percent(forthLossRatio)} there, ${percent(backLossRatio)} back`
		);
		return `Over ${pathName(path)}, small messages were lost during a load ${lost.join('; ')}.`;
	}
};

const DIRECTIONS = { forth: 'from caller to callee', back: 'from callee to caller' };

function quantities({ path, quantities: all }: CallFindingValues['call-delay'], say: Say): string {
	return `Over ${pathName(path)}: ${all.map(say).join(' ')}`;
}

/** What can be told apart, and what cannot. */
function lossPlace({ path, lossPlace: place }: CallFindingValues['call-loss']): string {
	switch (place) {
		case 'on-this-device':
			return 'The two ends meet on this device or at its own NAT: the network beyond is not on the way.';
		case 'up-or-down':
			return 'Each direction goes up to the relay and down again: delay, jitter and loss are those of both ways added, and up and down cannot be told apart on this path.';
		case 'up-or-down-by-two-relays':
			return `From caller to callee the way goes up to the caller's relay and down from the callee's (${path.farUrl}); from callee to caller it goes up to the callee's relay and down from the caller's. What is worse in one direction lies on one of its two parts.`;
		case 'down-forth-up-back':
			return 'The caller reaches the relay by TCP, where nothing is lost for good, the callee by UDP: loss from caller to callee happened on the way down to this device, loss from callee to caller on the way up. Delay and jitter are those of both ways added.';
		case 'repaired-by-tcp':
			return 'Both ends reach the relay by TCP, which repairs loss: what the network loses shows as delay here, and up and down cannot be told apart.';
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
		`the page stood still for ${duration(stalledMs)} of ${duration(overMs)}${stalledMs > 0 ? ` (${duration(longestStallMs)} at a time at most)` : ''}`,
		...(hiddenMs > 0 ? [`was hidden for ${duration(hiddenMs)}`] : []),
		...(timersLateMs === null ? [] : [`its timers were ${duration(timersLateMs)} late in the mean`]),
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
