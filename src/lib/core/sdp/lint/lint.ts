/** The lint engine: runs the rule tables over one description, an offer with its answer, or a series of them. */
import { entryOf } from '../../base/record';
import type { Values } from '../../base/said';
import { worstFirst } from '../../base/severity';
import type { Description, Role } from '../text/description';
import { readDescription } from '../text/description';
import type { SdpLine } from '../text/document';
import { sessionOf } from '../text/origin';
import { MEASURED } from './refusals-table';
import { PAIR_RULES, ROUND_RULES, SET_RULES, SINGLE_RULES } from './rules/all-rules';
import type { End, Finding, Profile, ReportOptions, Round, RuleInfo, Refuser } from './rules/rule';
import { restarted } from '../text/transport';

export interface LintOptions {
	profile?: Profile;
	/** False where the text came through something that rewrites line ends, such as a text box. */
	lineEndsKnown?: boolean;
	/** Lists every finding of a rule, however many there are. */
	isComplete?: boolean;
}

/** One broken rule can hit every line of a long text; beyond this many the rest are only counted. */
const MOST_PER_RULE = 40;
/** Of what a program changed each line is wanted. */
const MOST_CHANGES = 400;

/** Lints one description. */
export function lintSingle(sdp: Description | string, options: LintOptions = {}): Finding[] {
	const description = typeof sdp === 'string' ? readDescription(sdp) : sdp;
	return inOrder(collectSingle(description, 0, null, options));
}

/** Lints a series of exchanges: each description, each pair, and each round against the one before. */
export function lintRounds(rounds: readonly Round[], options: LintOptions = {}): Finding[] {
	const findings: Finding[] = [];
	const profile = options.profile ?? 'webrtc';
	const known = withSides(rounds);
	known.forEach((round, index) => {
		const again = known.length === 1 ? null : index > 0;
		const { offer, answer } = round;
		collectSingle(offer, 2 * index, again, options, findings);
		if (!answer) return;
		collectSingle(answer, 2 * index + 1, again, options, findings);
		const collector = new Collector(findings, mostOf(options));
		const report = collector.between(offer, answer, 2 * index);
		for (const rule of RULES[profile].pair) {
			collector.rule = rule;
			rule.check({ offer, answer, profile, again, report });
		}
	});
	for (let index = 1; index < known.length; index++) {
		const before = known[index - 1]!;
		const now = known[index]!;
		const ends = pairEnds(before, now);
		const restarts = ends.some((end) => end.side === 'offer' && restarted(end.before, end.now));
		const collector = new Collector(findings, mostOf(options));
		const report = collector.between(now.offer, now.answer ?? now.offer, 2 * index);
		for (const rule of RULES[profile].rounds) {
			collector.rule = rule;
			rule.check({ before, now, ends, restarts, profile, report });
		}
	}
	return inOrder(findings);
}

/** What was changed between creating a description and setting it. */
export function lintSet(created: Description, set: Description, options: LintOptions = {}): Finding[] {
	const findings: Finding[] = [];
	const collector = new Collector(findings, MOST_CHANGES);
	const report = collector.about(set, 0);
	for (const rule of RULES[options.profile ?? 'webrtc'].set) {
		collector.rule = rule;
		rule.check({ created, set, report });
	}
	return inOrder(findings);
}

function collectSingle(
	sdp: Description,
	index: number,
	again: boolean | null,
	options: LintOptions,
	findings: Finding[] = []
): Finding[] {
	const profile = options.profile ?? 'webrtc';
	const collector = new Collector(findings, mostOf(options));
	const report = collector.about(sdp, index);
	const check = { sdp, role: sdp.role, profile, again, report };
	for (const rule of RULES[profile].single) {
		if (rule.id === 'line-ends' && options.lineEndsKnown === false) continue;
		collector.rule = rule;
		rule.check(check);
	}
	return findings;
}

const mostOf = ({ isComplete }: LintOptions) => (isComplete ? Infinity : MOST_PER_RULE);

/** The rules of each profile, chosen once. */
const RULES = {
	webrtc: rulesOf('webrtc'),
	sip: rulesOf('sip'),
	declarative: rulesOf('declarative')
};

function rulesOf(profile: Profile) {
	const applies = (rule: RuleInfo) => !rule.profiles || rule.profiles.includes(profile);
	return {
		single: SINGLE_RULES.filter(applies),
		pair: PAIR_RULES.filter(applies),
		rounds: ROUND_RULES.filter(applies),
		set: SET_RULES.filter(applies)
	};
}

/** Takes reports, one rule after the other, and writes findings: one object for all rules, since most rules find nothing. */
class Collector {
	#rule: RuleInfo | null = null;
	#count = 0;
	#last: Finding | null = null;

	constructor(
		private readonly findings: Finding[],
		private readonly most = MOST_PER_RULE
	) {}

	set rule(rule: RuleInfo) {
		this.#rule = rule;
		this.#count = 0;
	}

	// A table's entry says which values its rule has; the engine takes whatever they are.
	about(sdp: Description, description: number) {
		return (line: SdpLine | null, values: object, options?: ReportOptions) => this.#add(sdp, description, line, values, options);
	}

	between(offer: Description, answer: Description, first: number) {
		return (side: Role, line: SdpLine | null, values: object, options?: ReportOptions) =>
			side === 'offer' ? this.#add(offer, first, line, values, options) : this.#add(answer, first + 1, line, values, options);
	}

	#add(sdp: Description, description: number, line: SdpLine | null, values: object, options: ReportOptions = {}): void {
		const rule = this.#rule!;
		this.#count++;
		if (this.#count > this.most) {
			this.#last!.more++;
			return;
		}
		const section = line && line.section >= 0 ? line.section : null;
		const refusedBy = options.refusedBy ?? (options.severity ? [] : (entryOf(MEASURED, rule.id) ?? []));
		// Who is said to refuse was asked beside the other.
		const others = refusedBy.length === 0 || options.saysWhenRefused ? [] : BROWSERS.filter((each) => !refusedBy.includes(each));
		this.#last = {
			rule: rule.id,
			code: rule.code,
			values: values as Values,
			severity: options.severity ?? rule.severity,
			refusedBy,
			acceptedBy: options.acceptedBy ?? others,
			saysWhenRefused: options.saysWhenRefused ?? false,
			more: 0,
			description,
			section,
			mid: section === null ? null : (sdp.sections[section]?.mid ?? null),
			line: line?.number ?? 1,
			column: options.column ?? 1,
			cite: rule.cite
		};
		this.findings.push(this.#last);
	}
}

const BROWSERS: readonly Refuser[] = ['chromium', 'firefox'];

export function inOrder<F extends Finding>(findings: F[]): F[] {
	return findings.sort((a, b) => a.description - b.description || a.line - b.line || worstFirst(a, b) || a.column - b.column);
}

/** Fills in who made each offer, from the session ids of the o= lines, where it was not said. */
export function withSides(rounds: readonly Round[]): Round[] {
	const sides: Round[] = [];
	for (const round of rounds) {
		const before = sides[sides.length - 1];
		let from = round.from;
		if (from === null) {
			if (!before) from = 'a';
			else if (before.answer && sessionOf(round.offer) !== null && sessionOf(round.offer) === sessionOf(before.answer))
				from = before.from === 'a' ? 'b' : 'a';
			else from = before.from;
		}
		sides.push({ ...round, from });
	}
	return sides;
}

function pairEnds(before: Round, now: Round): End[] {
	const of = (round: Round, from: 'a' | 'b' | null) => (round.from === from ? round.offer : round.answer);
	const ends: End[] = [];
	for (const side of ['offer', 'answer'] as const) {
		const current = side === 'offer' ? now.offer : now.answer;
		const from = side === 'offer' ? now.from : now.from === 'a' ? 'b' : 'a';
		const earlier = of(before, from);
		if (current && earlier) ends.push({ before: earlier, now: current, side });
	}
	return ends;
}
