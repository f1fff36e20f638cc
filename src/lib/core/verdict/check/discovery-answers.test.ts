import { expect, test } from 'vitest';
import { DISCOVERY_CASES } from '../../../../../tests/golden/discoveries-table';
import { everySentence } from '../../messages/en/every-sentence';
import { judgeDiscovery } from '../../nat/discovery';
import { discoveryAnswers } from './discovery-answers';

const answersTo = (name: string) => {
	const { seen } = DISCOVERY_CASES.find((one) => one.name === name)!;
	return discoveryAnswers('ipv4', seen, judgeDiscovery(seen));
};

test.each([
	['no answer', 'udp-one-silent-server', 'turn-need-unknown-mapping'],
	['one mapping', 'udp-answered-from-outside', 'turn-need-unknown-filtering'],
	['one address that answers', 'udp-answered-from-outside', 'turn-need-unknown-mapping'],
	['another for each port', 'udp-answered-from-outside', 'turn-needed-mapping-depends'],
	['an open filter', 'udp-answered-from-outside', 'turn-not-needed'],
	['a filter by port', 'udp-answered-from-outside', 'turn-needed-filtering-by-port']
])('%s', (name, udp, turn) => {
	const answers = answersTo(name);
	expect(answers.map(({ rule }) => rule)).toEqual([udp, turn]);
	for (const answer of answers) expect(everySentence(answer)).toMatch(/\S.*\.$/);
});

test('a server that sees an inner address shows nothing of the way out', () => {
	const { seen } = DISCOVERY_CASES.find((one) => one.name === 'one mapping')!;
	const mapped = { address: '192.168.1.2', port: 5000 };
	const inside = { ...seen, first: { ...seen.first, answer: { ...seen.first.answer!, mapped } } };
	const answers = discoveryAnswers('ipv4', inside, judgeDiscovery(inside));
	expect(answers.map(({ rule }) => rule)).toEqual(['udp-answered-from-somewhere', 'turn-need-unknown-mapping']);
});
