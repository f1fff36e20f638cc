/** The way media took: relays, changes of path, round-trip times, networks of the device. */
import { endLabel } from '../../recording/metric-series';
import { column, lastOf, number, tracksOf } from '../../recording/connection';
import { duration } from '../../base/format';
import { stretchesOver, worst } from './findings-view';
import type { StatsRule } from './stats-rule';

const NTP_EPOCH_MS = 2_208_988_800_000;

export const PATH_RULES: readonly StatsRule[] = [
	{
		id: 'relay-over-stream',
		title: 'The relay is reached over TCP or TLS',
		severity: 'warning',
		cite: 'RFC 8656 §3.1',
		find: ({ pairs }) =>
			pairs
				.filter(
					({ selected, local }) =>
						selected.length > 0 && local?.type === 'relay' && (local.relayProtocol === 'tcp' || local.relayProtocol === 'tls')
				)
				.slice(-1)
				.map(({ id, local, selected }) => ({
					text: `Media went through a TURN server reached over ${local!.relayProtocol!.toUpperCase()}: each lost packet delays all that follow. UDP to the servers seems to be blocked.`,
					atMs: selected[0]!.fromMs,
					track: id
				}))
	},
	{
		id: 'relay-used',
		title: 'Media went through a relay',
		severity: 'normal',
		cite: 'RFC 8656 §3',
		find: ({ pairs }) =>
			pairs
				.filter(
					({ selected, local, remote }) =>
						selected.length > 0 &&
						(remote?.type === 'relay' ||
							(local?.type === 'relay' && local.relayProtocol !== 'tcp' && local.relayProtocol !== 'tls'))
				)
				.slice(-1)
				.map(({ id, local, remote, selected }) => ({
					text: `Media went through ${local?.type === 'relay' && remote?.type === 'relay' ? 'two relays, one of each end' : local?.type === 'relay' ? 'the relay of this end' : 'the relay of the other end'}: no direct path was found, or none was allowed.`,
					atMs: selected[0]!.fromMs,
					track: id
				}))
	},
	{
		id: 'path-changed',
		title: 'The path changed during the call',
		severity: 'info',
		cite: 'RFC 8445 §8.1.1',
		find: (view) => {
			const { selection, pairs } = view;
			const name = (id: string) => {
				const pair = pairs.find((each) => each.id === id);
				return pair ? `${endLabel(pair.local)} to ${endLabel(pair.remote)}` : id;
			};
			return selection.flatMap(({ value, fromMs }, index) => {
				const before = selection[index - 1];
				if (!before || before.value === value || before.toMs > fromMs) return [];
				return [
					{ text: `At ${view.at(fromMs)} media moved from ${name(before.value)} to ${name(value)}.`, atMs: fromMs, track: value }
				];
			});
		}
	},
	{
		id: 'round-trip-time-high',
		title: 'Round-trip times were long',
		severity: 'warning',
		cite: 'ITU-T G.114 §4',
		find: (view, limits) => {
			const carried = view
				.metrics('round-trip-time')
				.filter(({ subject }) => view.selection.some(({ value }) => value === subject.id));
			const series = carried.length > 0 ? carried : view.metrics('rtcp-round-trip-time');
			return series.flatMap(({ series: values, subject, metric }) => {
				const stretches = stretchesOver(values, limits.roundTrip.value, limits.sustained.value, limits.lossPause.value);
				const found = worst(stretches);
				if (!found) return [];
				const more = stretches.length > 1 ? `, and ${stretches.length - 1} more times` : '';
				return [
					{
						text: `Round-trip times over ${duration(limits.roundTrip.value)} from ${view.at(found.fromMs)} to ${view.at(found.toMs)}, up to ${duration(found.most)}${more}: both ends notice the delay.`,
						atMs: found.fromMs,
						untilMs: found.toMs,
						track: subject.id,
						metric: metric.id
					}
				];
			});
		}
	},
	{
		id: 'vpn-interface',
		title: 'Media went over a VPN',
		severity: 'info',
		cite: 'W3C webrtc-provisional-stats, RTCIceCandidateStats.vpn',
		find: (view) =>
			tracksOf(view.connection, 'local-candidate')
				.filter((track) => lastOf(track, 'vpn') === true || lastOf(track, 'networkType') === 'vpn')
				.slice(0, 1)
				.map((track) => {
					const used = view.pairs.some(({ selected, local }) => selected.length > 0 && local?.id === track.id);
					return {
						text: used
							? 'The path in use leaves this device by a VPN, with its delay and its limits.'
							: 'This device has a VPN; the path in use does not go through it.',
						severity: used ? ('warning' as const) : ('info' as const),
						track: track.id
					};
				})
	},
	{
		id: 'clock-skew',
		title: 'The clocks of the two ends differ',
		severity: 'info',
		cite: 'RFC 3550 §6.4.1',
		find: (view, limits) =>
			tracksOf(view.connection, 'remote-outbound-rtp')
				.flatMap((track) => {
					const remote = column(track, 'remoteTimestamp');
					if (!remote || remote.alignment !== 'exact' || view.recording.clock !== 'epoch') return [];
					const differences = remote.v.flatMap((value, i) => {
						const at = number(value);
						if (at === null || at <= 0) return [];
						const difference = at - remote.tMs[i]!;
						// Firefox before 90 counts from 1900, as NTP does (RFC 5905 §6).
						return [difference > NTP_EPOCH_MS / 2 ? difference - NTP_EPOCH_MS : difference];
					});
					if (differences.length === 0) return [];
					const middle = differences.sort((a, b) => a - b)[differences.length >> 1]!;
					if (!(Math.abs(middle) > limits.clockSkew.value)) return [];
					return [
						{
							text: `The clock of the other end is ${duration(Math.abs(middle))} ${middle > 0 ? 'ahead' : 'behind'}: keep that in mind where two recordings are compared by the clock.`,
							track: track.id
						}
					];
				})
				.slice(0, 1)
	}
];
