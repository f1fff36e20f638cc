import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recognise } from '../dump/recognise';
import { readDescription } from '../sdp/text/description';
import { analyse } from './analysis';
import { candidateRows, type CandidateRow } from './candidate-rows';

function rowsOf(text: string): CandidateRow[] {
	const recognised = recognise(text);
	return candidateRows(analyse(recognised.descriptions).descriptions, [recognised]);
}

const captured = (name: string) => {
	const { exchanges } = JSON.parse(
		readFileSync(new URL(`../../../../tests/fixtures/sdp/${name}.json`, import.meta.url), 'utf8')
	) as { exchanges: { offer: string; answer: string }[] };
	return exchanges[0]!;
};

/** A description with these candidates in its only section. */
const withCandidates = (lines: readonly string[], origin = '-') =>
	[
		'v=0',
		`o=${origin} 1 2 IN IP4 127.0.0.1`,
		's=-',
		't=0 0',
		'm=audio 9 UDP/TLS/RTP/SAVPF 111',
		'c=IN IP4 0.0.0.0',
		'a=mid:a1',
		...lines.map((line) => `a=candidate:${line}`),
		''
	].join('\r\n');

describe('candidateRows', () => {
	test('Chromium’s own candidates: section, line, hidden address, and its local preference', () => {
		const { offer } = captured('chromium-chromium-audio-video-and-data');
		const rows = rowsOf(offer);
		expect(rows.map(({ mid }) => mid)).toEqual(['0', '0', '1', '1', '2', '2']);
		for (const row of rows) {
			expect(offer.split('\r\n')[row.line! - 1]).toContain(`candidate:${row.value.foundation} `);
			expect(row).toMatchObject({ kind: 'mdns', maker: 'chromium', extra: null });
			expect(row.priority).toMatchObject({ typePreference: 126, component: 1, typeMeaning: 'host over UDP' });
			expect(row.priority!.localMeaning).toContain('address precedence');
		}
	});

	test('Firefox’s own: both components, active TCP, its network number', () => {
		const rows = rowsOf(captured('firefox-firefox-audio-video-and-data').offer);
		expect(rows).toHaveLength(20);
		expect(new Set(rows.map(({ maker }) => maker))).toEqual(new Set(['firefox']));
		expect(rows.filter(({ value }) => value.tcpType === 'active')).toHaveLength(10);
		expect(rows.every(({ value, priority }) => priority!.component === value.component)).toBe(true);
		expect(rows.every(({ extra }) => extra === null)).toBe(true);
		expect(rows[0]!.priority!.localMeaning).toContain('network 126');
	});

	test('whose local preference it is is not guessed', () => {
		const line = '1 1 udp 2122194687 192.168.1.4 50000 typ host';
		const maker = (lines: string[], origin?: string) => rowsOf(withCandidates(lines, origin))[0]!.maker;
		expect(maker([line])).toBeNull();
		expect(maker([`${line} generation 0`])).toBeNull();
		expect(maker([`${line} generation 0 network-id 1`])).toBe('chromium');
		expect(maker([line], 'mozilla...THIS_IS_SDPARTA-99.0')).toBe('firefox');
		expect(maker([`${line} network-cost 10`], 'mozilla...THIS_IS_SDPARTA-99.0')).toBeNull();
		expect(rowsOf(withCandidates([line]))[0]!.priority!.localMeaning).toBeNull();
	});

	test.each([
		['192.168.1.4', 'private'],
		['100.64.3.2', 'carrier-grade'],
		['203.0.113.4', 'documentation'],
		['2001:db8::1', 'documentation'],
		['8.8.4.4', 'global'],
		['fe80::1', 'link-local'],
		['fd00::1', 'private'],
		['::1', 'loopback'],
		['b6fbe1db-5826-4ad1-9ff8-535537a5ae12.local', 'mdns'],
		['turn.example.org', 'name'],
		['8.8.4', 'name']
	])('%s is %s', (address, kind) => {
		expect(rowsOf(withCandidates([`1 1 udp 2122194687 ${address} 50000 typ host`]))[0]!.kind).toBe(kind);
	});

	test('the same candidate twice is repeated, and one of the same address and base is redundant', () => {
		const rows = rowsOf(
			withCandidates([
				'1 1 udp 1694498815 198.51.100.7 50000 typ srflx raddr 198.51.100.7 rport 50000',
				'2 1 udp 2122194687 198.51.100.7 50000 typ host',
				'2 1 udp 2122194687 198.51.100.7 50000 typ host',
				'2 2 udp 2122194686 198.51.100.7 50000 typ host',
				'3 1 tcp 1518214911 198.51.100.7 50000 typ host tcptype passive'
			])
		);
		expect(rows.map(({ extra }) => extra)).toEqual([{ how: 'redundant', of: 1 }, null, { how: 'repeated', of: 1 }, null, null]);
	});

	test('a hidden base proves nothing redundant, and a relay is its own base', () => {
		const rows = rowsOf(
			withCandidates([
				'1 1 udp 1677729535 198.51.100.7 50000 typ srflx raddr 0.0.0.0 rport 9',
				'2 1 udp 1677729279 198.51.100.7 50000 typ srflx raddr 0.0.0.0 rport 9',
				'3 1 udp 41885439 203.0.113.9 60000 typ relay raddr 198.51.100.7 rport 50000',
				'3 1 udp 25108223 203.0.113.9 60000 typ relay raddr 198.51.100.8 rport 50001'
			])
		);
		expect(rows.map(({ extra }) => extra)).toEqual([null, null, null, { how: 'redundant', of: 2 }]);
		expect(rows[0]!.relatedKind).toBe('unspecified');
	});

	test('sections are apart, and numbers of rows go on over descriptions', () => {
		const line = '2 1 udp 2122194687 198.51.100.7 50000 typ host';
		const text = withCandidates([line]).replace('a=mid:a1\r\n', '');
		const second = text.slice(text.indexOf('m='));
		const given = (text: string) => ({
			given: { label: 'offer', role: 'offer' as const, text, places: null, peer: null, local: null },
			sdp: readDescription(text)
		});
		const rows = candidateRows([given(text + second), given(withCandidates([line, line]))], []);
		expect(rows.map(({ description, mid, extra }) => [description, mid, extra?.of ?? null])).toEqual([
			[0, '1', null],
			[0, '2', null],
			[1, 'a1', null],
			[1, 'a1', 2]
		]);
	});

	test('candidates alone, and those of a recording with their section and end', () => {
		const line = 'candidate:1 1 udp 2122194687 192.168.1.4 50000 typ host';
		expect(rowsOf(line)).toMatchObject([{ description: null, line: null, source: null, side: null, mid: null, kind: 'private' }]);
		const entry = (type: string, value: string) => ({ type, value, timestamp: 1 });
		const mid = (at: string) => `sdpMid: ${at}, sdpMLineIndex: 0, candidate: ${line}, url: , relayProtocol: `;
		const rows = rowsOf(
			JSON.stringify({
				getUserMedia: [],
				PeerConnections: {
					'7-1': {
						updateLog: [
							entry('icecandidate', mid('0')),
							entry('icecandidate', mid('1')),
							entry('addIceCandidate', mid('0')),
							entry('addIceCandidate', mid('0'))
						]
					}
				},
				UserAgentData: []
			})
		);
		expect(rows.map(({ side, mid, extra }) => [side, mid, extra])).toEqual([
			['local', '0', null],
			['local', '1', null],
			['remote', '0', null],
			['remote', '0', { how: 'repeated', of: 2 }]
		]);
	});

	test('a line that cannot be read is left to the findings, and a number that is no priority is not taken apart', () => {
		expect(rowsOf(withCandidates(['1 1 udp']))).toEqual([]);
		expect(rowsOf(withCandidates(['1 1 udp 0 192.168.1.4 50000 typ host']))[0]!.priority).toBeNull();
	});
});
