/** The way media took: relays, changes of path, round-trip times, networks of the device. */
import { column, lastOf, number, tracksOf, type CandidateView, type PairView } from '../../recording/connection';
import type { EndKind } from '../../recording/metric-series';
import type { UsedPair } from './finding-values';
import { isTurnUrl, placeOfUrl } from './recorded-configuration';
import { during, stretchesOver, worst } from './findings-view';
import type { StatsRule } from './stats-rule';

const NTP_EPOCH_MS = 2_208_988_800_000;

export const PATH_RULES: readonly StatsRule[] = [
	{
		id: 'relay-over-stream',
		severity: 'normal',
		find: ({ pairs, configuration }) =>
			pairs
				.flatMap(({ id, local, selected: [first] }) => {
					const relayProtocol = streamProtocolOf(local);
					if (!first || !relayProtocol) return [];
					const overUdp = (url: string) => isTurnUrl(url) && placeOfUrl(url)?.transport === 'udp';
					const udpConfigured = configuration && configuration.servers.some(({ url }) => overUdp(url));
					return [
						{
							values: { relayProtocol, udpConfigured },
							severity: udpConfigured ? ('warning' as const) : ('normal' as const),
							atMs: first.fromMs,
							track: id
						}
					];
				})
				.slice(-1)
	},
	{
		id: 'relay-used',
		severity: 'normal',
		find: ({ pairs }) =>
			pairs
				.flatMap(({ id, local, remote, selected: [first] }) => {
					const [own, others] = [local?.type === 'relay', remote?.type === 'relay'];
					if (!first || !(others || (own && !streamProtocolOf(local)))) return [];
					const relayOf = own && others ? ('both-ends' as const) : own ? ('this-end' as const) : ('other-end' as const);
					return [{ values: { relayOf }, atMs: first.fromMs, track: id }];
				})
				.slice(-1)
	},
	{
		id: 'path-changed',
		severity: 'info',
		find: (view) => {
			const { selection, pairs } = view;
			return selection.flatMap(({ value, fromMs }, index) => {
				const before = selection[index - 1];
				if (!before || before.value === value || before.toMs > fromMs) return [];
				const [from, to] = [usedPair(pairs, before.value), usedPair(pairs, value)];
				return [{ values: { changedAtMs: view.sinceStart(fromMs), from, to }, atMs: fromMs, track: value }];
			});
		}
	},
	{
		id: 'round-trip-time-high',
		severity: 'warning',
		find: (view, limits) => {
			const carried = view
				.metrics('round-trip-time')
				.filter(({ subject }) => view.selection.some(({ value }) => value === subject.id));
			const series = carried.length > 0 ? carried : view.metrics('rtcp-round-trip-time');
			return series.flatMap(({ series: values, subject, metric }) => {
				const stretches = stretchesOver(values, limits.roundTrip.value, limits.sustained.value, limits.lossPause.value);
				const found = worst(stretches);
				if (!found) return [];
				return [
					{
						values: {
							...during(view, found),
							limitMs: limits.roundTrip.value,
							mostMs: found.most,
							moreTimes: stretches.length - 1
						},
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
		severity: 'info',
		find: (view) => {
			const ids = tracksOf(view.connection, 'local-candidate')
				.filter((track) => lastOf(track, 'vpn') === true || lastOf(track, 'networkType') === 'vpn')
				.map(({ id }) => id);
			if (ids.length === 0) return [];
			const paths = view.pairs.filter(({ selected, local }) => selected.length > 0 && local !== null);
			const over = paths.find(({ local }) => ids.includes(local!.id));
			const used = paths.length === 0 ? null : over !== undefined;
			return [{ values: { used }, severity: used ? 'warning' : 'info', track: over?.local?.id ?? ids[0]! }];
		}
	},
	{
		id: 'clock-skew',
		severity: 'info',
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
							values: { aheadMs: middle },
							track: track.id
						}
					];
				})
				.slice(0, 1)
	}
];

/** Over what other than UDP this end reaches its relay; null where it does not. */
function streamProtocolOf(local: CandidateView | null): 'tcp' | 'tls' | null {
	if (local?.type !== 'relay') return null;
	return local.relayProtocol === 'tcp' || local.relayProtocol === 'tls' ? local.relayProtocol : null;
}

function usedPair(pairs: readonly PairView[], id: string): UsedPair {
	const pair = pairs.find((each) => each.id === id);
	return pair ? { kind: 'ends', local: endKind(pair.local), remote: endKind(pair.remote) } : { kind: 'unlisted', id };
}

function endKind(candidate: CandidateView | null): EndKind | null {
	return candidate && { type: candidate.type, protocol: candidate.protocol, relayProtocol: candidate.relayProtocol };
}
