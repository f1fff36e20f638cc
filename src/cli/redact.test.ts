import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { goldenReports } from '../../tests/golden/golden-reports';
import { parseReport } from '../lib/core/report/parse';
import type { Report } from '../lib/core/report/report';
import { CliError } from './errors';
import { redacted } from './redact';

const of = (content: string | Buffer, file = 'alice.txt') => redacted(file, Buffer.from(content));

function reportIn(text: string): Report {
	const parsed = parseReport(text);
	if (!parsed.ok) throw new Error(parsed.error.message);
	return parsed.value;
}

const SDP = [
	'v=0',
	'o=alice 1 2 IN IP4 8.8.8.8',
	's=-',
	't=0 0',
	'm=audio 9 UDP/TLS/RTP/SAVPF 111',
	'c=IN IP4 8.8.8.8',
	'a=ice-ufrag:4ZcD',
	'a=ice-pwd:2/1muCWoOi3uLifh0NuRHlgk',
	'a=candidate:2 1 udp 1677729535 8.8.8.8 52200 typ srflx raddr 192.168.1.7 rport 40000',
	''
].join('\r\n');
const SECRETS = /8\.8\.8\.8|192\.168\.1\.7|4ZcD|muCWoOi|alice/;

test.each(goldenReports())('$name stays a report with the same verdict', async ({ text, report }) => {
	// Placeholders are of the documentation ranges, as the addresses of these reports are.
	const out = await of(text.replaceAll('198.51.100.', '8.8.8.'));
	expect(out).not.toMatch(/\b8\.8\.8\.\d/);
	expect(reportIn(out)).toMatchObject({
		redacted: true,
		conclusions: { headline: { verdict: report.conclusions.headline.verdict } }
	});
});

describe('session descriptions', () => {
	test('as they are, line by line', async () => {
		const out = await of(SDP);
		expect(out).not.toMatch(SECRETS);
		expect(out.split('\r\n')).toHaveLength(SDP.split('\r\n').length);
		expect(out).toContain('\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n');
	});

	test.each([
		['as JSON', JSON.stringify({ type: 'offer', sdp: SDP, from: 'alice' })],
		['in base64', Buffer.from(JSON.stringify({ type: 'offer', sdp: SDP })).toString('base64')],
		['a candidate as JSON', JSON.stringify({ candidate: SDP.split('\r\n')[8]!.slice(2), usernameFragment: '4ZcD' })]
	])('%s: they alone, and nothing of what is around them', async (_, text) => {
		const out = await of(text);
		expect(out).not.toMatch(SECRETS);
		expect(out).toMatch(/^(v=0|candidate:2 1 udp)/);
	});
});

test('a dump becomes a report that holds its statistics', async () => {
	const packed = readFileSync(new URL('../../tests/fixtures/stats/chromium156-during-two-connections.json.gz', import.meta.url));
	const out = await of(packed, '/home/alice/call.json.gz');
	expect(out).not.toMatch(/alice|\b192\.0\.2\.2\b|\+Blv/);
	expect(reportIn(out)).toMatchObject({
		redacted: true,
		observations: [{ probe: 'imported-stats', outcome: { state: 'seen' } }]
	});
});

test.each([
	['a text', Buffer.from('good morning'), /^alice\.txt: \S.*\. Saved reports and session descriptions are redacted too\.$/],
	['a packed text', gzipSync('good morning'), /^alice\.txt: \S.*\.$/],
	['a damaged report', Buffer.from('{"schema":2,"tool":{"name":"icelens"},"observations":7}'), /^alice\.txt: tool\.version: /],
	['nothing', Buffer.from(''), /^alice\.txt: \S.*\.$/]
])('%s is refused, and nothing of it is passed on', async (_, bytes, message) => {
	const refused = of(bytes);
	await expect(refused).rejects.toBeInstanceOf(CliError);
	await expect(refused).rejects.toThrow(message);
});

test.each(['wrong-password.pcapng', 'coturn.log', 'wireshark.txt', 'uclient-quota.txt'])(
	'%s becomes a report without its addresses and its users',
	async (name) => {
		const content = readFileSync(new URL(`../../tests/fixtures/pasted/${name}`, import.meta.url));
		// As long as they are, and outside of the ranges that placeholders are of.
		const changed = Buffer.from(content.toString('latin1').replaceAll('203.0.113.5', '8.7.113.5'), 'latin1');
		const out = await of(name.endsWith('.pcapng') ? content : changed, 'call');
		expect(out).not.toMatch(/alice|8\.7\.113\.5|192\.0\.2\.10\b/);
		expect(reportIn(out).redacted).toBe(true);
	}
);
