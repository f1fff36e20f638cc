/** What is judged otherwise: saved conclusions against fresh ones of the same observations. */
import { asRead, type SaidOf } from '../base/said';
import type { ComparedServer, NatField, RejudgedValues } from '../verdict/comparison-values';
import type { Conclusions, Finding, ServerConclusion } from '../verdict/conclusion';
import { rootFindings } from '../verdict/root-findings';
import { placeOf } from '../verdict/subject';

/** In one line. */
export type Change = SaidOf<RejudgedValues> & {
	/** Question, `nat.ipv4.mapping`, server URL with family, or finding with its place. */
	where: string;
	/** Null when it was not there. */
	before: string | null;
	/** Null when it is gone. */
	after: string | null;
};

export function compareConclusions(saved: Conclusions, fresh: Conclusions): Change[] {
	const all = [...answers(saved, fresh), ...nats(saved, fresh), ...servers(saved, fresh)];
	return [...all.filter(({ before, after }) => before !== after), ...findings(saved, fresh)];
}

function answers(saved: Conclusions, fresh: Conclusions): Change[] {
	const questions = [...new Set([...fresh.answers, ...saved.answers].map((a) => a.question))];
	return questions.map((question) => {
		const said = (c: Conclusions) => c.answers.find((a) => a.question === question)?.says ?? null;
		const [before, after] = [said(saved), said(fresh)];
		return { where: question, before, after, rule: 'rejudged-answer', values: { question, before, after } };
	});
}

const NAT_FIELDS: readonly NatField[] = ['mapping', 'filtering', 'hairpin', 'portPattern', 'layers'];

function nats(saved: Conclusions, fresh: Conclusions): Change[] {
	return (['ipv4', 'ipv6'] as const).flatMap((family): Change[] => {
		const [old, now] = [saved.nat[family], fresh.nat[family]];
		if (!old || !now) {
			const seen = { before: old && 'seen', after: now && 'seen' };
			return [{ where: `nat.${family}`, ...seen, rule: 'rejudged-family', values: { family, seenNow: now !== null } }];
		}
		const [beforeAddresses, afterAddresses] = [old.publicAddresses.toSorted(), now.publicAddresses.toSorted()];
		return [
			...NAT_FIELDS.map((field): Change => {
				const [before, after] = [old[field], now[field]];
				return {
					where: `nat.${family}.${field}`,
					before,
					after,
					rule: 'rejudged-nat-field',
					values: { family, field, before, after }
				};
			}),
			{
				where: `nat.${family}.publicAddresses`,
				before: beforeAddresses.join(', ') || 'none',
				after: afterAddresses.join(', ') || 'none',
				rule: 'rejudged-public-addresses',
				values: { family, beforeAddresses, afterAddresses }
			}
		];
	});
}

function servers(saved: Conclusions, fresh: Conclusions): Change[] {
	const [old, now] = [byServer(saved.servers), byServer(fresh.servers)];
	return [...new Set([...now.keys(), ...old.keys()])].map((where) => {
		const { server } = (now.get(where) ?? old.get(where))!;
		const [before, after] = [old.get(where)?.state ?? null, now.get(where)?.state ?? null];
		return { where, before, after, rule: 'rejudged-server', values: { server, before, after } };
	});
}

/** The same URL may stand in the list with several credentials: the second one is told apart by its place. */
function byServer(all: readonly ServerConclusion[]): Map<string, { server: ComparedServer; state: string }> {
	const found = new Map<string, { server: ComparedServer; state: string }>();
	for (const { url, kind, transport, family, state } of all) {
		const key = family === 'unknown' ? url : `${url} over ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
		let nth = 1;
		let unique = key;
		while (found.has(unique)) unique = `${key} (${++nth})`;
		found.set(unique, { server: { url, kind, transport, family, nth }, state });
	}
	return found;
}

function findings(saved: Conclusions, fresh: Conclusions): Change[] {
	const [old, now] = [rootFindings(saved.findings), rootFindings(fresh.findings)];
	const key = (f: Finding) => `${f.rule} at ${placeOf(f.subject)}`;
	const [before, after] = [old.map(key), now.map(key)];
	const gone = old.filter((f) => !after.includes(key(f)));
	const come = now.filter((f) => !before.includes(key(f)));
	return [
		...come.map((f): Change => ({
			where: key(f),
			before: null,
			after: f.severity,
			rule: 'rejudged-finding-new',
			values: { finding: asRead(f) }
		})),
		...gone.map((f): Change => ({
			where: key(f),
			before: f.severity,
			after: null,
			rule: 'rejudged-finding-gone',
			values: { finding: asRead(f) }
		}))
	];
}
