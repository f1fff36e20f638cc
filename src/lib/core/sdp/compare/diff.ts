/** What differs between two descriptions, by section and subject and not by lines of text, and what that means. */
import type { Description, Section } from '../text/description';
import type { Difference, Place } from './difference';
import { notesOf, type DiffNote, type Pair } from './diff-notes';
import type { SdpLine } from '../text/document';
import { codecOrder, sectionFacts, sessionFacts, type Fact, type Topic } from './facts';
import { nameOf } from '../text/transport';
import { clip } from '../text/values';

export interface SdpDiff {
	differences: Difference[];
	notes: DiffNote[];
}

export function diffDescriptions(before: Description, after: Description): SdpDiff {
	const pairs = pairSections(before, after);
	const differences = compareFacts(sessionFacts(before), sessionFacts(after), null);
	for (const pair of pairs) differences.push(...compareSections(pair));
	return { differences, notes: notesOf(before, after, pairs, differences) };
}

/** By mid; sections without one, or whose mid the other side does not know, by their place. */
function pairSections(before: Description, after: Description): Pair[] {
	const free = new Set(before.sections);
	const byMid = new Map([...before.sections].reverse().map((section) => [section.mid, section] as const));
	const partners = new Map<Section, Section>();
	for (const section of after.sections) {
		const partner = section.mid === null ? undefined : byMid.get(section.mid);
		if (partner && free.delete(partner)) partners.set(section, partner);
	}
	for (const section of after.sections) {
		const partner = before.sections[section.index];
		if (!partners.has(section) && partner && free.delete(partner)) partners.set(section, partner);
	}
	const pairs: Pair[] = after.sections.map((section) => ({ before: partners.get(section) ?? null, after: section }));
	return [...pairs, ...[...free].map((section) => ({ before: section, after: null }))];
}

function place(line: SdpLine): Place {
	return { line: line.number, raw: line.raw };
}

function compareSections(pair: Pair): Difference[] {
	const { before, after } = pair;
	const section = {
		before: before?.index ?? null,
		after: after?.index ?? null,
		mid: (after ?? before)!.mid,
		kind: (after ?? before)!.kind
	};
	const of = (change: Difference['change'], topic: Topic, title: string, text: string): Difference => ({
		change,
		topic,
		subject: title.toLowerCase(),
		section,
		title,
		text,
		before: before ? place(before.mLine) : null,
		after: after ? place(after.mLine) : null
	});
	if (!before) return [of('added', 'sections', 'Section', `The ${nameOf(after!)} is new.`)];
	if (!after) return [of('removed', 'sections', 'Section', `The ${nameOf(before)} is gone.`)];
	const differences = compareFacts(sectionFacts(before), sectionFacts(after), section);
	if (before.index !== after.index)
		differences.push(
			of(
				'changed',
				'sections',
				'Place',
				`The ${nameOf(after)} was m= line ${before.index + 1} and is m= line ${after.index + 1}.`
			)
		);
	const [was, is] = [codecOrder(before).value, codecOrder(after).value];
	const [inBoth, inOrder] = [was.filter((name) => is.includes(name)), is.filter((name) => was.includes(name))];
	if (inBoth.join('\n') !== inOrder.join('\n'))
		differences.push(
			of(
				'changed',
				'codec-order',
				'Order of codecs',
				`The order of codecs changed from ${shortOrder(inBoth)} to ${shortOrder(inOrder)}.`
			)
		);
	return differences;
}

function shortOrder(names: string[]): string {
	const main = names.filter((name) => !name.startsWith('rtx of'));
	return clip((main.length > 1 ? main : names).map((name) => name.split('/')[0]).join(', '), 120);
}

function compareFacts(before: Fact[], after: Fact[], section: Difference['section']): Difference[] {
	const subjects = new Map<string, { before: Fact[]; after: Fact[] }>();
	const at = (subject: string) => {
		let found = subjects.get(subject);
		if (!found) subjects.set(subject, (found = { before: [], after: [] }));
		return found;
	};
	for (const fact of before) at(fact.subject).before.push(fact);
	for (const fact of after) at(fact.subject).after.push(fact);
	const differences: Difference[] = [];
	for (const [subject, both] of subjects) {
		const [gone, come] = withoutCommon(both.before, both.after);
		for (let i = 0; i < Math.max(gone.length, come.length); i++)
			differences.push(difference(subject, gone[i] ?? null, come[i] ?? null, section));
	}
	return differences.sort((a, b) => (a.after ?? a.before)!.line - (b.after ?? b.before)!.line);
}

/** What is left on both sides once equal values are crossed out against each other. */
function withoutCommon(before: Fact[], after: Fact[]): [Fact[], Fact[]] {
	if (before.length === 1 && after.length === 1) return before[0]!.value === after[0]!.value ? [[], []] : [before, after];
	const counts = new Map<string, number>();
	for (const { value } of before) counts.set(value, (counts.get(value) ?? 0) + 1);
	const come = after.filter(({ value }) => !takeOne(counts, value));
	const taken = new Map<string, number>();
	for (const { value } of after) taken.set(value, (taken.get(value) ?? 0) + 1);
	return [before.filter(({ value }) => !takeOne(taken, value)), come];
}

function takeOne(counts: Map<string, number>, value: string): boolean {
	const count = counts.get(value) ?? 0;
	if (count > 0) counts.set(value, count - 1);
	return count > 0;
}

function difference(subject: string, before: Fact | null, after: Fact | null, section: Difference['section']): Difference {
	const fact = (after ?? before)!;
	const show = (value: string) => clip(value, 80) || '(nothing)';
	let topic = fact.topic;
	// A codec that only one side has is another matter than one under another number.
	if (topic === 'payload-types' && (!before || !after)) topic = 'codecs';
	// A section is switched off and on by its port; other ports are addresses.
	if (subject === 'port' && before && after && (before.value === '0') !== (after.value === '0')) topic = 'sections';
	const text =
		before && after
			? `${fact.title}${topic === 'payload-types' ? ': payload type' : ''} changed from ${show(before.value)} to ${show(after.value)}.`
			: `${fact.title} is ${after ? 'new' : 'gone'}${fact.value === '' ? '' : ` (${topic === 'codecs' ? 'payload type ' : ''}${show(fact.value)})`}.`;
	return {
		change: before && after ? 'changed' : after ? 'added' : 'removed',
		topic,
		subject: subject.trim(),
		section,
		title: fact.title,
		text,
		before: before ? place(before.line) : null,
		after: after ? place(after.line) : null
	};
}
