/**
 * Dumps as JUnit XML: a suite for each, in it a test case for each call, each condition and each problem. What a call left no record of
 * is skipped; a condition about what nobody recorded fails, since whoever sets it relies on it.
 */
import type { ConditionResult } from '../../call/figure-conditions';
import { ENGLISH } from '../../messages/en/english';
import type { DumpLanguage } from '../../messages/language';
import type { CallConclusion } from '../../verdict/call/call-conclusion';
import { endOf, endsOf } from '../../verdict/call/recorded-ends';
import type { Conclusions, Finding } from '../../verdict/conclusion';
import { rootFindings } from '../../verdict/root-findings';
import { headlineWords } from '../headline-words';
import type { JudgedDump } from './dump';
import { decidedWhere } from './figure-blocks';
import { junitXml, type JunitCase, type JunitSuite } from './junit-xml';

export interface DumpJunitParts {
	version: string;
	/** ISO 8601, UTC. */
	createdAt: string;
}

export function dumpJunit(dumps: readonly JudgedDump[], parts: DumpJunitParts, language: DumpLanguage = ENGLISH): string {
	return junitXml(
		dumps.map((dump) => suiteOf(dump, parts, language)),
		0
	);
}

function suiteOf(dump: JudgedDump, { version, createdAt }: DumpJunitParts, language: DumpLanguage): JunitSuite {
	const { files, recording, conclusions, conditions } = dump;
	return {
		name: `icelens.stats ${files.join(' ')}`,
		createdAt,
		properties: [
			['verdict', headlineWords(conclusions, language.headlineTitle).title],
			['recording', language.dump.recording(recording.formatName)],
			['icelens', version]
		],
		cases: [
			...conclusions.calls.map((call) => callCase(call, language)),
			...conditions.map((result) => conditionCase(result, conclusions, language)),
			...rootFindings(conclusions.findings)
				.filter(({ severity }) => severity === 'problem')
				.map((finding) => findingCase(finding, conclusions, language))
		]
	};
}

const NOTHING = { seconds: 0, failure: null, skipped: null };

function callCase(call: CallConclusion, { say, dump: words }: DumpLanguage): JunitCase {
	const said = say(call);
	const name = call.ends.map(words.connection).join(', ') || said;
	const common = { ...NOTHING, classname: 'icelens.stats.calls', name, said };
	if (call.connected === 'yes') return common;
	if (call.connected === 'unknown') return { ...common, skipped: said };
	return { ...common, failure: { type: `call-${call.connected === 'no' ? 'not-connected' : 'interrupted'}`, text: said } };
}

function conditionCase(result: ConditionResult, conclusions: Conclusions, { dump: words }: DumpLanguage): JunitCase {
	const said = words.figures.condition(result, decidedWhere(result, conclusions, words));
	const failure =
		result.holds === 'no' ? null : { type: result.holds === 'yes' ? 'condition-holds' : 'not-recorded', text: said };
	return { ...NOTHING, classname: 'icelens.stats.conditions', name: result.condition.text, failure, said };
}

function findingCase(finding: Finding, conclusions: Conclusions, { say, dump: words }: DumpLanguage): JunitCase {
	const end = endOf(endsOf(conclusions), finding);
	const said = say(finding);
	return {
		...NOTHING,
		classname: 'icelens.stats.findings',
		name: `${finding.rule}${end ? `, ${words.connection(end)}` : ''}`,
		failure: { type: finding.rule, text: said },
		said
	};
}
