/** A report as it is written: with the sentences in English, so that it can be read without this version of Icelens. */
import { isRecord } from '../base/record';
import type { Said, WrittenSaid } from '../base/said';
import { sentence } from '../messages/en/sentence';
import { stepTitle } from '../messages/en/steps';
import type { Say } from '../messages/messages';
import type { Conclusions } from '../verdict/conclusion';
import type { Report } from './report';

/** The same shape, and whatever a rule said has its sentence. */
export type Written<T> = T extends Said
	? { [K in keyof T]: K extends 'values' ? T[K] : Written<T[K]> } & WrittenSaid
	: T extends readonly (infer Item)[]
		? Written<Item>[]
		: T extends object
			? { [K in keyof T]: Written<T[K]> }
			: T;

export type WrittenReport = Omit<Report, 'conclusions'> & { conclusions: Written<Conclusions> };

/** Sentences that a file already has stay as they are: it is not this version that says them. */
export function withText(report: Report): WrittenReport {
	const { config, conclusions } = report;
	const plan = config.plan.map((step) => ({ ...step, title: stepTitle(step) }));
	const leftOut = report.leftOut ? { leftOut: written(report.leftOut) } : {};
	return { ...report, ...leftOut, config: { ...config, plan }, conclusions: conclusionsWithText(conclusions) };
}

export function conclusionsWithText(conclusions: Conclusions): Written<Conclusions> {
	return written(conclusions);
}

/** Anything in which rules say something, in the sentences of `say`. */
export function written<T>(value: T, say: Say = sentence): Written<T> {
	return addText(value, say) as Written<T>;
}

function addText(value: unknown, say: Say): unknown {
	if (Array.isArray(value)) return value.map((item) => addText(item, say));
	if (!isRecord(value)) return value;
	const fields = Object.entries(value).map(([name, item]) => [name, name === 'values' ? item : addText(item, say)]);
	if (typeof value.text === 'string' || typeof value.rule !== 'string' || !isRecord(value.values))
		return Object.fromEntries(fields) as unknown;
	const said: Said = { rule: value.rule, values: value.values };
	return { ...(Object.fromEntries(fields) as object), text: say(said) };
}
