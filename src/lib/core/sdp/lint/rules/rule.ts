/** What a lint rule is: an entry in a table. Its words are messages (core/messages/sdp-language), its examples stand in lint/examples. */
import type { Values } from '../../../base/said';
import type { Severity } from '../../../base/severity';
import type { Description, Role } from '../../text/description';
import type { SdpLine } from '../../text/document';
import type { SdpRuleId, SdpValues } from '../values/sdp-values';

/** What the description is for: rules about missing ICE or DTLS make sense in `webrtc` only. */
export type Profile = 'webrtc' | 'sip' | 'declarative';
/** The browsers whose refusals were recorded (tests/mutations). */
export type Refuser = 'chromium' | 'firefox';
export type Scope = 'single' | 'pair' | 'rounds' | 'set';

export interface Finding {
	/** Id of the rule, and its short code. */
	rule: SdpRuleId;
	code: string;
	/** What was found, from which a language makes the sentence. */
	values: Values;
	severity: Severity;
	/** The browsers that refuse the whole description for it; empty where none does, or it is not known. */
	refusedBy: readonly Refuser[];
	/** The browsers that take it all the same; empty where they were not asked. */
	acceptedBy: readonly Refuser[];
	/** Whether the sentence tells itself when they do. */
	saysWhenRefused: boolean;
	/** How many more like it the rule found, beyond those that are listed. */
	more: number;
	/** Which of the descriptions given: 0 is the first offer, 1 its answer, 2 the next offer, and so on. */
	description: number;
	/** Index of the media section; null for the session part. */
	section: number | null;
	mid: string | null;
	/** 1-based, in the text of that description. */
	line: number;
	column: number;
	cite: string;
}

export interface RuleInfo<Id extends SdpRuleId = SdpRuleId> {
	/** Stable, a noun, never reused: saved findings hold it. */
	id: Id;
	/** Short stable code, family and number. */
	code: string;
	/** The severity it usually has; single findings may be milder or graver, as their sentence says. */
	severity: Exclude<Severity, 'normal'>;
	/** The profiles it applies to; all when absent. */
	profiles?: readonly Profile[];
	/** RFC and section. */
	cite: string;
}

/**
 * The pair that documents and tests a rule. A line `# offer`, `# answer`, `# next offer` begins a description where there are several;
 * `# created offer` begins what createOffer gave before the next was set.
 */
export interface RuleExample {
	/** Passes the rule. */
	good: string;
	/** Breaks the rule. */
	bad: string;
}

export interface ReportOptions {
	column?: number;
	severity?: Severity;
	/** Said at the end of the sentence, unless it says itself when they do. */
	refusedBy?: readonly Refuser[];
	/** All others take it, where this does not say less. */
	acceptedBy?: readonly Refuser[];
	saysWhenRefused?: boolean;
}

export interface SingleCheck<V> {
	sdp: Description;
	role: Role | null;
	profile: Profile;
	/** Part of a later offer/answer exchange; null when not known. */
	again: boolean | null;
	/** A null line stands for the whole description and is reported on its first line. */
	report(line: SdpLine | null, values: V, options?: ReportOptions): void;
}

export interface PairCheck<V> {
	offer: Description;
	answer: Description;
	profile: Profile;
	again: boolean | null;
	report(side: Role, line: SdpLine | null, values: V, options?: ReportOptions): void;
}

/** One offer and its answer, if there was one. */
export interface Round {
	offer: Description;
	answer: Description | null;
	/** Who made the offer; null when not known, then the o= lines tell. */
	from: 'a' | 'b' | null;
}

/** The descriptions of one end, in this round and the one before. */
export interface End {
	before: Description;
	now: Description;
	/** What `now` is. */
	side: Role;
}

export interface RoundCheck<V> {
	before: Round;
	now: Round;
	/** The ends whose descriptions of both rounds are known, paired. */
	ends: End[];
	/** True when the offer of this round restarts ICE. */
	restarts: boolean;
	profile: Profile;
	report(side: Role, line: SdpLine | null, values: V, options?: ReportOptions): void;
}

export interface SetCheck<V> {
	/** What createOffer or createAnswer gave. */
	created: Description;
	/** What was set as the local description after it; `report` is about this one. */
	set: Description;
	report(line: SdpLine | null, values: V, options?: ReportOptions): void;
}

type Judge<Id extends SdpRuleId, Check> = RuleInfo<Id> & { check(c: Check): void };

export type SingleRule = { [Id in SdpRuleId]: Judge<Id, SingleCheck<SdpValues[Id]>> }[SdpRuleId];
export type PairRule = { [Id in SdpRuleId]: Judge<Id, PairCheck<SdpValues[Id]>> }[SdpRuleId];
export type SetRule = { [Id in SdpRuleId]: Judge<Id, SetCheck<SdpValues[Id]>> }[SdpRuleId];
export type RoundRule = { [Id in SdpRuleId]: Judge<Id, RoundCheck<SdpValues[Id]>> }[SdpRuleId];

export interface ExamplePart {
	role: Role | null;
	text: string;
	/** What createOffer or createAnswer gave, where another one was set. */
	created?: string;
}

/** Takes an example apart at the lines that begin a description, with the table's indentation removed. */
export function exampleParts(example: string): ExamplePart[] {
	const parts: ExamplePart[] = [];
	let created: ExamplePart | null = null;
	for (const line of cleanExample(example).split('\n')) {
		const heading = /^# (created )?(?:next )?(offer|answer)$/.exec(line);
		if (heading) {
			const part = { role: heading[2] as Role, text: '' };
			if (heading[1]) created = part;
			else {
				parts.push(created ? { ...part, created: created.text } : part);
				created = null;
			}
		} else if (created) created.text += `${line}\r\n`;
		else {
			if (parts.length === 0) parts.push({ role: null, text: '' });
			parts[parts.length - 1]!.text += `${line}\r\n`;
		}
	}
	return parts;
}

/** The example as shown: without the indentation and the empty first and last line of the table. */
export function cleanExample(example: string): string {
	const lines = example.split('\n').map((line) => line.replace(/^\t+/, ''));
	while (lines.length > 0 && lines[0] === '') lines.shift();
	while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
	return lines.join('\n');
}
