/**
 * Checks that JSON from elsewhere has the shape that the types promise. Small on purpose: a report needs a dozen kinds of
 * check, and the fault has to name the place. A shape never copies, so fields it does not know stay.
 */
import { isRecord } from '../base/record';
import type { Fault } from '../base/result';

/** Null when the value fits. */
export type Shape = (value: unknown, where: string) => Fault | null;

/** JSON Schema (2020-12), as far as shapes need it. */
export interface JsonSchema {
	[keyword: string]: unknown;
}

/** What each shape says as JSON Schema: the published schema is made of these, so that it cannot say something else. */
const SCHEMAS = new WeakMap<Shape, JsonSchema>();
const OPTIONAL = new WeakSet<Shape>();

/** Gives a shape its schema. A shape without one accepts anything by its schema. */
export function described(shape: Shape, schema: JsonSchema): Shape {
	SCHEMAS.set(shape, schema);
	return shape;
}

export function schemaOf(shape: Shape): JsonSchema {
	return SCHEMAS.get(shape) ?? {};
}

export const text = described((value, where) => (typeof value === 'string' ? null : wrong(value, 'a text', where)), {
	type: 'string'
});
export const yesOrNo = described((value, where) => (typeof value === 'boolean' ? null : wrong(value, 'true or false', where)), {
	type: 'boolean'
});
export const number = described(
	(value, where) => (typeof value === 'number' && Number.isFinite(value) ? null : wrong(value, 'a number', where)),
	{ type: 'number' }
);
/** Ports, counts and indexes. */
export const whole = described(
	(value, where) =>
		Number.isSafeInteger(value) && (value as number) >= 0 ? null : wrong(value, 'a whole number from 0 up', where),
	{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }
);
export const anything = described(() => null, {});

export function oneOf(...values: readonly string[]): Shape {
	return described(
		(value, where) =>
			typeof value === 'string' && values.includes(value)
				? null
				: wrong(value, `one of ${values.map((v) => `“${v}”`).join(', ')}`, where),
		{ enum: [...values] }
	);
}

export function nullable(shape: Shape): Shape {
	return described((value, where) => (value === null ? null : shape(value, where)), {
		anyOf: [schemaOf(shape), { type: 'null' }]
	});
}

export function optional(shape: Shape): Shape {
	const made = described((value, where) => (value === undefined ? null : shape(value, where)), schemaOf(shape));
	OPTIONAL.add(made);
	return made;
}

export function listOf(shape: Shape): Shape {
	const check: Shape = (value, where) => {
		if (!Array.isArray(value)) return wrong(value, 'a list', where);
		for (const [i, item] of value.entries()) {
			const fault = shape(item, `${where}[${i}]`);
			if (fault) return fault;
		}
		return null;
	};
	return described(check, { type: 'array', items: schemaOf(shape) });
}

/** Checks the fields it names; others may be there. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
	const check: Shape = (value, where) => {
		if (!isRecord(value)) return wrong(value, 'an object', where);
		for (const [name, shape] of Object.entries(fields)) {
			const fault = shape(Object.hasOwn(value, name) ? value[name] : undefined, where === '' ? name : `${where}.${name}`);
			if (fault) return fault;
		}
		return null;
	};
	const all = Object.entries(fields);
	const required = all.filter(([, shape]) => !OPTIONAL.has(shape)).map(([name]) => name);
	return described(check, {
		type: 'object',
		...(all.length > 0 ? { properties: Object.fromEntries(all.map(([name, shape]) => [name, schemaOf(shape)])) } : {}),
		...(required.length > 0 ? { required } : {})
	});
}

/** An object whose values are all of one shape. */
export function record(shape: Shape): Shape {
	const check: Shape = (value, where) => {
		if (!isRecord(value)) return wrong(value, 'an object', where);
		for (const [name, item] of Object.entries(value)) {
			const fault = shape(item, `${where}.${name}`);
			if (fault) return fault;
		}
		return null;
	};
	return described(check, { type: 'object', additionalProperties: schemaOf(shape) });
}

/** An object whose other fields depend on what one of them says. */
export function byField(name: string, shapes: Readonly<Record<string, Shape>>): Shape {
	const frame = object({ [name]: oneOf(...Object.keys(shapes)) });
	const check: Shape = (value, where) => frame(value, where) ?? shapes[(value as Record<string, string>)[name]!]!(value, where);
	const cases = Object.entries(shapes).map(([kind, shape]) => ({
		if: { properties: { [name]: { const: kind } } },
		then: schemaOf(shape)
	}));
	return described(check, { ...schemaOf(frame), allOf: cases });
}

/** Whether a value nests deeper than so many levels; looks no deeper than that, so that no input can exhaust the stack. */
export function nestsDeeperThan(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((item) => nestsDeeperThan(item, levels - 1));
}

function wrong(value: unknown, expected: string, where: string): Fault {
	const place = where === '' ? 'The file' : where;
	const is = value === undefined ? 'is missing' : `is ${show(value)}`;
	return { code: 'malformed', message: `${place} ${is}; it must be ${expected}.`, where };
}

function show(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (isRecord(value)) return 'an object';
	const shown = JSON.stringify(value) ?? String(value);
	return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
}
