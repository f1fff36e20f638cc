import { expect, test } from 'vitest';
import { RECORDING_CASES as CASES, recording, track } from '../../../../../tests/golden/recordings-table';
import { sentence } from '../../messages/en/sentence';
import { isReadField } from '../../recording/kept-fields';
import { ALL_STATS_RULES, findingsOf } from './findings';

test.each(CASES)('%s is found in the faulty recording and not in the healthy one', (rule, bad, good, words) => {
	const found = findingsOf(bad).filter((finding) => finding.rule === rule);
	expect(found.map(sentence).join('\n')).toMatch(words);
	expect(findingsOf(good).filter((finding) => finding.rule === rule)).toEqual([]);
});

test('every rule has a case', () => {
	const tried = new Set(CASES.map(([rule]) => rule));
	expect(ALL_STATS_RULES.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
});

test.each([
	['a=msid:janus janus0', 'info'],
	['a=msid:PA_a1b2c3 TR_d4e5f6', 'info'],
	['a=ice-lite', 'info'],
	['a=msid:67409842 62edf70c', 'warning']
])('a stream that does not come, of an end that says %s, is of severity %s', (line, severity) => {
	const description = (call: 'set-local' | 'set-remote', type: 'offer' | 'answer', more: string) => ({
		atMs: 0,
		peer: 'x',
		call,
		phase: 'called' as const,
		description: {
			type,
			sdp: `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=rtpmap:111 opus/48000/2\r\n${more}\r\n`
		}
	});
	const up = { atMs: 100, peer: 'x', call: 'connection-state' as const, phase: 'event' as const, state: 'connected' };
	const events = [
		description('set-remote', 'offer', `a=sendonly\r\n${line}`),
		description('set-local', 'answer', 'a=recvonly'),
		up
	];
	const empty = track('I', 'inbound-rtp', 30, { kind: 'audio', mid: '0', packetsReceived: 0 });
	const found = findingsOf(recording([empty], events)).filter(({ rule }) => rule === 'negotiated-not-received');
	expect(found.map((each) => each.severity)).toEqual([severity]);
});

test('loss-reported names the interval when RTCP reports are 5 s apart', () => {
	const reports = [0, 5, 10, 15, 20, 25, 30].map((second) => second * 1000);
	const columns = [
		{ field: 'kind', tMs: reports, v: reports.map(() => 'audio'), alignment: 'exact' as const },
		{ field: 'fractionLost', tMs: reports, v: [0, 0, 0.1, 0.1, 0, 0, 0], alignment: 'exact' as const }
	];
	const often = track('RI', 'remote-inbound-rtp', 30, { kind: 'audio', fractionLost: (s) => (s > 5 && s <= 15 ? 0.1 : 0) });
	const said = [often, { id: 'RI', type: 'remote-inbound-rtp', columns }].map((one) =>
		sentence(findingsOf(recording([one])).find(({ rule }) => rule === 'loss-reported')!)
	);
	expect(said[0]).toMatch(/from 5\.0 s to 15\.0 s, up to 10\.0 %\.$/);
	expect(said[1]).toMatch(/from 5\.0 s to 15\.0 s, up to 10\.0 %\. Each report covers .* here up to 5\.0 s/);
});

test.each(CASES)('%s reads no field that a bounded copy leaves out', (rule, bad) => {
	const connections = bad.connections.map((connection) => ({
		...connection,
		tracks: connection.tracks.map(({ columns, ...one }) => ({
			...one,
			columns: columns.filter(({ field }) => isReadField(one.type, field))
		}))
	}));
	const speaks = ({ rule: id }: { rule: string }) => id === rule;
	expect(findingsOf({ ...bad, connections }).filter(speaks)).toEqual(findingsOf(bad).filter(speaks));
});
