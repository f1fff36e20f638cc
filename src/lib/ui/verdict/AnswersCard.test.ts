/** The questions that people ask, each with its answer, the reasons and what is missing. */
import { describe, expect, test } from 'vitest';
import { CALL_CASES } from '../../../../tests/golden/calls-table';
import { answersOf, reportOf, REPORTS, withNewParts } from '../../../../tests/support/components/reports';
import { sessionOf, show, textOf, textsOf } from '../../../../tests/support/components/show';
import { judgeAgain } from '../../core/report/judge-again';
import type { Report } from '../../core/report/report';
import AnswersCard from './AnswersCard.svelte';

/** As a person asks, in the order in which people ask; what is said, and in which tone. */
const QUESTIONS: Record<string, { asks: string; says: Record<string, [word: string, tone: string]> }> = {
	'calls-will-work': {
		asks: 'Will calls work?',
		says: {
			yes: ['Yes', 'fine'],
			'with-turn': ['Yes, with TURN', 'normal'],
			no: ['No', 'problem'],
			unknown: ['Not known', 'unknown']
		}
	},
	'needs-turn': {
		asks: 'Does this network need TURN?',
		says: {
			never: ['Hardly ever', 'fine'],
			'for-some-peers': ['For some peers', 'normal'],
			always: ['For all, while nothing comes over UDP', 'normal'],
			unknown: ['Not known', 'unknown']
		}
	},
	'turn-works': {
		asks: 'Do the TURN servers work?',
		says: {
			yes: ['Yes', 'fine'],
			partly: ['Partly', 'warning'],
			no: ['No', 'problem'],
			'no-turn-configured': ['None listed', 'normal'],
			unknown: ['Not known', 'unknown']
		}
	},
	'udp-usable': {
		asks: 'Can this network use UDP?',
		says: { yes: ['Yes', 'fine'], no: ['Apparently not', 'problem'], unknown: ['Not known', 'unknown'] }
	},
	'ipv6-usable': {
		asks: 'Can this network use IPv6?',
		says: { yes: ['Yes', 'fine'], no: ['Apparently not', 'normal'], unknown: ['Not known', 'unknown'] }
	},
	'call-quality': {
		asks: 'How good will a call be?',
		says: { good: ['Good', 'fine'], fair: ['Fair', 'warning'], poor: ['Poor', 'problem'], unknown: ['Not measured', 'unknown'] }
	}
};

/** The reports, and those of calls, which alone say how good one would be. */
const ALL = [
	...REPORTS,
	...CALL_CASES.map((one) => {
		const report = reportOf('full cone');
		const observations = [...report.observations, ...one.observations];
		return { name: `call: ${one.name}`, report: judgeAgain({ ...report, observations }) };
	})
];

const DISTINCT = withNewParts(ALL, (report) =>
	answersOf(report).flatMap(({ question, says, because, missing }) => [
		`${question} ${says} ${missing.map(({ probe }) => probe).join()}`,
		...because.map(({ rule }) => `${question} ${rule}`)
	])
);

const cardOf = async (report: Report) => show(AnswersCard, { answers: answersOf(report) }, await sessionOf(report));

test.each(DISTINCT)(
	'$name: each question is answered in its word and tone, with its reasons and what is missing',
	async ({ report }) => {
		const page = await cardOf(report);
		const items = [...page.querySelectorAll<HTMLElement>('section > ul > li')];
		expect(items.map((item) => textOf(item.querySelector('h3')))).toEqual(Object.values(QUESTIONS).map(({ asks }) => asks));
		for (const answer of answersOf(report)) {
			const { asks, says } = QUESTIONS[answer.question]!;
			const item = items.find((one) => textOf(one.querySelector('h3')) === asks)!;
			const status = item.querySelector('.status')!;
			expect([textOf(status), status.classList[1]], asks).toEqual(says[answer.says]);
			expect(textOf(item.querySelector('.answer > p')).startsWith(answer.text)).toBe(true);
			const others = answer.because.filter(({ text }) => text !== answer.text);
			expect(textsOf(item, 'details li').map((text) => text.replace(/( \d+)+$/, ''))).toEqual(others.map(({ text }) => text));
			expect(textsOf(item, 'p.muted')).toEqual(answer.missing.map(({ text }) => `To find out: ${text}`));
			const evidence = answer.because.flatMap(({ observations }) => observations.map((index) => `#evidence-${index + 1}`));
			expect([...item.querySelectorAll('a')].map((link) => link.getAttribute('href')).toSorted()).toEqual(evidence.toSorted());
		}
	}
);

describe('each answer that there is words for', () => {
	const seen = new Set(DISTINCT.flatMap(({ report }) => answersOf(report).map(({ question, says }) => `${question} ${says}`)));
	const all = Object.entries(QUESTIONS).flatMap(([question, { says }]) => Object.keys(says).map((one) => `${question} ${one}`));
	test.each(all)('%s is among these reports', (one) => expect(seen).toContain(one));
});

test('a question of a later version comes last, under its own name, and is never good news', async () => {
	const report = reportOf('full cone');
	const later = {
		question: 'of-a-later-version',
		says: 'yes',
		rule: 'of-a-later-version',
		values: {},
		text: 'New.',
		because: [],
		missing: []
	};
	const page = show(AnswersCard, { answers: [later as never, ...answersOf(report)] }, await sessionOf(report));
	const last = [...page.querySelectorAll('section > ul > li')].at(-1)!;
	expect([textOf(last.querySelector('h3')), last.querySelector('.status')!.classList[1]]).toEqual([
		'of-a-later-version',
		'unknown'
	]);
});
