import { describe, expect, test } from 'vitest';
import { makeObservations } from '../../../../tests/golden/make-observations';
import { CASES } from '../../../../tests/golden/networks-table';
import { sentence } from '../messages/en/sentence';
import { DEFAULT_LIMITS, type CheckConfig } from '../plan/config';
import { makePlan } from '../plan/plan';
import { toJson } from './export/json';
import { judgeAgain } from './judge-again';
import { makeReport } from './make';
import { conclude } from '../verdict/conclude';
import { migrate } from './migrate';
import { parseReport, REPORT_CHARACTERS_AT_MOST } from './parse';

const CONFIG: CheckConfig = {
	iceServers: [{ urls: ['turn:203.0.113.10:3478'], username: 'ada', credential: 'hunter2' }],
	profile: 'full',
	limits: DEFAULT_LIMITS,
	mediaPermission: true
};

function report(name = 'home router, all servers work') {
	return makeReport(
		{
			version: '0.1.0',
			id: 'a1',
			createdAt: '2026-11-20T12:00:00.000Z',
			environment: { browser: 'Chromium 156', userAgent: 'x', platform: 'Linux', engine: 'browser' },
			config: CONFIG,
			plan: makePlan(CONFIG, {
				engine: 'chromium',
				mediaPermission: 'prompt',
				appOrigin: 'https://app.example',
				secureContext: true
			}),
			observations: makeObservations(CASES.find((c) => c.name === name)!.network)
		},
		conclude
	);
}

/** The JSON of a good report with one place changed. */
function changed(path: readonly (string | number)[], value: unknown): string {
	const json = JSON.parse(toJson(report()));
	let place = json;
	for (const key of path.slice(0, -1)) place = place[key];
	const last = path.at(-1)!;
	if (value === undefined) delete place[last];
	else place[last] = value;
	return JSON.stringify(json);
}

test('what is saved can be opened', () => {
	const saved = toJson(report());
	expect(parseReport(saved)).toEqual({ ok: true, value: JSON.parse(saved) });
});

test('a file that explains a server’s error by sentences alone can be opened, and is judged with values', () => {
	const json = JSON.parse(toJson(report('one dead server among three')));
	const { error } = json.conclusions.servers.find((server: { error: unknown }) => server.error !== null);
	const { explanation, nextStep } = error;
	error.explanation = explanation.text;
	error.nextStep = nextStep.text;
	const parsed = parseReport(JSON.stringify(json));
	if (!parsed.ok) throw new Error(parsed.error.message);
	const judged = judgeAgain(parsed.value).conclusions.servers.find((server) => server.error !== null)!;
	expect([sentence(judged.error!.explanation), sentence(judged.error!.nextStep)]).toEqual([explanation.text, nextStep.text]);
	error.explanation = { rule: explanation.rule };
	expect(parseReport(JSON.stringify(json))).toMatchObject({
		ok: false,
		error: { where: expect.stringContaining('explanation') }
	});
});

test('no secret is saved, wherever it stands', () => {
	const dirty = {
		...report(),
		config: { ...report().config, iceServers: CONFIG.iceServers },
		extra: { deep: [{ credential: 'hunter2', passwd: 'hunter2' }, '{"passwd":"hunter2"}'] }
	};
	expect(toJson(dirty)).not.toContain('hunter2');
	expect(toJson(dirty)).toContain('"ada"');
});

test('a secret in a file is not taken in', () => {
	const parsed = parseReport(changed(['config', 'iceServers', 0, 'credential'], 'hunter2'));
	expect(parsed.ok && JSON.stringify(parsed.value)).not.toContain('hunter2');
});

test('fields of other versions are kept', () => {
	const text = changed(['observations', 0, 'later'], { x: [1, null] });
	const parsed = parseReport(text);
	expect(parsed.ok && (parsed.value.observations[0] as unknown as Record<string, unknown>).later).toEqual({ x: [1, null] });
});

test('probes of other versions are kept', () => {
	const parsed = parseReport(changed(['observations', 0, 'probe'], 'teleport'));
	expect(parsed.ok && parsed.value.observations[0]!.probe).toBe('teleport');
});

describe('what does not fit is refused with its place', () => {
	test.each<[(string | number)[], unknown, string, RegExp]>([
		[['id'], 7, 'id', /^id is 7; it must be a text\.$/],
		[['tool', 'name'], 'other', 'tool.name', /“icelens”/],
		[['createdAt'], 'yesterday', 'createdAt', /2026-11-20T12/],
		[['observations', 2], 'x', 'observations[2]', /an object/],
		[['observations', 2, 'outcome', 'state'], 'maybe', 'observations[2].outcome.state', /“seen”, “failed”, “skipped”/],
		[['observations', 0, 'outcome', 'data'], null, 'observations[0].outcome.data', /an object/],
		[['observations', 1, 'tookMs'], undefined, 'observations[1].tookMs', /is missing; it must be a number/],
		[
			['observations', 1, 'outcome', 'data', 'candidates', 0, 'port'],
			'80',
			'observations[1].outcome.data.candidates[0].port',
			/whole number/
		],
		[
			['observations', 1, 'outcome', 'data', 'candidates', 0, 'port'],
			-1,
			'observations[1].outcome.data.candidates[0].port',
			/whole number/
		],
		[['observations', 1, 'outcome', 'data', 'engine'], 'lynx', 'observations[1].outcome.data.engine', /“chromium”/],
		[['config', 'limits', 'deadlineMs'], '5 s', 'config.limits.deadlineMs', /a number/],
		[['config', 'iceServers', 0, 'urls'], 'stun:x', 'config.iceServers[0].urls', /a list/],
		[
			['conclusions', 'answers', 0, 'because', 0, 'observations'],
			[1.5],
			'conclusions.answers[0].because[0].observations[0]',
			/whole number/
		],
		[['conclusions', 'nat', 'ipv4', 'evidence', 'mapping', 'rule'], null, 'conclusions.nat.ipv4.evidence.mapping.rule', /a text/],
		[['conclusions'], undefined, 'conclusions', /is missing/]
	])('a wrong value at %j is refused with its place', (path, value, where, message) => {
		const parsed = parseReport(changed(path, value));
		expect(parsed).toMatchObject({ ok: false, error: { code: 'malformed', where, message: expect.stringMatching(message) } });
	});
});

describe('what is no report', () => {
	test.each([
		['', 'not-json'],
		['{', 'not-json'],
		['[]', 'not-a-report'],
		['null', 'not-a-report'],
		['{"iceServers":[]}', 'not-a-report'],
		['{"PeerConnections":{}}', 'not-a-report'],
		['{"schema":"1"}', 'not-a-report'],
		['{"schema":1.5}', 'not-a-report'],
		['{"schema":3}', 'newer-schema'],
		['{"schema":0}', 'unknown-schema'],
		['{"schema":-9}', 'unknown-schema'],
		['{"schema":1}', 'malformed'],
		['{"schema":2}', 'malformed'],
		[`{"schema":1,"x":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'malformed'],
		[`{"schema":1,"x":"${' '.repeat(REPORT_CHARACTERS_AT_MOST)}"}`, 'too-large']
	])('%.40s is refused', (text, code) => {
		expect(parseReport(text)).toMatchObject({ ok: false, error: { code } });
	});
});

test('a byte order mark is passed over', () => {
	expect(parseReport(`\uFEFF${toJson(report())}`).ok).toBe(true);
});

describe('prototype pollution', () => {
	const hostile = toJson(report()).replace(
		'"tool": {',
		'"__proto__": { "polluted": "yes" }, "tool": { "__proto__": { "polluted": "yes" },'
	);

	test('nothing reaches a prototype, not even after assigning', () => {
		const parsed = parseReport(hostile);
		expect(parsed.ok).toBe(true);
		const copy = Object.assign({}, parsed.ok && parsed.value) as unknown as Record<string, unknown>;
		expect(copy.polluted).toBeUndefined();
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(JSON.stringify(copy)).not.toContain('polluted');
	});

	test('a probe named after a property of objects is judged like any unknown one', () => {
		for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
			expect(parseReport(changed(['observations', 0, 'probe'], name)).ok).toBe(true);
		}
	});
});

test('migrations run one step at a time and keep what they do not know', () => {
	const steps = {
		1: (raw: Record<string, unknown>) => ({ ...raw, b: `${String(raw.a)}2` }),
		2: (raw: Record<string, unknown>) => ({ ...raw, c: `${String(raw.b)}3` })
	};
	expect(migrate({ schema: 1, a: '1', odd: true }, 3, steps)).toEqual({
		ok: true,
		value: { schema: 3, a: '1', b: '12', c: '123', odd: true }
	});
	expect(migrate({ schema: 2, b: 'x' }, 3, steps)).toMatchObject({ ok: true, value: { schema: 3, c: 'x3' } });
	expect(migrate({ schema: 4 }, 3, steps)).toMatchObject({ ok: false, error: { code: 'newer-schema' } });
});
