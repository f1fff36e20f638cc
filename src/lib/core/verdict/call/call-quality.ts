/** How good a call will be: judged by the call that answers it. */
import type { Because } from '../../nat/conclusion';
import { answerRule, type AnswerTable } from '../answer-rule';
import type { Reads } from '../reading';
import type { JudgedCall } from './judged-calls';
import { callFigures, lackSaid, quantitySaid } from './quality-said';

const PATH_ORDER = ['any', 'host', 'srflx', 'udp', 'tcp', 'tls'];

/** The last real call; of a comparison the call over the path that ICE would have chosen first. */
function answering(view: Reads<'calls'>): JudgedCall | null {
	const calls = view.calls.filter(({ quality }) => quality !== null);
	const real = calls.filter(({ data }) => data.purpose === 'call').at(-1);
	if (real) return real;
	const rank = ({ data }: JudgedCall) => PATH_ORDER.indexOf(data.path.transport ?? data.path.kind);
	// A device's call with itself over its own sockets says nothing about a network.
	const outside = calls.filter(({ data }) => data.path.kind !== 'host');
	return (outside.length > 0 ? outside : calls).toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

const says = (view: Reads<'calls'>) => answering(view)?.quality?.overall ?? null;

function reasons(view: Reads<'calls'>): Because[] {
	const { quality, index } = answering(view)!;
	const order = ['poor', 'fair', 'unknown', 'good'];
	return quality!.items
		.toSorted((a, b) => order.indexOf(a.judgement) - order.indexOf(b.judgement))
		.map((item) => ({ ...quantitySaid(item), observations: [index] }));
}

function rule(word: 'good' | 'fair' | 'poor') {
	return answerRule({
		id: `quality-call-${word}`,
		needs: ['loopback-call'],
		reads: ['calls'],
		says: word,
		when: (v) => says(v) === word,
		values: (v) => {
			const { data, summary } = answering(v)!;
			return { path: data.path, figures: callFigures(summary!) };
		},
		observations: (v) => [answering(v)!.index],
		also: reasons
	});
}

export const CALL_QUALITY_RULES: AnswerTable<'call-quality'> = [
	rule('poor'),
	rule('fair'),
	rule('good'),
	answerRule({
		id: 'quality-call-not-decided',
		needs: ['loopback-call'],
		reads: ['calls'],
		says: 'unknown',
		when: (v) => says(v) === 'unknown',
		values: (v) => ({ missing: answering(v)!.quality!.missing.map(lackSaid) }),
		observations: (v) => [answering(v)!.index],
		missing: () => [{ probe: 'loopback-call', step: 'make-a-longer-call' }]
	}),
	answerRule({
		id: 'quality-call-not-connected',
		needs: ['loopback-call'],
		reads: ['calls'],
		says: 'unknown',
		when: (v) => v.calls.length > 0 && says(v) === null,
		values: (v) => ({ paths: v.calls.map(({ data }) => data.path) }),
		observations: (v) => v.calls.map(({ index }) => index),
		missing: () => [{ probe: 'loopback-call', step: 'make-a-call-that-connects' }]
	}),
	answerRule({
		id: 'quality-not-measured',
		needs: [],
		reads: [],
		says: 'unknown',
		when: () => true,
		values: () => ({}),
		observations: () => [],
		missing: () => [{ probe: 'loopback-call', step: 'make-a-call' }]
	})
];
