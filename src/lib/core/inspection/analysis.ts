/** From what was given to findings with places: what the screen and the command line both do. */
import type { Description } from '../sdp/text/description';
import { readDescription } from '../sdp/text/description';
import { readCandidate } from '../sdp/text/candidate-fields';
import type { LintOptions } from '../sdp/lint/lint';
import { inOrder, lintRounds, lintSet, lintSingle } from '../sdp/lint/lint';
import { exchangesOf } from '../dump/recognise';
import type { GivenDescription, Recognised } from '../dump/recognised';
import { holdsForFragment } from './fragment';
import type { Finding, Round } from '../sdp/lint/rules/rule';

export interface LocatedFinding extends Finding {
	/** 1-based, in the input that the description was found in. */
	fileLine: number;
	fileColumn: number;
	/** What the input called the description. */
	label: string;
}

export interface AnalysedDescription {
	given: GivenDescription;
	sdp: Description;
}

export interface Analysis {
	/** In the order of the input; a finding's `description` is an index here. */
	descriptions: AnalysedDescription[];
	/** Exchanges of each connection, with indexes into `descriptions`. */
	connections: { peer: string | null; exchanges: { offer: number; answer: number | null; round: Round }[] }[];
	findings: LocatedFinding[];
}

/** Lints all descriptions: alone, each answer against its offer, and the rounds of each connection in order. */
export function analyse(given: readonly GivenDescription[], options: LintOptions = {}): Analysis {
	const descriptions = given.map((each) => ({ given: each, sdp: readDescription(each.text, each.role) }));
	const connections: Analysis['connections'] = [];
	const findings: LocatedFinding[] = [];
	for (const peer of new Set(given.map((each) => each.peer))) {
		const own = given.filter((each) => each.peer === peer);
		const exchanges = exchangesOf(own).map(({ offer, answer, from }) => {
			const [offerIndex, answerIndex] = [given.indexOf(offer), answer ? given.indexOf(answer) : null];
			const round = {
				offer: descriptions[offerIndex]!.sdp,
				answer: answerIndex === null ? null : descriptions[answerIndex]!.sdp,
				from
			};
			return { offer: offerIndex, answer: answerIndex, round };
		});
		connections.push({ peer, exchanges });
		const one = exchanges.length === 1 && exchanges[0]!.answer === null;
		const found = one
			? lintSingle(exchanges[0]!.round.offer, options)
			: lintRounds(
					exchanges.map(({ round }) => round),
					options
				);
		const located: LocatedFinding[] = [];
		for (const finding of found) {
			const exchange = exchanges[finding.description >> 1]!;
			const index = (finding.description & 1) === 0 ? exchange.offer : exchange.answer!;
			const described = descriptions[index]!;
			const raw = described.sdp.document.lines[finding.line - 1]?.raw ?? '';
			if (described.given.isFragment && !holdsForFragment(finding, raw)) continue;
			located.push(locate({ ...finding, description: index }, described.given));
		}
		for (const each of own) located.push(...changesOf(each, given.indexOf(each), descriptions, options));
		for (const each of inOrder(located)) findings.push(each);
	}
	return { descriptions, connections, findings };
}

/** What a program changed in a description before it set it. */
function changesOf(
	given: GivenDescription,
	index: number,
	descriptions: readonly AnalysedDescription[],
	options: LintOptions
): LocatedFinding[] {
	const { created, role } = given;
	if (created === undefined || created === given.text) return [];
	const { sdp } = descriptions[index]!;
	return lintSet(readDescription(created, role), sdp, options).map((finding) =>
		locate({ ...finding, description: index }, given)
	);
}

function locate(finding: Finding, given: GivenDescription): LocatedFinding {
	const place = given.places?.[finding.line - 1];
	return {
		...finding,
		fileLine: place?.line ?? finding.line,
		fileColumn: (place?.column ?? 1) + finding.column - 1,
		label: given.label
	};
}

/** The faults of candidates that came without a description. */
export function analyseCandidates({ candidates }: Recognised): LocatedFinding[] {
	return candidates.flatMap((line, index) => {
		const { value, fault } = readCandidate(line.slice('candidate:'.length));
		return (value ? value.faults : [fault]).map((each) => ({
			rule: 'candidate-line',
			code: 'ICE-04',
			values: each.fault,
			severity: 'problem' as const,
			refusedBy: [],
			acceptedBy: [],
			saysWhenRefused: false,
			more: 0,
			description: 0,
			section: null,
			mid: null,
			line: index + 1,
			column: 'candidate:'.length + each.offset + 1,
			cite: 'RFC 8839 §5.1',
			fileLine: index + 1,
			fileColumn: 'candidate:'.length + each.offset + 1,
			label: 'candidate'
		}));
	});
}
