/** What is made to be slow: the same few characters a hundred thousand times, whole and in pieces of 16 kB as gzip unpacks them. */
import { expect, test } from 'vitest';
import { patience } from '../../../../tests/support/patience';
import { openDump, openFile } from './import';
import { recognise } from './recognise';

const PIECES = [
	...[
		'x',
		' ',
		'\t',
		'\n',
		'\r',
		'\r\n',
		' \n',
		'\t\n',
		'a\n',
		'{',
		'[',
		'[1,',
		'{"a":',
		'"',
		'\\',
		'\\n',
		'0',
		'1 ',
		'a=',
		'v=0\n',
		'v='
	],
	...[
		'<',
		'<div',
		'<pre>',
		'<pre',
		'</pre>',
		'<pre></pre>',
		'candidate:',
		'a=candidate:1 ',
		'm=audio ',
		'1 0.1 10.0.0.1 ',
		'->',
		'port.cc:1) ',
		'connection.cc:1): x',
		'%',
		'&#'
	],
	...[
		'"PeerConnections":',
		'{"PeerConnections" ',
		'ERROR: ',
		'[1] ',
		'session 000001: ',
		'Error: ',
		"Failed to execute '",
		': ',
		'2026-11-30 '
	]
];

const CHARACTERS = 400_000;
/** Of linear time this is a hundred times enough, of quadratic time a hundredth. */
const MOST_MS = patience(4000);

test.each(PIECES)('%j without end takes no longer than its length', (piece) => {
	const text = piece.repeat(Math.ceil(CHARACTERS / piece.length));
	for (const whole of [text, `a${text}b`, `{${text}`]) {
		const startedMs = performance.now();
		const dump = openDump();
		for (let at = 0; at < whole.length; at += 16_384) if (!dump.push(whole.slice(at, at + 16_384))) break;
		dump.end();
		const readMs = performance.now() - startedMs;
		recognise(whole);
		expect([readMs < MOST_MS, performance.now() - startedMs - readMs < MOST_MS], `${Math.round(readMs)} ms`).toEqual([
			true,
			true
		]);
	}
});

/** Fed with pieces that unpack to text nobody knows; how many were taken before it said that it needs no more. */
function taken(piece: string, pieces: number, bytesRead: (unpacked: number) => number) {
	let unpacked = 0;
	const file = openFile({ push: (bytes) => piece.repeat(bytes.length), end: () => '' }, () => bytesRead(unpacked));
	const bytes = new Uint8Array(1 << 20).fill(32);
	let count = 0;
	while (count < pieces && file.push(bytes)) unpacked = ++count << 20;
	const result = file.end();
	return { count, code: result.ok ? 'read' : result.error.code };
}

test('what is not known after 8 MB is not read any further', () => {
	expect(taken('x', 100, (unpacked) => unpacked)).toEqual({ count: 7, code: 'unknown-format' });
});

test('a file that unpacks to a thousand times its size is not unpacked', () => {
	expect(taken('{', 100, (unpacked) => unpacked / 1000).code).toBe('unpacks-too-far');
	expect(taken('{', 100, (unpacked) => unpacked / 1000).count).toBeLessThan(70);
	expect(taken('{', 100, (unpacked) => unpacked / 40)).toMatchObject({ count: 100 });
});
