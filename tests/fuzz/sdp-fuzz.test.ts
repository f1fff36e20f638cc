/** The SDP reader and linter on damaged and senseless text: nothing throws, nothing is lost, nothing takes long. */
import { expect, test } from 'vitest';
import { analyse } from '../../src/lib/core/inspection/analysis';
import { fixIn, fixSafely } from '../../src/lib/core/inspection/fixes';
import { annotate } from '../../src/lib/core/sdp/explain/annotate';
import { readDescription } from '../../src/lib/core/sdp/text/description';
import { diffDescriptions } from '../../src/lib/core/sdp/compare/diff';
import { classifyMunging } from '../../src/lib/core/sdp/compare/munging';
import { negotiate } from '../../src/lib/core/sdp/compare/negotiation';
import { redactDescription } from '../../src/lib/core/sdp/text/redact';
import { parseDocument, printDocument } from '../../src/lib/core/sdp/text/document';
import { applyFixes } from '../../src/lib/core/sdp/lint/fixes/apply';
import { lintSingle } from '../../src/lib/core/sdp/lint/lint';
import { recognise } from '../../src/lib/core/dump/recognise';
import { exampleParts } from '../../src/lib/core/sdp/lint/rules/rule';
import { sdpRuleBook } from '../../src/lib/core/report/sdp-rule-book';
import { patience } from '../support/patience';
import { randomFrom } from '../support/random';
import { growth } from '../support/work';

const seeds = sdpRuleBook()
	.filter(({ bad }) => bad.length < 5000)
	.flatMap((rule) => [...exampleParts(rule.good), ...exampleParts(rule.bad)]);

function damage(text: string, random: () => number): string {
	const at = Math.floor(random() * text.length);
	const length = Math.floor(random() * 20);
	const pieces = ['\r', '\n', '\0', ' ', ':', '/', 'a=', 'm=', '9'.repeat(30), '\ud800', ';', '=', ',', 'v=0\r\n'];
	const piece = pieces[Math.floor(random() * pieces.length)]!;
	const kind = random();
	if (kind < 0.4) return text.slice(0, at) + piece + text.slice(at);
	if (kind < 0.7) return text.slice(0, at) + text.slice(at + length);
	return text.slice(0, at) + text.slice(at, at + length).repeat(3) + text.slice(at + length);
}

test('20,000 damaged descriptions lose no byte, and every finding has its line', { timeout: patience(180_000) }, () => {
	const random = randomFrom(9429);
	for (let i = 0; i < 20_000; i++) {
		let text = seeds[i % seeds.length]!.text;
		for (let times = 0; times < 3; times++) text = damage(text, random);
		// An `expect` for each of a million findings takes longer than finding them.
		if (printDocument(parseDocument(text)) !== text) expect(printDocument(parseDocument(text))).toBe(text);
		const { findings } = analyse(recognise(text).descriptions);
		if (!findings.every(({ line }) => line > 0)) expect(findings).toEqual([]);
	}
});

test(
	'4,000 damaged exchanges: every correction can be applied, and all safe ones leave none',
	{ timeout: patience(180_000) },
	() => {
		const random = randomFrom(3264);
		const endless: string[] = [];
		for (let i = 0; i < 4000; i++) {
			const roles = ['offer', 'answer'] as const;
			const given = roles.map((role, at) => {
				let { text } = seeds[(i + at) % seeds.length]!;
				for (let times = 0; times < 3; times++) text = damage(text, random);
				return { label: role, role, text, places: null, peer: null, local: null };
			});
			const analysis = analyse(given);
			for (const finding of analysis.findings) {
				const fix = fixIn(analysis, finding, {});
				const fixed = fix && applyFixes(given[finding.description]!.text, [fix]);
				if (fixed?.text.includes('undefined') || fixed?.text === given[finding.description]!.text)
					expect([finding, fixed]).toBeNull();
			}
			const { given: after } = fixSafely(given, {});
			if (fixSafely(after, {}).fixed.length > 0) endless.push(JSON.stringify(given.map(({ text }) => text)));
		}
		expect(endless).toEqual([]);
	}
);

/** Between 10, where time grows with the length, and 100, where it grows with the square. */
const LINEAR = 40;

/** Everything that reads a description beside the linter: the same damaged texts, fewer of them. */
test('800 damaged exchanges are explained, negotiated, compared and redacted', () => {
	const random = randomFrom(8866);
	for (let i = 0; i < 800; i++) {
		let text = seeds[i % seeds.length]!.text;
		for (let times = 0; times < 3; times++) text = damage(text, random);
		const [before, after] = [readDescription(seeds[i % seeds.length]!.text, 'offer'), readDescription(text, 'answer')];
		const annotations = annotate(after);
		expect(annotations.map(({ line }) => line)).toEqual(after.document.lines.map(({ number }) => number));
		const agreed = negotiate(before, after);
		expect(agreed.sections).toHaveLength(Math.max(before.sections.length, after.sections.length));
		const lines = after.document.lines.length;
		for (const difference of diffDescriptions(before, after).differences) {
			expect(difference.before !== null || difference.after !== null).toBe(true);
			if (difference.after) expect(difference.after.line).toBeLessThanOrEqual(lines);
		}
		expect(diffDescriptions(after, after).differences).toEqual([]);
		classifyMunging(before, after);
		const redacted = redactDescription(text);
		expect(redacted.split(/\r\n|\n|\r/)).toHaveLength(text.split(/\r\n|\n|\r/).length);
		expect(redactDescription(text)).toBe(redacted);
	}
});

test.each([
	['candidates', `m=audio 9 RTP/AVP 0\n${'a=candidate:1 1 udp 1 1.1.1.1 1 typ host\n'.repeat(24_000)}`],
	['one line of addresses', `a=${'1.2.3.4 '.repeat(120_000)}`],
	['one line of marks', 'a@'.repeat(500_000)],
	['one line of candidates', 'candidate:'.repeat(100_000)],
	['parameters', `m=audio 9 RTP/AVP 96\n${'a=rtpmap:96 x/8000\na=fmtp:96 a=b\n'.repeat(28_000)}`],
	['groups', 'a=group:BUNDLE 1\n'.repeat(60_000)]
])('redacting, explaining and comparing a megabyte of %s takes time that grows with its length', (_, whole) => {
	const grown = growth(whole, (text) => {
		const sdp = readDescription(text);
		if (annotate(sdp).length !== sdp.document.lines.length) throw new Error('A line without an explanation');
		diffDescriptions(sdp, readDescription(text.slice(0, -20)));
		redactDescription(text);
	});
	expect(grown).toBeLessThan(LINEAR);
});

test.each([
	['short lines', 'a\n'.repeat(500_000)],
	['m= lines', 'm=\n'.repeat(330_000)],
	['one attribute', `a=${'b'.repeat(1_000_000)}`],
	['one m= line', `m=audio 9 RTP/AVP ${'1 '.repeat(500_000)}`],
	['candidates', `m=audio 9 RTP/AVP 0\n${'a=candidate:1 1 udp 1 1.1.1.1 1 typ host\n'.repeat(24_000)}`],
	['blanks', ' '.repeat(1_000_000)],
	['groups', 'a=group:BUNDLE 1\n'.repeat(60_000)]
])('linting a megabyte of %s takes time that grows with its length, and finds something', (_, whole) => {
	expect(growth(whole, lintSingle)).toBeLessThan(LINEAR);
	expect(lintSingle(whole).length).toBeGreaterThan(0);
});

test.each([
	['copies of a line', `v=0\nm=audio 9 RTP/AVP 0\n${'a=x:1\n'.repeat(33_000)}`],
	['blank lines', `v=0\n${'\n'.repeat(190_000)}`],
	['lines that are none', 'a\n'.repeat(99_000)],
	['stray blanks', `v=0\nm=audio 9 RTP/AVP 0\n${'a=candidate: 1 1 udp 1 1.1.1.1 1 typ host\n'.repeat(4000)}`],
	['beginnings', 'v=0\n'.repeat(49_000)],
	['one m= line', `v=0\nm=audio 9 RTP/AVP ${'96 '.repeat(2000)}`],
	['groups', `m=audio 9 RTP/AVP 0\n${'a=group:BUNDLE 1\n'.repeat(11_000)}`]
])('correcting a text of %s takes time that grows with its length', (_, whole) => {
	const grown = growth(whole, (text) => fixSafely([{ label: '', role: null, text, places: null, peer: null, local: null }], {}));
	expect(grown).toBeLessThan(LINEAR);
});
