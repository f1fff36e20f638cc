/** The way media took: relays, changes of path, round-trip times, networks of the device. */
import { entryOf } from '../../base/record';
import { parseIp, scopeOfText } from '../../base/ip';
import { column, lastOf, number, text, tracksOf, type CandidateView, type PairView } from '../../recording/connection';
import type { EndKind } from '../../recording/metric-series';
import type { DtlsVersion, NetworkEnd, UsedPair } from './finding-values';
import { pauseAround } from './path-loss';
import { isTurnUrl, placeOfUrl } from './recorded-configuration';
import { otherEnds } from '../call-ends';
import { during, stretchesOver, worst, type ConnectionView } from './findings-view';
import { sameNetwork } from './same-network';
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
				const [from, to] = [before.value, value].map((id) => usedPair(pairs, id)) as [UsedPair, UsedPair];
				const networks = otherNetworks(view, before.value, value);
				const pause = pauseAround(view, fromMs, fromMs);
				const pausedMs = pause && pause.toMs - pause.fromMs;
				return [{ values: { changedAtMs: view.sinceStart(fromMs), from, to, networks, pausedMs }, atMs: fromMs, track: value }];
			});
		}
	},
	{
		id: 'dtls-parameters',
		severity: 'normal',
		nextStep: 'update-dtls',
		find: (view) => {
			const transports = tracksOf(view.connection, 'transport');
			const told = (field: string) =>
				transports.map((track) => text(lastOf(track, field))).find((value) => value !== null) ?? null;
			const [number, cipher, srtpCipher, group] = ['tlsVersion', 'dtlsCipher', 'srtpCipher', 'tlsGroup'].map(told);
			if (!number && !cipher) return [];
			const version = number ? (entryOf(DTLS_VERSIONS, number.toUpperCase()) ?? 'unknown') : null;
			if (isToldOfOtherEnd(view)) return [];
			const values = { version, cipher: cipher ?? null, srtpCipher: srtpCipher ?? null, group: group ?? null };
			return [
				{
					values,
					severity: version === '1.0' ? ('warning' as const) : ('normal' as const),
					track: transports[0]!.id
				}
			];
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

/** Both ends of a call have the same; the first one tells it. */
function isToldOfOtherEnd({ recording, connection }: ConnectionView): boolean {
	const other = recording.connections.find(({ id }) => id === otherEnds(recording).get(connection.id));
	const isEarlier = other !== undefined && recording.connections.indexOf(other) < recording.connections.indexOf(connection);
	return isEarlier && tracksOf(other, 'transport').some((track) => lastOf(track, 'dtlsCipher') !== null);
}

/** The two bytes of each version, in hexadecimal (RFC 4347 §4.1, RFC 6347 §4.1, RFC 9147 §5.3). */
const DTLS_VERSIONS: Readonly<Record<string, DtlsVersion>> = { FEFF: '1.0', FEFD: '1.2', FEFC: '1.3' };

/** The network of the device at which a pair ends here. A relay's own address is of none. */
function networkOf(view: ConnectionView, pairId: string): NetworkEnd | null {
	const local = view.pairs.find(({ id }) => id === pairId)?.local;
	const track = view.connection.tracks.find(({ id }) => id === local?.id);
	if (!local || !track) return null;
	const type = text(lastOf(track, 'networkType'));
	const base = local.type === 'host' ? local.address : local.type === 'relay' ? null : text(lastOf(track, 'relatedAddress'));
	const address = base !== null && parseIp(base) && scopeOfText(base) !== 'unspecified' ? base : null;
	return { type: type === 'unknown' ? null : type, address };
}

/** Both networks, where the recording shows that they are two; of two address families it does not. */
function otherNetworks(view: ConnectionView, before: string, after: string): { from: NetworkEnd; to: NetworkEnd } | null {
	const [from, to] = [networkOf(view, before), networkOf(view, after)];
	if (!from || !to) return null;
	const otherType = from.type !== null && to.type !== null && from.type !== to.type;
	const bothKnown = from.address !== null && to.address !== null && parseIp(from.address)?.family === parseIp(to.address)?.family;
	return otherType || (bothKnown && !sameNetwork(from.address!, to.address!)) ? { from, to } : null;
}

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
