import { expect, test } from 'vitest';
import { told } from '../../messages/en/sdp';
import { lintRounds } from '../lint/lint';
import { readDescription } from '../text/description';
import { pairSections } from './section-pairs';

/** `audio 0` for a section with that kind and mid; without a mid `audio`. */
const described = (sections: readonly string[]) =>
	readDescription(
		sections
			.map((each) => {
				const [kind, mid] = each.split(' ');
				return `m=${kind} 9 UDP/TLS/RTP/SAVPF 0\r\n${mid === undefined ? '' : `a=mid:${mid}\r\n`}`;
			})
			.join('')
	);

const numbersOf = (offer: readonly string[], answer: readonly string[]) =>
	pairSections(described(offer), described(answer)).map(
		({ offered, answered }) => [offered && offered.index + 1, answered && answered.index + 1] as const
	);

test.each<[string, string[], string[], (number | null)[][]]>([
	[
		'of one order',
		['audio 0', 'video 1'],
		['audio 0', 'video 1'],
		[
			[1, 1],
			[2, 2]
		]
	],
	[
		'of another order',
		['audio 0', 'video 1'],
		['video 1', 'audio 0'],
		[
			[1, 2],
			[2, 1]
		]
	],
	[
		'of one kind, by mid',
		['video a', 'video b'],
		['video b', 'video a'],
		[
			[1, 2],
			[2, 1]
		]
	],
	[
		'without mids, by kind',
		['audio', 'video', 'video'],
		['video', 'audio'],
		[
			[1, 2],
			[2, 1],
			[3, null]
		]
	],
	[
		'of which the answer lacks one',
		['audio 0', 'video 1', 'audio 2'],
		['audio 0', 'audio 2'],
		[
			[1, 1],
			[2, null],
			[3, 2]
		]
	],
	[
		'of which one was not offered',
		['audio 0'],
		['audio 0', 'video 1'],
		[
			[1, 1],
			[null, 2]
		]
	],
	[
		'where a mid names another kind',
		['audio 0', 'video 1'],
		['video 0', 'audio 1'],
		[
			[1, null],
			[2, null],
			[null, 1],
			[null, 2]
		]
	]
])('pairs sections %s', (_, offer, answer, pairs) => expect(numbersOf(offer, answer)).toEqual(pairs));

test('an answer in another order is told what belongs to what, once', () => {
	const [first, second] = lintRounds([
		{ offer: described(['audio 0', 'video 1']), answer: described(['video 1', 'audio 0']), from: 'a' }
	])
		.filter(({ rule }) => rule === 'section-order')
		.map(told);
	expect(first!.text).toContain(
		'By mid and kind: offered 1 (audio, mid 0) is answered as number 2; offered 2 (video, mid 1) is answered as number 1.'
	);
	expect(second!.text).not.toContain('By mid');
});
