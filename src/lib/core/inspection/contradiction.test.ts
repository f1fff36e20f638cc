import { describe, expect, test } from 'vitest';
import { parseDocument } from '../sdp/text/document';
import type { LocatedFinding } from './analysis';
import { isUnexplained, quotedLine, refusalNote } from './contradiction';

const finding = (description: number, severity: LocatedFinding['severity'], refusedBy: LocatedFinding['refusedBy'] = []) =>
	({ description, severity, refusedBy }) as LocatedFinding;

test.each([
	['nothing', [], true],
	['a problem in it', [finding(1, 'problem')], false],
	['a problem in its offer', [finding(0, 'problem')], false],
	['a problem in another description', [finding(2, 'problem')], true],
	['a warning', [finding(1, 'warning')], true],
	['a warning that names this browser', [finding(1, 'warning', ['chromium'])], false],
	['a warning that names another browser', [finding(1, 'warning', ['firefox'])], true]
])('beside %s a refusal is unexplained: %#', (_, findings, unexplained) => {
	expect(isUnexplained(findings, [0, 1], 'chromium')).toBe(unexplained);
});

describe('the line that a message quotes', () => {
	const { lines } = parseDocument('v=0\r\na=mid:0\r\na=mid:01\r\na=x\r\n');
	test.each([
		['Something new. a=mid:01 is odd', 3],
		['Something new on line 2: odd', 2],
		['Something new on line 99', null],
		['Something new', null]
	])('of "%s"', (message, line) => expect(quotedLine(message, lines)).toBe(line));
});

test('the note has the message and the text, and nothing private', () => {
	const text = 'v=0\r\no=alice 1 1 IN IP4 203.0.113.7\r\ns=-\r\nt=0 0\r\na=ice-pwd:secretsecretsecretsecret\r\n';
	const note = refusalNote({
		browser: 'Chromium 156',
		version: '1.2.3',
		role: 'answer',
		message: 'Failed to parse SessionDescription. a=ice-pwd:secretsecretsecretsecret Odd.',
		texts: [
			{ role: 'offer', text },
			{ role: 'answer', text }
		]
	});
	expect(note).toMatch(/Icelens 1\.2\.3[^]*Chromium 156[^]*remote answer[^]*Odd\.[^]*--- offer\nv=0\n[^]*--- answer\nv=0\n/);
	expect(note).not.toMatch(/alice|203\.0\.113\.7|secretsecret/);
});
