/** What is made to be slow: the same few characters a hundred thousand times, whole and in pieces of 16 kB as gzip unpacks them. */
import { expect, test } from 'vitest';
import { patience } from '../../../../tests/support/patience';
import { openDump } from './import';
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
