import { expect, test } from 'vitest';
import { appendPoll } from '../../core/recording/append';
import { seriesOf } from '../../core/recording/metric-series';
import { METRICS } from '../../core/recording/metrics-table';
import type { PlainStats } from '../../core/recording/normalise';
import type { RecordedConnection } from '../../core/recording/recording';
import { growingSeries } from './growing-series';

/** A stream with everything that is difficult: a pause, a reset, another SSRC, a missing field. */
function statsAt(second: number): PlainStats[] {
	const late = second > 700;
	return [
		{
			id: 'in',
			type: 'inbound-rtp',
			timestamp: second * 1000,
			kind: 'video',
			ssrc: late ? 2 : 1,
			bytesReceived: (late ? second - 700 : second) * 1000 + (second % 7) * 50,
			packetsReceived: (late ? second - 700 : second) * 10,
			packetsLost: Math.floor(second / 50),
			...(second % 90 === 5 ? {} : { jitter: 0.01 + (second % 11) / 1000 }),
			framesDecoded: second * 30
		} as unknown as PlainStats,
		{
			id: 'ri',
			type: 'remote-inbound-rtp',
			timestamp: second - (second % 5),
			kind: 'video',
			ssrc: 1,
			roundTripTime: 0.02 + (second % 13) / 1000,
			packetsLost: 0
		} as unknown as PlainStats
	];
}

test('a series that grew poll by poll is the one made from the whole recording, also past the thinning', () => {
	const connection: RecordedConnection = {
		id: 'caller',
		label: 'caller',
		url: null,
		configuration: null,
		startMs: null,
		endMs: null,
		events: [],
		tracks: []
	};
	const make = growingSeries();
	let compared = 0;
	for (let second = 0; second < 4200; second++) {
		// Nobody looked for two minutes.
		if (second > 1500 && second < 1620) continue;
		appendPoll(connection, statsAt(second), { atMs: second * 1000, epochOffsetMs: null });
		const look = second % 23 === 0 || second > 4080;
		const check = second % 401 === 0 || second === 4199 || (second > 4090 && second < 4100);
		for (const metric of look || check ? METRICS : []) {
			for (const track of connection.tracks.filter(({ type }) => type === metric.scope)) {
				const grown = make(metric, track);
				if (!check) continue;
				expect(grown, `${metric.id} after ${second} s`).toEqual(seriesOf(metric, track));
				if (grown) compared++;
			}
		}
	}
	expect(compared).toBeGreaterThan(100);
}, 30_000);
