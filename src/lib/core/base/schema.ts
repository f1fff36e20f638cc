/**
 * What JSON from elsewhere has to look like, said once with valibot: the type, the check and the JSON Schema are made of the
 * same definition. The message of a schema is what a value must be (“a text”); a fault adds where it is and what is there
 * instead. Fields that a schema does not name may be there: `faultOf` leaves the value as it is, `read` gives only what is named.
 */
import * as v from 'valibot';
import { count } from './format';
import { isRecord, parseJson } from './record';
import { fail, ok, type Fault, type Result } from './result';

// A bundle leaves out schemas that it does not use only where the functions that make them are marked.

const AN_OBJECT = 'an object';
const WHOLE = 'a whole number from 0 up';

export const text = v.string('a text');
export const yesOrNo = v.boolean('true or false');
/** JSON has no NaN and no Infinity, but 1e999 is read as Infinity. */
export const number = v.pipe(v.number('a number'), v.finite('a number'));
/** Ports, counts and indexes. */
export const whole = v.pipe(v.number(WHOLE), v.safeInteger(WHOLE), v.minValue(0, WHOLE));

// @__NO_SIDE_EFFECTS__
export function oneOf<const T extends readonly string[]>(...words: T) {
	return v.picklist(words, listed(words));
}

/** Words of which a later version may have more, so that any text passes: who looks them up has an answer for those it does not know. */
// @__NO_SIDE_EFFECTS__
export function openWord<T extends string>(): v.GenericSchema<T> {
	return text as unknown as v.GenericSchema<T>;
}

// @__NO_SIDE_EFFECTS__
export function listOf<S extends v.GenericSchema>(item: S) {
	return v.array(item, 'a list');
}

/**
 * A list that may have a hundred thousand items, of which nearly all pass the quick look `isFit`: those it passes must fit the
 * schema too. Only a list with others is gone through item by item, which names the place and takes four times as long.
 */
// @__NO_SIDE_EFFECTS__
export function longListOf<S extends v.GenericSchema>(item: S, isFit: (value: unknown) => boolean) {
	const schema = listOf(item);
	const run: v.GenericSchema['~run'] = (dataset, config) => {
		const { value } = dataset;
		return Array.isArray(value) && value.every(isFit) ? { typed: true, value } : schema['~run'](dataset, config);
	};
	return { ...schema, '~run': run } as typeof schema;
}

// @__NO_SIDE_EFFECTS__
export function object<E extends v.ObjectEntries>(entries: E) {
	// A field that is missing is a fault of the object; what it must be is said by the field's own schema.
	const message = ({ path }: v.ObjectIssue) => (path ? expectedOf(entries[String(path[0].key)]!) : AN_OBJECT);
	return noList(v.object(entries, message));
}

/** An object that a person writes: a field with another name is a slip, and is refused with the names there are. */
// @__NO_SIDE_EFFECTS__
export function exactObject<E extends v.ObjectEntries>(entries: E) {
	const message = ({ path, expected }: v.StrictObjectIssue) => {
		if (!path) return AN_OBJECT;
		return expected === 'never' ? `one of ${Object.keys(entries).join(', ')}` : expectedOf(entries[String(path[0].key)]!);
	};
	return noList(v.strictObject(entries, message));
}

/** An object whose values are all of one shape. */
// @__NO_SIDE_EFFECTS__
export function recordOf<S extends v.GenericSchema>(value: S) {
	return noList(v.record(v.string(), value, AN_OBJECT));
}

/** An object whose other fields depend on what one of them says. */
// @__NO_SIDE_EFFECTS__
export function byField<const K extends string, const O extends v.VariantOptions<K>>(name: K, options: O) {
	const message = ({ path }: v.VariantIssue) => (path ? expectedIn(name, options) : AN_OBJECT);
	return noList(v.variant(name, options, message));
}

/** To valibot a list is an object; to JSON it is not. */
// @__NO_SIDE_EFFECTS__
function noList<S extends v.GenericSchema>(schema: S): S {
	const run: v.GenericSchema['~run'] = (dataset, config) => {
		if (!Array.isArray(dataset.value)) return schema['~run'](dataset, config);
		// Which makes it a dataset with an issue.
		v._addIssue(schema, 'type', dataset, config);
		return dataset as unknown as v.OutputDataset<unknown, v.BaseIssue<unknown>>;
	};
	return { ...schema, '~run': run };
}

function expectedOf(schema: v.GenericSchema): string {
	return v.safeParse(schema, undefined, { abortEarly: true }).issues?.[0].message ?? 'given';
}

/** The words of a field by which objects are told apart; where one of them takes others too, what those must be. */
function expectedIn(name: string, options: readonly unknown[]): string {
	const fields = options.map((option) => (option as v.ObjectSchema<v.ObjectEntries, undefined>).entries[name]!);
	const other = fields.find(({ type }) => type !== 'literal');
	return other ? expectedOf(other) : listed(fields.map((field) => String((field as v.LiteralSchema<string, undefined>).literal)));
}

function listed(words: readonly string[]): string {
	return `one of ${words.map((word) => `“${word}”`).join(', ')}`;
}

/** What is said by an id and values (said.ts): values are read by the message of the id alone. */
export const said = object({ rule: text, values: recordOf(v.unknown()) });

/** Why something was refused, as it is reported over the wire. */
export const fault = object({ code: text, message: text, where: v.optional(text) });

/** The first fault of a value, or null. Fault codes: `malformed`, `too-large` (a text). `name`: what the value as a whole is called at the start of a sentence. */
export function faultOf(schema: v.GenericSchema, value: unknown, name = 'The file'): Fault | null {
	const { issues } = v.safeParse(schema, value, { abortEarly: true });
	return issues ? faultFrom(issues[0], name) : null;
}

/** What the schema names of a value, and nothing else. Fault codes: `malformed`, `too-large` (a text). */
export function read<S extends v.GenericSchema>(schema: S, value: unknown, name: string): Result<v.InferOutput<S>> {
	const { success, output, issues } = v.safeParse(schema, value, { abortEarly: true });
	return success ? ok(output) : { ok: false, error: faultFrom(issues[0], name) };
}

/** The same for JSON as text. Fault codes: `not-json`, `malformed`, `too-large` (a text). */
export function readJson<S extends v.GenericSchema>(schema: S, json: string, name: string): Result<v.InferOutput<S>> {
	const value = parseJson(json);
	return value === undefined ? fail('not-json', `${name} is not JSON.`) : read(schema, value, name);
}

function faultFrom({ type, path, input, message, expected }: v.BaseIssue<unknown>, name: string): Fault {
	const where = (path ?? [])
		.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
		.join('')
		.replace(/^\./, '');
	const code = type === 'max_length' && typeof input === 'string' ? 'too-large' : 'malformed';
	// Of a field that must not be there its name is shown, and no value.
	if (expected === 'never') return { code, message: `${where} is no field; it must be ${message}.`, where };
	return { code, message: `${where === '' ? name : where} ${shown(input)}; it must be ${message}.`, where };
}

function shown(value: unknown): string {
	if (value === undefined) return 'is missing';
	if (Array.isArray(value)) return `is a list of ${value.length}`;
	if (isRecord(value)) return 'is an object';
	if (typeof value === 'string' && value.length > 60)
		return `is ${JSON.stringify(value.slice(0, 50))}… (${count(value.length, 'character')})`;
	return `is ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`;
}
