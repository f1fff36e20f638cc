/** What is wrong with an RFC 5780 server, so that nobody blames the network for it. */
import { isOutside, scopeOfText } from '../base/ip';
import { otherAddress, placeOf, same, sameAddress, show, showPlace, trusted, type Discovery } from './discovery-facts';

export interface DiscoveryFinding {
	rule: string;
	severity: 'problem' | 'warning' | 'info';
	text: string;
}

export function discoveryFindings(seen: Discovery): DiscoveryFinding[] {
	const found: DiscoveryFinding[] = [];
	const add = (rule: string, severity: DiscoveryFinding['severity'], text: string) => found.push({ rule, severity, text });
	const { first, server } = seen;
	if (!first.answer) {
		add(
			'discovery-no-answer',
			'problem',
			`${show(server)} gave no answer over UDP: it is not a STUN server, or UDP does not get through.`
		);
		return found;
	}
	if (!same(first.answer.from, server))
		add('discovery-answer-from-elsewhere', 'problem', `${show(server)} was asked, and ${show(first.answer.from)} answered.`);
	const announced = first.answer.other;
	if (!announced) {
		add(
			'discovery-no-other-address',
			'warning',
			`${show(server)} announces no other address (OTHER-ADDRESS), so mapping and filtering cannot be told with it alone.`
		);
		return found;
	}
	if (!otherAddress(server, announced)) {
		const what = sameAddress(server, announced)
			? server.port === announced.port
				? 'its own address and port'
				: 'its own address with another port'
			: 'another address with the same port';
		add(
			'discovery-other-address-is-not-another',
			'problem',
			`${show(server)} announces ${show(announced)} as its other address, which is ${what}: two of each are needed.`
		);
		return found;
	}
	if (isOutside(scopeOfText(server.address)) && !isOutside(scopeOfText(announced.address))) {
		add(
			'discovery-other-address-is-private',
			'problem',
			`${show(server)} announces ${show(announced)} as its other address, which nobody outside can reach.`
		);
	}
	const wrongPlace = seen.mapping.find((asked) => asked.answer && !trusted(seen, asked) && asked.answer.error === null);
	if (wrongPlace)
		add(
			'discovery-answer-from-elsewhere',
			'problem',
			`${showPlace(seen, wrongPlace.to)} was asked, and ${show(wrongPlace.answer!.from)} answered.`
		);
	const others = seen.mapping.filter((asked) => asked.to === 'other-address' || asked.to === 'other-both');
	if (others.length > 0 && others.every(({ answer }) => answer === null)) {
		add(
			'discovery-other-address-is-silent',
			'problem',
			`The other address ${show(announced)} that ${show(server)} announces does not answer.`
		);
	}
	for (const asked of [seen.filtering?.both, seen.filtering?.port]) {
		if (!asked?.answer) continue;
		const wanted = asked.change === 'both' ? 'other-both' : 'other-port';
		if (asked.answer.error !== null)
			add(
				'discovery-change-refused',
				'warning',
				`${show(server)} refuses to answer from elsewhere (error ${asked.answer.error}).`
			);
		else if (!same(asked.answer.from, placeOf(seen, wanted))) {
			add(
				'discovery-change-not-done',
				'problem',
				`Asked to answer from ${showPlace(seen, wanted)}, the server answered from ${show(asked.answer.from)}.`
			);
		}
	}
	if (first.answer.origin && !same(first.answer.origin, first.answer.from)) {
		add(
			'discovery-origin-differs',
			'warning',
			`The answer came from ${show(first.answer.from)} and says that it came from ${show(first.answer.origin)}: something rewrites it, or the server does not know its address.`
		);
	}
	return found;
}
