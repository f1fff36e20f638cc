/** How many messages the decoder explains, each of which a real browser gave. */
import { expect, test } from 'vitest';
import { decodeBrowserError } from '../../src/lib/core/sdp/errors/decode';
import { takeMessages } from '../../src/lib/core/sdp/errors/messages-in';
import { readMessages, templateOf, type Speaker } from './messages';
import { messageOf, readRefusals } from './refusals';

const SPEAKERS = ['chromium', 'firefox'] as const satisfies readonly Speaker[];
const recorded = readMessages();

/** Firefox lists what it found line by line, warnings among it. */
const single = (message: string) =>
	message
		.split(/(?=SDP Parse Error on line \d+:)/)
		.filter((part) => !/^SIPCC Failed to parse SDP: $|on line \d+: +Warning:/.test(part))
		.map((part) => part.trim());

const refused = readRefusals().flatMap((row) =>
	SPEAKERS.flatMap((browser) => (row[browser] === '' ? [] : single(messageOf(row[browser], browser))))
);

test('of what browsers say of failed calls nothing is unknown', () => {
	const unknown = recorded.filter(({ error }) => decodeBrowserError(error) === null);
	expect(unknown.map(({ browser, situation, error }) => `${browser}, ${situation}: ${error}`)).toEqual([]);
});

test('150 messages of real browsers and more are explained', () => {
	const all = new Set(
		[...recorded.map(({ error }) => error), ...refused].filter((each) => decodeBrowserError(each)).map(templateOf)
	);
	process.stdout.write(`${all.size} messages\n`);
	expect(all.size).toBeGreaterThanOrEqual(150);
});

test.each(SPEAKERS)('what %s says is found in what is pasted', (browser) => {
	const missed = recorded.filter(
		(each) => each.browser === browser && takeMessages(`seen:\n${each.error}\n`).messages.length !== 1
	);
	expect(missed.map(({ error }) => error)).toEqual([]);
});
