/** Corrections, held against the examples of the rules: what was found is gone, and nothing worse has come. */
import { describe, expect, test } from 'vitest';
import type { GivenDescription } from '../dump/recognised';
import { EXAMPLES } from '../sdp/lint/examples/all-examples';
import { FIXES } from '../sdp/lint/fixes/all-fixes';
import { applyFixes } from '../sdp/lint/fixes/apply';
import { ALL_RULES, type RuleEntry } from '../sdp/lint/rules/all-rules';
import { exampleParts, type Profile } from '../sdp/lint/rules/rule';
import type { SdpRuleId } from '../sdp/lint/values/sdp-values';
import { analyse } from './analysis';
import { fixIn, fixSafely, withDescription } from './fixes';

/** What the corrected text is judged by that the wrong one was not read for. */
const REVEALED: Partial<Record<SdpRuleId, readonly SdpRuleId[]>> = {
	// Each of its two lines alone: a group that is read names a mid that is not yet.
	'attribute-level': ['bundle-unknown-mid', 'mid-missing'],
	// The section is one of RTP now.
	'section-unknown': ['rtcp-mux-missing', 'payload-type-unmapped'],
	// The section has a transport of its own now.
	'bundle-not-offered': ['rtcp-mux-missing']
};

function given(example: string): GivenDescription[] {
	return exampleParts(example).map(({ role, text }) => ({
		label: role ?? 'description',
		role,
		text,
		places: null,
		peer: null,
		local: null
	}));
}

function fixesOf({ id, profiles }: RuleEntry) {
	const profile: Profile = profiles?.[0] ?? 'webrtc';
	const bad = given(EXAMPLES[id].bad);
	const analysis = analyse(bad, { profile });
	const found = analysis.findings.filter(({ rule }) => rule === id);
	return { profile, bad, analysis, found, fixes: found.map((finding) => fixIn(analysis, finding, { profile })) };
}

describe.each(ALL_RULES.filter(({ id }) => FIXES[id]))('$code $id', (rule) => {
	const { profile, bad, analysis, found, fixes } = fixesOf(rule);

	test.each([...fixes.keys()].filter((at) => fixes[at]))('correction %# of the bad example', (at) => {
		const { description } = found[at]!;
		const text = applyFixes(bad[description]!.text, [fixes[at]!]).text;
		const now = analyse(
			bad.map((each, index) => (index === description ? { ...each, text } : each)),
			{ profile }
		);
		expect(now.findings.filter((each) => each.rule === rule.id).length).toBeLessThan(found.length);
		const before = new Set(analysis.findings.map((each) => each.rule));
		const worse = now.findings.filter(
			(each) => each.severity === 'problem' && !before.has(each.rule) && !REVEALED[rule.id]?.includes(each.rule)
		);
		expect(worse).toEqual([]);
	});

	test('all safe ones at once, and again, which changes nothing', () => {
		const fixed = fixSafely(bad, { profile });
		expect(fixSafely(fixed.given, { profile }).fixed).toEqual([]);
		fixed.lines.forEach((lines, index) => expect(lines.map(({ raw, end }) => raw + end).join('')).toBe(fixed.given[index]!.text));
	});
});

test('most rules that have one right text correct their bad example', () => {
	const kinds = ALL_RULES.map((rule) => {
		const { fixes } = fixesOf(rule);
		return fixes.some((fix) => fix?.safe) ? 'safe' : fixes.some((fix) => fix) ? 'choice' : FIXES[rule.id] ? 'sometimes' : 'none';
	});
	const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
	process.stdout.write(
		`\n${ALL_RULES.length} rules: ${count('safe')} with a safe correction of their bad example, ${count('choice')} with one to choose, ${count('sometimes')} with one in other cases, ${count('none')} with none.\n`
	);
	expect(count('safe')).toBeGreaterThanOrEqual(38);
	expect(count('choice')).toBeGreaterThanOrEqual(50);
});

/** A section that a browser would take, around one line. */
const around = (line: string, ...more: string[]) =>
	[
		'v=0',
		'o=- 1 1 IN IP4 127.0.0.1',
		's=-',
		't=0 0',
		'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
		'c=IN IP4 0.0.0.0',
		line,
		...more,
		''
	].join('\r\n');

const SETUP = 'a=setup:actpass';

describe('safe corrections', () => {
	test.each([
		['a=mid: 0', 'a=mid:0'],
		['a=mid\t:0', 'a=mid:0'],
		['a=rtpmap:111  opus/48000/2', 'a=rtpmap:111 opus/48000/2'],
		['a=rtpmap: 111 opus/48000/2', 'a=rtpmap:111 opus/48000/2'],
		['a=rtpmap:111 opus', 'a=rtpmap:111 opus/48000/2'],
		['a=rtpmap:111 OPUS/48000', 'a=rtpmap:111 OPUS/48000/2'],
		['a=rtpmap:9 G722/16000', 'a=rtpmap:9 G722/8000'],
		['a=SENDONLY', 'a=sendonly'],
		['A=mid:0', 'a=mid:0'],
		[' a = mid:0', 'a=mid:0'],
		['a=rid:h SEND', 'a=rid:h send'],
		['a=candidate:1 1 udp 2122260223 192.0.2.18 51860 typ HOST', 'a=candidate:1 1 udp 2122260223 192.0.2.18 51860 typ host'],
		[
			'a=candidate:1 1 udp 1686052607 2001:db8::7 51860 typ srflx',
			'a=candidate:1 1 udp 1686052607 2001:db8::7 51860 typ srflx raddr :: rport 9'
		],
		[
			'a=fingerprint:sha-1 df:fa:fb:08:3b:3c:54:1d:d7:d4:05:77:a0:72:9b:14:08:6d:0f:4c',
			'a=fingerprint:sha-1 DF:FA:FB:08:3B:3C:54:1D:D7:D4:05:77:A0:72:9B:14:08:6D:0F:4C'
		]
	])('%j becomes %j, and nothing else changes', (line, wanted) => {
		const [fixed] = fixSafely([offer(around(line, SETUP))], {}).given;
		expect(fixed!.text.split('\r\n')[6]).toBe(wanted);
		expect(fixed!.text.split('\r\n').toSpliced(6, 1)).toEqual(around(line, SETUP).split('\r\n').toSpliced(6, 1));
	});

	test('a remark behind a role goes', () =>
		expect(fixSafely([offer(around('a=setup:actpass // either'))], {}).given[0]!.text).toBe(around(SETUP)));

	test.each([
		['o=1 1 IN IP4 127.0.0.1', 'o=- 1 1 IN IP4 127.0.0.1'],
		['o=- 1 1 IN IPV6 2001:db8::1', 'o=- 1 1 IN IP6 2001:db8::1'],
		['o=- 1 1 in ipv4 127.0.0.1', 'o=- 1 1 IN IP4 127.0.0.1']
	])('the origin %j becomes %j', (line, wanted) => {
		const [fixed] = fixSafely([offer(around('a=mid:0').replace('o=- 1 1 IN IP4 127.0.0.1', line))], {}).given;
		expect(fixed!.text.split('\r\n')[1]).toBe(wanted);
	});

	test.each([
		['a fingerprint', 'a=fingerprint:sha-256 7B:8B:F0', SETUP],
		['a password', 'a=ice-pwd:short'],
		['a user fragment', 'a=ice-ufrag:x_y'],
		['an address', 'a=candidate:1 1 udp 2122260223 nowhere! 51860 typ host'],
		['a name that two sections share', 'a=mid:0', 'm=audio 9 UDP/TLS/RTP/SAVPF 0', 'c=IN IP4 0.0.0.0', 'a=mid:0']
	])('none makes up %s', (_, line, ...more) => {
		const text = around(line, ...more);
		expect(fixSafely([offer(text)], {}).given[0]!.text).toBe(text);
	});

	test('what may be of a section that is not seen stays, since its m= line cannot be read', () => {
		const text = around('a=rtcp-mux', 'mvideo 9 UDP/TLS/RTP/SAVPF 96', 'a=rtcp-mux');
		expect(fixSafely([offer(text)], {}).given[0]!.text).toBe(text);
		expect(fixSafely([offer(text.replace('mvideo 9 UDP/TLS/RTP/SAVPF 96\r\n', ''))], {}).given[0]!.text).toBe(
			around('a=rtcp-mux')
		);
	});

	test('of a line that stands a hundred times all are corrected', () => {
		const lines = Array.from({ length: 100 }, (_, id) => `a=rtpmap:${id + 20}  x/8000`);
		const { given, fixed } = fixSafely([offer(around('a=mid:0', ...lines))], {});
		expect(given[0]!.text).not.toContain('  ');
		expect(fixed).toHaveLength(100);
	});

	test('a carriage return inside a value is not taken for a line end', () => {
		const text = around('a=fmtp:111 minptime=10;\ruseinbandfec=1');
		expect(fixSafely([offer(text)], {}).given[0]!.text).toBe(text);
	});

	test('sections of an answer come into the order of the offer by mid and kind', () => {
		const audio = ['m=audio 9 UDP/TLS/RTP/SAVPF 0', 'c=IN IP4 0.0.0.0', 'a=mid:a'];
		const video = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0', 'a=mid:v'];
		const text = (...lines: string[]) => ['v=0', ...lines, ''].join('\r\n');
		const exchange = [offer(text(...audio, ...video)), { ...offer(text(...video, ...audio)), role: 'answer' as const }];
		expect(fixSafely(exchange, {}).given[1]!.text).toContain(text(...audio, ...video).slice(5));
	});
});

function offer(text: string): GivenDescription {
	return { label: 'offer', role: 'offer', text, places: null, peer: null, local: null };
}

describe('a description is replaced', () => {
	test.each([
		['alone', 'v=0\r\n', 's=-\r\n'],
		['between others', 'a log\r\nv=0\r\nmore', 'a log\r\ns=-\r\nmore'],
		['as JSON writes it', '{"sdp":"v=0\\r\\n"}', '{"sdp":"s=-\\r\\n"}']
	])('%s', (_, input, wanted) => expect(withDescription(input, 'v=0\r\n', 's=-\r\n')).toBe(wanted));

	test.each([
		['where it stands twice', 'v=0\r\nv=0\r\n'],
		['where it is not as it was read', 'v = 0']
	])('not %s', (_, input) => expect(withDescription(input, 'v=0\r\n', 's=-\r\n')).toBeNull());
});
