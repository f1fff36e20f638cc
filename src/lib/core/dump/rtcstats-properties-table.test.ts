import { expect, test } from 'vitest';
import { RTCSTATS_PROPERTIES, RTCSTATS_TYPES } from './rtcstats-properties-table';

/** Anchors all over the table: one name too many or too few moves all that follow. */
test.each([
	['t', 'timestamp'],
	['4', 'payloadType'],
	['12', 'codecId'],
	['14', 'packetsReceived'],
	['41', 'bytesReceived'],
	['62', 'playoutId'],
	['80', 'bytesSent'],
	['101', 'scalabilityMode'],
	['108', 'frames'],
	['125', 'selectedCandidatePairId'],
	['145', 'networkType'],
	['148', 'localCandidateId'],
	['161', 'bytesDiscardedOnSend'],
	['163', 'fingerprint'],
	['167', 'psnrMeasurements'],
	['176', 'ccfbMessagesReceived']
])('property %s is %s', (number, name) => expect(RTCSTATS_PROPERTIES.get(number)).toBe(name));

test('numbers that were never in use are none, and the types are known', () => {
	for (const unused of ['1', '3', '13', '146', '147', '162', '177']) expect(RTCSTATS_PROPERTIES.has(unused)).toBe(false);
	expect([RTCSTATS_TYPES.get(1), RTCSTATS_TYPES.get(6), RTCSTATS_TYPES.get(14)]).toEqual([
		'inbound-rtp',
		'candidate-pair',
		'codec'
	]);
});
