import { describe, expect, test } from 'vitest';
import { normaliseStats, standardField, standardType, standardValue } from './normalise';
import type { RawValue } from './recording';

test.each<[string, boolean, string]>([
	['inbound-rtp', false, 'inbound-rtp'],
	['inboundrtp', false, 'inbound-rtp'],
	['inboundrtp', true, 'remote-inbound-rtp'],
	['outbound-rtp', true, 'remote-outbound-rtp'],
	['remote-inbound-rtp', false, 'remote-inbound-rtp'],
	['candidatepair', false, 'candidate-pair'],
	['local-candidate', true, 'local-candidate'],
	['ssrc', false, 'ssrc']
])('the type %s, remote %s, is %s', (type, remote, standard) => expect(standardType(type, remote)).toBe(standard));

test.each([
	['local-candidate', 'ip', 'address'],
	['remote-candidate', 'portNumber', 'port'],
	['local-candidate', 'transport', 'protocol'],
	['inbound-rtp', 'mediaType', 'kind'],
	['data-channel', 'datachannelid', 'dataChannelIdentifier'],
	['candidate-pair', 'ip', 'ip'],
	['inbound-rtp', 'jitter', 'jitter']
])('%s: %s is %s', (type, field, standard) => expect(standardField(type, field)).toBe(standard));

test.each<[string, string, RawValue, RawValue]>([
	['candidate-pair', 'state', 'inprogress', 'in-progress'],
	['candidate-pair', 'state', 'cancelled', 'cancelled'],
	['data-channel', 'state', 'cancelled', 'cancelled'],
	['local-candidate', 'candidateType', 'serverreflexive', 'srflx'],
	['local-candidate', 'candidateType', 'relayed', 'relay'],
	['local-candidate', 'address', '', null],
	['local-candidate', 'address', '(redacted)', null],
	['local-candidate', 'protocol', 'UDP', 'udp'],
	['inbound-rtp', 'jitter', NaN, null],
	['inbound-rtp', 'jitter', 0, 0],
	['candidate-pair', 'nominated', false, false]
])('%s: %s %s is %s', (type, field, value, standard) => expect(standardValue(type, field, value)).toBe(standard));

describe('a poll', () => {
	const one = (object: Record<string, unknown>) => normaliseStats([{ id: 'x', type: 'inbound-rtp', ...object }])[0]!;

	test('objects within objects become fields with a dot, lists are left out', () => {
		expect(
			one({ type: 'outbound-rtp', qualityLimitationDurations: { cpu: 1, bandwidth: 2.5 }, perDscp: [1], deep: { a: { b: 1 } } })
		).toEqual({
			id: 'x',
			type: 'outbound-rtp',
			'qualityLimitationDurations.cpu': 1,
			'qualityLimitationDurations.bandwidth': 2.5
		});
	});

	test('the standard name wins where both are there', () => {
		expect(one({ mediaType: 'audio', kind: 'video' }).kind).toBe('video');
		expect(one({ mediaType: 'audio' })).toMatchObject({ kind: 'audio' });
	});

	test('remote reports of old Firefox get their standard type, and a round trip in ms becomes seconds', () => {
		const remote = one({ id: 'outbound_rtcp_audio_0', type: 'inboundrtp', isRemote: true, mozRtt: 42 });
		expect(remote).toMatchObject({ type: 'remote-inbound-rtp', roundTripTime: 0.042 });
	});

	test('in old Safari what a track object knows goes to its stream, and times in microseconds are made milliseconds', () => {
		const [stream] = normaliseStats([
			{ id: 'in', type: 'inbound-rtp', trackId: 't', framesDecoded: 9, timestamp: 1.7e15 },
			{ id: 't', type: 'track', frameWidth: 640, framesDecoded: 1 }
		]);
		expect(stream).toMatchObject({ frameWidth: 640, framesDecoded: 9, timestamp: 1.7e12 });
	});
});
