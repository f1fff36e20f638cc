/** What is judged otherwise: saved conclusions against fresh ones of the same observations, or two reports' against each other. */
import type { Conclusions, Finding, ServerConclusion } from '../verdict/conclusion';
import type { NatConclusion } from '../nat/conclusion';
import { rootFindings } from '../verdict/root-findings';
import { QUESTIONS } from '../verdict/questions';
import { placeOf } from '../verdict/subject';
import { conclusionsWithText, type Written } from './with-text';

export interface Change {
	/** Question, `nat.ipv4.mapping`, server URL with family, or finding with its place. */
	where: string;
	/** Null when it was not there. */
	before: string | null;
	/** Null when it is gone. */
	after: string | null;
	/** One sentence. */
	text: string;
}

export function compareConclusions(saved: Conclusions, fresh: Conclusions): Change[] {
	return [...answers(saved, fresh), ...nats(saved, fresh), ...servers(saved, fresh), ...findings(saved, fresh)];
}

function answers(saved: Conclusions, fresh: Conclusions): Change[] {
	const questions = [...new Set([...fresh.answers, ...saved.answers].map((a) => a.question))];
	return questions.flatMap((question) => {
		const title = QUESTIONS.find((q) => q.question === question)?.title ?? question;
		const said = (c: Conclusions) => c.answers.find((a) => a.question === question)?.says ?? null;
		return change(question, `“${title}”`, said(saved), said(fresh));
	});
}

const NAT_FIELDS = ['mapping', 'filtering', 'hairpin', 'portPattern', 'layers'] as const;
const NAT_NAMES = {
	mapping: 'mapping',
	filtering: 'filtering',
	hairpin: 'hairpin',
	portPattern: 'port pattern',
	layers: 'layers of NAT'
} as const;

function nats(saved: Conclusions, fresh: Conclusions): Change[] {
	return (['ipv4', 'ipv6'] as const).flatMap((family) => {
		const name = family === 'ipv4' ? 'IPv4' : 'IPv6';
		const [before, after] = [saved.nat[family], fresh.nat[family]];
		if (!before || !after) return change(`nat.${family}`, `${name} as a whole`, before && 'seen', after && 'seen');
		const addresses = (nat: NatConclusion) => nat.publicAddresses.toSorted().join(', ') || 'none';
		return [
			...NAT_FIELDS.flatMap((field) =>
				change(`nat.${family}.${field}`, `${name} ${NAT_NAMES[field]}`, before[field], after[field])
			),
			...change(`nat.${family}.publicAddresses`, `${name} public addresses`, addresses(before), addresses(after))
		];
	});
}

function servers(saved: Conclusions, fresh: Conclusions): Change[] {
	const [before, after] = [byServer(saved.servers), byServer(fresh.servers)];
	return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) =>
		change(key, key, before.get(key) ?? null, after.get(key) ?? null)
	);
}

/** The same URL may stand in the list with several credentials: the second one is told apart by its place. */
function byServer(all: readonly ServerConclusion[]): Map<string, string> {
	const states = new Map<string, string>();
	for (const { url, family, state } of all) {
		const key = family === 'unknown' ? url : `${url} over ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
		let unique = key;
		for (let n = 2; states.has(unique); n++) unique = `${key} (${n})`;
		states.set(unique, state);
	}
	return states;
}

type Found = Written<Finding>;

function findings(saved: Conclusions, fresh: Conclusions): Change[] {
	const [old, now] = [saved, fresh].map((all) => rootFindings(conclusionsWithText(all).findings)) as [Found[], Found[]];
	const key = (f: Found) => `${f.rule} at ${placeOf(f.subject)}`;
	const [before, after] = [old.map(key), now.map(key)];
	const gone = old.filter((f) => !after.includes(key(f)));
	const come = now.filter((f) => !before.includes(key(f)));
	return [
		...come.map((f) => ({ where: key(f), before: null, after: f.severity, text: `Found now: ${f.text}` })),
		...gone.map((f) => ({ where: key(f), before: f.severity, after: null, text: `No longer found: ${f.text}` }))
	];
}

function change(where: string, name: string, before: string | null, after: string | null): Change[] {
	if (before === after) return [];
	const text =
		before === null
			? `${name} is new: ${after!}.`
			: after === null
				? `${name} is no longer there; it was ${before}.`
				: `${name}: was ${before}, is ${after}.`;
	return [{ where, before, after, text }];
}
