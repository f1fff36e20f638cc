import { describe, expect, test } from 'vitest';
import { csvField, escapeMarkdown, escapeXml, jsonDocument, markdownCode, withoutControls } from './escape';

/** Clears a screen, sets a window title, colours by C1, turns the writing direction and overwrites its own line. */
const HOSTILE = 'a\u001b[2J\u001b]0;x\u0007\u009b31m\u202Eb\u2066c\rd\u007f';
const CONTROL = /[\p{Cc}\p{Bidi_Control}]/u;

describe('control characters', () => {
	test.each([
		['text', withoutControls],
		['Markdown', escapeMarkdown],
		['code in Markdown', markdownCode],
		['CSV', csvField],
		['HTML and XML', escapeXml]
	])('do not get through into %s', (_, escape) => {
		expect(HOSTILE).toMatch(CONTROL);
		expect(escape(HOSTILE).replaceAll('\n', '')).not.toMatch(CONTROL);
		expect(escape(HOSTILE)).toContain('[2J');
	});

	test('are escaped in JSON, so that it reads back as it was', () => {
		const json = jsonDocument({ HOSTILE });
		expect(json.replace(/[\n\t]/g, '')).not.toMatch(CONTROL);
		expect(JSON.parse(json)).toEqual({ HOSTILE });
	});

	test('are not line feeds and tabs', () => expect(withoutControls('a\tb\r\nc\rd')).toBe('a\tb\nc\nd'));
});

describe('Markdown', () => {
	test.each([
		['@team #12 <b>x</b>', '@<!-- -->team #<!-- -->12 &lt;b&gt;x&lt;/b&gt;'],
		['a|b`c`*d*_e_[f](g)', 'a\\|b\\`c\\`\\*d\\*\\_e\\_\\[f\\](g)'],
		['https://a.example/x', 'https&#58;//a.example/x'],
		['# no heading', '\\# no heading'],
		['1. no list', '1\\. no list'],
		['198.51.100.1:50142 in 12.5 ms', '198.51.100.1:50142 in 12.5 ms'],
		['gh-7 by a@b.example', 'gh-<!-- -->7 by a@<!-- -->b.example'],
		['see www.a.example', 'see www&#46;a.example'],
		['two\nlines', 'two lines']
	])('%j becomes %j', (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped));

	test.each([
		['turn:a?x', '`turn:a?x`'],
		['a`b', '``a`b``'],
		['`a', '`` `a ``'],
		['a|b', '`a\\|b`'],
		['', '']
	])('%j as code is %j', (text, code) => expect(markdownCode(text)).toBe(code));
});

describe('CSV', () => {
	test.each([
		['=1+1', "'=1+1"],
		['@x', "'@x"],
		['-5 dB', "'-5 dB"],
		[-5, '-5'],
		['a,"b"', '"a,""b"""'],
		['a;=1+1', '"a;=1+1"'],
		['\r\n=1+1', '"\'\n=1+1"'],
		['＝1+1', "'＝1+1"],
		[null, '']
	])('%j is written %j', (value, field) => expect(csvField(value)).toBe(field));
});

test('characters that XML cannot hold are replaced, others stay', () => {
	expect(escapeXml('a\tb\u0001\u001F\uFFFE😀\uD83D')).toBe('a\tb\uFFFD\uFFFD\uFFFD😀\uFFFD');
});
