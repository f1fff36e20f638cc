import { describe, expect, test } from 'vitest';
import type { ConnectionFigures, StreamFigures } from './connection-figure-shapes';
import { CONDITION_EXAMPLES, judgeCondition, parseCondition, type FigureCondition } from './figure-conditions';

function parsed(text: string): FigureCondition {
	const result = parseCondition(text);
	if (!result.ok) throw new Error(result.error.message);
	return result.value;
}

test.each<[string, Partial<FigureCondition>]>([
	['loss>2%', { figure: 'loss', operator: '>', bound: 0.02, worst: false, kind: null, direction: null }],
	[
		'worst received video jitter >= 80 ms',
		{ figure: 'jitter', operator: '>=', bound: 80, worst: true, kind: 'video', direction: 'in' }
	],
	['rtt>0.3s', { figure: 'rtt', bound: 300 }],
	['sent audio bitrate<=24kbps', { figure: 'bitrate', operator: '<=', bound: 24_000, kind: 'audio', direction: 'out' }],
	['video bitrate<1.5Mbit/s', { bound: 1_500_000 }],
	['frame rate<15', { figure: 'frame-rate', bound: 15 }],
	['Frame-Rate<15fps', { figure: 'frame-rate', bound: 15 }],
	['freezes>0', { figure: 'freezes', bound: 0 }],
	['mos<3.6', { figure: 'mos', bound: 3.6 }],
	['connect time>5s', { figure: 'connect-time', bound: 5000 }]
])('%s is understood', (text, expected) => {
	expect(parsed(text)).toMatchObject({ text, ...expected });
});

test('every example that is offered is understood', () => {
	expect(CONDITION_EXAMPLES.filter((example) => !parseCondition(example).ok)).toEqual([]);
});

test.each<[string, string, RegExp]>([
	['losss>2%', 'character 1', /"losss" is no figure: there are loss, rtt/],
	['video lag>2', 'character 7', /"lag" is no figure/],
	['loss', 'character 5', /compares nothing.*loss>2%/],
	['', 'character 1', /compares nothing/],
	['>2%', 'character 1', /a figure is missing/],
	['loss>2', 'character 7', /a unit is missing: loss is measured in %/],
	['loss>2,5%', 'character 7', /",5%" does not fit/],
	['loss>x', 'character 6', /"x" is no number/],
	['loss>', 'character 6', /is no number/],
	['loss=>2%', 'character 1', /"loss=" is no figure/],
	['loss>200%', 'character 6', /at most 100 %/],
	['rtt>300', 'character 8', /measured in ms, s/],
	['rtt>300 kbit/s', 'character 9', /"kbit\/s" does not fit/],
	['freezes>3 ms', 'character 11', /freezes has no unit/],
	['loss video>2%', 'character 6', /"video" stands after the figure/],
	['worst mos<3', 'character 1', /mos has no worst value/],
	['video connect-time>5s', 'character 1', /whole connection/]
])('%s is refused at its place', (text, where, why) => {
	const result = parseCondition(text);
	expect(result).toMatchObject({ ok: false, error: { code: 'malformed', where, message: expect.stringMatching(why) } });
});

const over = (median: number, worst: number) => ({ count: 5, median, worst, worstAtMs: 1 });
const stream = (more: Partial<StreamFigures>): StreamFigures => ({
	id: 's',
	direction: 'in',
	kind: 'video',
	ssrc: 1,
	mid: null,
	rid: null,
	codec: null,
	coder: null,
	packets: 100,
	packetsLost: null,
	lossRatio: null,
	lossFrom: null,
	lossOverTimeRatio: null,
	jitterMs: null,
	rttMs: null,
	bitrateBps: null,
	framesPerSecond: null,
	frameSize: null,
	freezes: null,
	freezeShare: null,
	mos: null,
	...more
});
const path = (rttMs: ConnectionFigures['paths'][number]['rttMs']) => ({
	id: 'p',
	local: null,
	remote: null,
	fromMs: 0,
	untilMs: 1,
	rttMs,
	sentBps: null,
	receivedBps: null,
	availableBps: null,
	bytesSent: null,
	bytesReceived: null
});

describe('a condition', () => {
	const ends = [
		{
			id: 'a',
			figures: {
				connects: [{ atMs: 1, tookMs: 900 }],
				streams: [
					stream({
						id: 'v',
						lossRatio: 0.01,
						lossOverTimeRatio: over(0, 0.3),
						bitrateBps: over(900_000, 100_000),
						rttMs: over(90, 95)
					}),
					stream({ id: 'u', direction: 'out', kind: 'audio', lossRatio: 0.03, bitrateBps: over(20_000, 19_000) }),
					stream({ id: 'silent', packets: 0, lossRatio: 0.9 })
				],
				paths: [path(over(40, 400))]
			}
		}
	];

	test.each<[string, string, number | null, string | null]>([
		['loss>2%', 'yes', 0.03, 'u'],
		['received loss>2%', 'no', 0.01, 'v'],
		['worst video loss>2%', 'yes', 0.3, 'v'],
		['bitrate<500kbit/s', 'yes', 20_000, 'u'],
		['video bitrate<500kbit/s', 'no', 900_000, 'v'],
		['worst video bitrate<500kbit/s', 'yes', 100_000, 'v'],
		['rtt>50ms', 'no', 40, null],
		['worst rtt>50ms', 'yes', 400, null],
		['video rtt>50ms', 'yes', 90, 'v'],
		['connect-time>0.9s', 'no', 900, null],
		['connect-time>=0.9s', 'yes', 900, null],
		['mos<3', 'unknown', null, null],
		['jitter>1ms', 'unknown', null, null]
	])('%s: %s', (text, holds, value, by) => {
		const result = judgeCondition(parsed(text), ends);
		expect([result.holds, result.decidedBy?.value ?? null, result.decidedBy?.stream?.id ?? null]).toEqual([holds, value, by]);
	});

	test('without a connection nothing is known', () => {
		expect(judgeCondition(parsed('loss>2%'), []).holds).toBe('unknown');
	});
});
