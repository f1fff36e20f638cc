import { expect, test } from 'vitest';
import { emptyConnection } from '../../core/recording/report-recording';
import type { Recording } from '../../core/recording/recording';
import { exportText } from './export-text';

const HOSTILE = '<img src=//x> @user \u001b[2J';
const recording: Recording = {
	format: 'internals',
	formatName: 'webrtc-internals',
	clock: 'none',
	userAgent: HOSTILE,
	connections: [emptyConnection('1', HOSTILE, HOSTILE)],
	media: [],
	notes: [{ rule: 'clock-jumped', text: HOSTILE, where: HOSTILE }]
};

test('what a dump holds becomes no markup, no mention and no control character in Markdown', () => {
	const text = exportText(recording, 'markdown', false);
	expect(text).toContain('&lt;img src=//x&gt;');
	for (const each of ['<img', '@user', '\u001b']) expect(text).not.toContain(each);
});

test('JSON reads back as it was, and shows control characters as escapes', () => {
	const text = exportText(recording, 'json', false);
	expect(text).not.toContain('\u001b');
	expect(JSON.parse(text)).toMatchObject({ userAgent: HOSTILE });
});
