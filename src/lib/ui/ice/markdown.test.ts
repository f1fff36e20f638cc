import { expect, it } from 'vitest';
import type { CandidateRecord } from '../../core/observations/observation';
import { runAsMarkdown, type GatheredRun } from './markdown';

const srflx: CandidateRecord = {
	atMs: 35.2,
	candidate: 'candidate:1 1 udp 1677729535 203.0.113.7 50000 typ srflx raddr 0.0.0.0 rport 0',
	type: 'srflx',
	protocol: 'udp',
	address: '203.0.113.7',
	port: 50000,
	foundation: '1',
	component: 1,
	priority: 1677729535,
	relatedAddress: '0.0.0.0',
	relatedPort: 0,
	tcpType: null,
	url: 'stun:stun.example.org:3478',
	relayProtocol: null
};

const written = (run: Partial<GatheredRun>) =>
	runAsMarkdown(
		{ candidates: [], errors: [], servers: [], missing: [], ...run },
		{ title: 'Candidates', browser: 'Firefox 153', ending: 'Done.' }
	);

it('writes a table with the priority taken apart, and the errors below it', () => {
	const text = written({
		candidates: [srflx],
		errors: [{ atMs: 5000, url: 'turn:x', errorCode: 701, errorText: 'STUN | timed out', address: null, port: null }]
	});
	const lines = text.split('\n');
	expect(lines[2]!.split('|')).toHaveLength(9);
	expect(lines[4]).toBe(
		'| 35 ms | srflx | udp | 203.0.113.7:50000 | 0.0.0.0:0 | 100 / 65535 / 1 | stun:stun.example.org:3478 |'.replace(
			'65535',
			String((1677729535 >> 8) & 0xffff)
		)
	);
	expect(text).toContain('- turn:x: 701 STUN \\| timed out (after 5.0 s)');
});

it('does not let a server’s text become markup or call somebody', () => {
	const text = written({
		errors: [{ atMs: 5, url: 'turn:x', errorCode: 701, errorText: '<img src=//y> @user', address: null, port: null }]
	});
	expect(text).not.toMatch(/<img|@user/);
	expect(text).toContain('&lt;img src=//y&gt;');
});

it('does not let a server’s text end a cell', () => {
	const text = written({
		candidates: [{ ...srflx, url: 'turn:a|b`c' }]
	});
	expect(text).toContain('turn:a\\|b\\`c');
});
