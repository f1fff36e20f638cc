import { expect, expectTypeOf, test } from 'vitest';
import { makeObservations } from '../../../../tests/golden/make-observations';
import { CASES } from '../../../../tests/golden/networks-table';
import { answerRule } from './answer-rule';
import { QUESTIONS } from './questions';
import { ANSWER_RULES } from './check/answer-rules';
import { readingOf, type Reads } from './reading';
import { makeView, type View } from './view';

const VIEW = makeView(makeObservations(CASES[0]!.network));

test('a reading has the parts that are named and no other, whatever a cast says', () => {
	const read = readingOf(VIEW, ['facts', 'ice-gathering', 'udp-usable']);
	expect(read).toEqual({
		facts: VIEW.facts,
		'ice-gathering': { all: VIEW.observed.of('ice-gathering'), seen: VIEW.observed.seen('ice-gathering') },
		'udp-usable': 'unknown'
	});
	expect(() => (read as unknown as View).udpSilent.length).toThrow(TypeError);
	expect(() => (read as unknown as View).observed.seen('ice-gathering')).toThrow(TypeError);
});

test('the functions of a rule compile with what it reads, and with the values of its id', () => {
	const rule = { id: 'ipv6-not-tested', needs: [], says: 'unknown', when: () => true, observations: () => [] } as const;
	answerRule({
		...rule,
		reads: ['facts'],
		values: (read) => {
			expectTypeOf(read).toEqualTypeOf<Reads<'facts'>>();
			return { urls: read.facts.map(({ url }) => url) };
		}
	});
	// @ts-expect-error it reads nothing
	answerRule({ ...rule, reads: [], values: (read) => ({ urls: read.facts.map(({ url }) => url) }) });
	// @ts-expect-error it reads something else
	answerRule({ ...rule, reads: ['pending'], values: (read) => ({ urls: read.facts.map(({ url }) => url) }) });
	// @ts-expect-error no part has this name
	answerRule({ ...rule, reads: ['fact'], values: () => ({ urls: [] }) });
	// @ts-expect-error a value of another rule
	answerRule({ ...rule, reads: [], values: () => ({ serverHosts: 2 }) });
	// @ts-expect-error a word of another question
	answerRule({ ...rule, reads: [], says: 'never', values: () => ({ urls: [] }) });
});

test.each(QUESTIONS)('the rules of %s read answers only of questions before it', (question) => {
	const later: readonly string[] = QUESTIONS.slice(QUESTIONS.indexOf(question));
	const read = ANSWER_RULES[question].flatMap(({ id, reads }) => reads.map((part) => ({ id, part })));
	expect(read.filter(({ part }) => later.includes(part))).toEqual([]);
});
