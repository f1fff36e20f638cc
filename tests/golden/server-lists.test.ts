/**
 * What is wrong with a list of servers is judged from what was written down before anybody was asked, and stands in every form of a
 * report. What servers say afterwards counts more.
 */
import { describe, expect, test } from 'vitest';
import { exitStatus } from '../../src/cli/status';
import { reportText } from '../../src/cli/text';
import { ENGLISH } from '../../src/lib/core/messages/en/english';
import type { IceServer } from '../../src/lib/core/ice/server';
import { SERVER_LINT_RULES } from '../../src/lib/core/ice/server-rules';
import type { Observation } from '../../src/lib/core/observations/observation';
import { sentence } from '../../src/lib/core/messages/en/sentence';
import { DEFAULT_LIMITS, type CheckConfig } from '../../src/lib/core/plan/config';
import { makePlan } from '../../src/lib/core/plan/plan';
import { toCsv } from '../../src/lib/core/report/export/csv';
import { toHtml } from '../../src/lib/core/report/export/html';
import { toJson } from '../../src/lib/core/report/export/json';
import { toJunit } from '../../src/lib/core/report/export/junit';
import { toMarkdown } from '../../src/lib/core/report/export/markdown';
import { judgeAgain } from '../../src/lib/core/report/judge-again';
import { makeReport } from '../../src/lib/core/report/make';
import { parseReport } from '../../src/lib/core/report/parse';
import { pathModelOf } from '../../src/lib/core/report/path-diagram/paths';
import { redactReport } from '../../src/lib/core/report/redact';
import type { Report } from '../../src/lib/core/report/report';
import { conclude } from '../../src/lib/core/verdict/conclude';
import { rootFindings } from '../../src/lib/core/verdict/root-findings';
import { stagesOf } from '../../src/lib/ui/server-stages';
import { listObservation, makeObservations } from './make-observations';
import type { Server } from './network';
import { expectSameClasses } from './same-classes';
import { SERVER_LIST_EXAMPLES } from './server-lists-table';

const NOW = Date.UTC(2026, 10, 21);
const DAY = `${NOW / 1000 + 86_400}:bob`;
const HEX = '2f1c9f0be1d0a1c5d3e7b9a8f6c4e2d0b8a69788';
const TURN = 'turn:203.0.113.77:3478?transport=udp';
/** As Chromium says it of a TURN server without user name or credential. */
const NO_LOGIN = {
	fails: 'malformed',
	message: `InvalidAccessError: Both username and credential are required when the URL scheme is "turn" or "turns".`
} as const;
const NOT_A_URL = { fails: 'malformed', message: 'SyntaxError: it is not a valid URL.' } as const;

/** The report of a run with this list, in which the servers do what is said of them by their URL; the others answer. */
function reportOf(iceServers: IceServer[], does: Readonly<Record<string, Server['does']>> = {}): Report {
	const config: CheckConfig = { iceServers, profile: 'full', limits: DEFAULT_LIMITS, mediaPermission: false };
	const servers = iceServers.flatMap(({ urls }) => urls.map((url): Server => ({ url, does: does[url] ?? 'answers' })));
	const network = {
		devices: [{ address: '192.168.1.2', family: 'ipv4' as const }],
		nat: (_family: string, port: number) => ({ address: '198.51.100.1', port }),
		servers
	};
	return makeReport(
		{
			version: '0.1.0',
			id: 'server-list',
			createdAt: new Date(NOW).toISOString(),
			environment: { browser: 'Chromium 156', userAgent: '', platform: 'Linux', engine: 'browser' },
			config,
			plan: makePlan(config, {
				engine: 'chromium',
				mediaPermission: 'prompt',
				appOrigin: 'http://localhost:8478',
				secureContext: true
			}),
			observations: [listObservation(iceServers, NOW), ...makeObservations(network)]
		},
		conclude
	);
}

const TERMINAL = { columns: 10_000, paint: (_: unknown, text: string) => text };
const unescaped = (markup: string) =>
	markup
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
const FORMS: Record<string, (report: Report) => string> = {
	text: (report) => reportText(report, ENGLISH, TERMINAL),
	json: (report) =>
		(JSON.parse(toJson(report)) as Report).conclusions.findings
			.map((one) => JSON.stringify(one))
			.join('\n')
			.replaceAll('\\"', '"'),
	markdown: (report) => unescaped(toMarkdown(report).replaceAll('\\', '')),
	html: (report) => unescaped(toHtml(report)),
	csv: toCsv,
	junit: (report) => unescaped(toJunit(report))
};

const rulesOf = ({ conclusions }: Report) => rootFindings(conclusions.findings).map(({ rule }) => rule);

describe.each<[string, IceServer[], Readonly<Record<string, Server['does']>>, string[]]>([
	['hexadecimal digits', [{ urls: [TURN], username: DAY, credential: HEX }], { [TURN]: 'silent' }, ['credential-hex']],
	[
		'base64 of hexadecimal digits',
		[{ urls: [TURN], username: DAY, credential: btoa(HEX) }],
		{ [TURN]: { code: 401, text: 'Unauthorized' } },
		['credential-base64-of-hex']
	],
	[
		'placeholders',
		[{ urls: ['$COTURN_URL'], username: '$COTURN_USER', credential: '$COTURN_PASSWORD' }],
		{ $COTURN_URL: NOT_A_URL },
		['address-placeholder', 'login-placeholder']
	],
	['no login', [{ urls: [TURN] }], { [TURN]: NO_LOGIN }, ['turn-login-missing']]
])('%s', (_, servers, does, rules) => {
	const report = reportOf(servers, does);
	const found = rules.map((rule) => report.conclusions.findings.find((one) => one.rule === rule)!);

	test('is a problem, in the report as it is saved and opened again', () => {
		expect(found.map((one) => [one?.rule, one?.severity, one?.observations])).toEqual(
			rules.map((rule) => [rule, 'problem', [0]])
		);
		const opened = parseReport(toJson(report));
		if (!opened.ok) throw new Error(opened.error.message);
		expect(judgeAgain(opened.value).conclusions).toEqual(report.conclusions);
		expect(exitStatus(report.conclusions)).toBe(1);
	});

	test.each(Object.entries(FORMS))('is told as %s', (_form, write) => {
		const text = write(report);
		for (const one of found) expect(text).toContain(sentence(one));
		for (const { credential } of servers) if (credential) expect(text).not.toContain(credential);
	});

	test('is told of the redacted report too', () => expectSameClasses(report));
});

describe('TURN without user name or credential', () => {
	const report = reportOf([{ urls: [TURN, 'stun:203.0.113.77:3478'] }], { [TURN]: NO_LOGIN, 'stun:203.0.113.77:3478': 'silent' });
	const [row] = report.conclusions.servers;

	test('was not asked: never answered, never reached, never on this machine', () => {
		expect([row!.url, row!.state, row!.rule, row!.values]).toEqual([
			TURN,
			'not-asked',
			'server-login-missing',
			{ missing: 'both' }
		]);
		expect(sentence(row!)).toMatch(/^Not asked: user name and credential are missing/);
		expect(Object.values(stagesOf(row!))).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
		const lines = pathModelOf(report).servers.flatMap((server) => server.lines);
		expect(lines.find(({ url }) => url === TURN)!.state).toBe('untested');
		expect(report.conclusions.answers.find(({ question }) => question === 'turn-works')).toMatchObject({
			says: 'unknown',
			rule: 'turn-not-asked',
			missing: [{ rule: 'enter-missing-logins' }]
		});
	});

	test('alone in the list nothing is known, and no word says that a server was on this machine or its network', () => {
		const alone = reportOf([{ urls: [TURN] }], { [TURN]: NO_LOGIN });
		const answer = alone.conclusions.answers.find(({ question }) => question === 'calls-will-work')!;
		expect([answer.says, answer.rule]).toEqual(['unknown', 'calls-no-server-asked']);
		expect(alone.conclusions.headline.nextSteps).toEqual([{ rule: 'enter-missing-logins', values: {} }]);
		for (const write of Object.values(FORMS)) expect(write(alone)).not.toMatch(/on this machine|own network/);
		expect(toJunit(alone)).toContain('<failure type="turn-login-missing"');
	});

	test.each([
		['username', { credential: 'breeze' }],
		['credential', { username: 'bob' }],
		['credential', { username: 'bob', credential: '' }]
	])('says that the %s is what is missing', (missing, login) => {
		const one = reportOf([{ urls: [TURN], ...login }], { [TURN]: NO_LOGIN });
		expect(one.conclusions.servers.map(({ state, values }) => [state, values])).toEqual([['not-asked', { missing }]]);
	});

	test('is told apart from the same URL with a login', () => {
		const both = reportOf([{ urls: [TURN] }, { urls: [TURN], username: 'bob', credential: 'breeze' }]);
		const observations = both.observations.flatMap((one): Observation[] => {
			if (one.step === `server-gathering ${TURN}`)
				return [{ ...one, outcome: { state: 'failed', code: 'malformed', message: NO_LOGIN.message } } as Observation];
			return one.step === `relay ${TURN}` ? [{ ...one, step: `relay ${TURN} #2` }] : [one];
		});
		expect(judgeAgain({ ...both, observations }).conclusions.servers.map(({ state }) => state)).toEqual(['not-asked', 'works']);
	});
});

describe('what a server says counts more than how a login looks', () => {
	const odd: IceServer[] = [{ urls: [TURN], username: `${NOW / 1000 - 60}:bob`, credential: HEX }];
	const about = ['credential-hex', 'turn-credential-expired'];
	const told = (report: Report) => rulesOf(report).filter((rule) => about.includes(rule) || rule === 'server-unauthorized');

	test('one that allocated has taken it, so nothing is wrong with it', () => {
		expect(told(reportOf(odd))).toEqual([]);
	});

	test('one that is out of relays has taken it too', () => {
		expect(told(reportOf(odd, { [TURN]: { code: 486, text: 'Allocation Quota Reached' } }))).toEqual([]);
	});

	test('where it was refused, that is the cause and the refusal its consequence', () => {
		expect(told(reportOf(odd, { [TURN]: { code: 401, text: 'Unauthorized' } })).toSorted()).toEqual(about);
	});

	test('the refusal of another login at the same address stays', () => {
		const second = { urls: [TURN], username: 'ann', credential: 'breeze' };
		expect(told(reportOf([...odd, second], { [TURN]: { code: 401, text: 'Unauthorized' } })).toSorted()).toEqual([
			'credential-hex',
			'server-unauthorized',
			'turn-credential-expired'
		]);
	});

	test('several entries with one login have one fault', () => {
		const tcp = 'turn:203.0.113.77:3478?transport=tcp';
		const report = reportOf([...odd, { ...odd[0]!, urls: [tcp] }], { [TURN]: 'silent', [tcp]: 'refused' });
		expect(told(report).toSorted()).toEqual(about);
	});
});

test.each(
	Object.entries(SERVER_LIST_EXAMPLES).flatMap(([id, { bad, good }]) => [[id, bad] as const, [`${id}, kept to`, good] as const])
)('a redacted report is judged as its original: %s', (_, servers) => {
	const report = reportOf([], {});
	const observations = [listObservation(servers, NOW), ...report.observations.slice(1)];
	expectSameClasses(judgeAgain({ ...report, observations }));
	expect(JSON.stringify(observations)).not.toMatch(/:secret|"secret"/);
});

test('user names give way to placeholders, and facts about credentials stay', () => {
	const { report } = redactReport(reportOf([{ urls: [TURN], username: DAY, credential: HEX }]));
	const outcome = report.observations[0]!.outcome;
	expect(outcome).toMatchObject({
		data: { servers: [{ username: DAY.replace('bob', 'user-1'), credentialFacts: { characters: 40, alphabet: 'hex' } }] }
	});
});

test('a report without the list as it was is judged without it', () => {
	const report = reportOf([{ urls: [TURN], username: DAY, credential: HEX }], { [TURN]: 'silent' });
	const older = judgeAgain({ ...report, observations: report.observations.slice(1) });
	expect(older.conclusions.findings.filter(({ rule }) => SERVER_LINT_RULES.some(({ id }) => id === rule))).toEqual([]);
});
