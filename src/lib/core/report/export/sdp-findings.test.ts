import { expect, test } from 'vitest';
import { analyse } from '../../inspection/analysis';
import { exportFindings, findingsToMarkdown } from './sdp-findings';
import { sdpSarif } from './sdp-sarif';

/** An image that tells its owner who looks, a mention and the end of a cell. */
const HOSTILE = '<img src=//x> @u |';
const SDP = `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=setup:${HOSTILE}\r\n`;
const given = { label: 'offer', role: 'offer', text: SDP, places: null, peer: null, local: null } as const;
const findings = exportFindings(analyse([given], { profile: 'webrtc' }).findings, () => 'offer.sdp');

test('what a description holds becomes no markup, no mention and no cell of the table', () => {
	expect(findings.map(({ text }) => text).join()).toContain(HOSTILE);
	const table = findingsToMarkdown(findings);
	expect(table).not.toMatch(/<img|@u/);
	expect(table).toContain('&lt;img src=//x&gt; @<!-- -->u \\|');
	const cells = table
		.trimEnd()
		.split('\n')
		.map((line) => line.replaceAll('\\|', '').split('|').length);
	expect(new Set(cells).size).toBe(1);
});

test('SARIF holds the same findings', () => {
	const log = JSON.parse(sdpSarif({ findings }, '1.0.0')) as { runs: { results: { ruleId: string }[] }[] };
	expect(log.runs[0]!.results.map(({ ruleId }) => ruleId)).toEqual(findings.map(({ rule }) => rule));
});
