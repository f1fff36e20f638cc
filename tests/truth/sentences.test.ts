/**
 * No sentence without a witness: over generated networks and server lists every sentence of a check is compared with what really
 * happened on the wire, at the end of the run and at a moment on the way. `npm run lab -- truth` takes 20,000 networks, other ones each time.
 */
import { describe, expect, test } from 'vitest';
import { CLAIMS, falsity, NO_CLAIM } from './claims-table';
import { DECIDED, KINDS_OF_UNKNOWN } from './decided';
import { allSaid, conclusionsOf, falsities, shrunk, truthOf } from './falsities';
import { runCheck } from './run';
import { makeWorld, type World } from './world';

const LONG = process.env.ICELENS_TRUTH === 'full';
const FIRST = Number(process.env.ICELENS_TRUTH_SEED ?? (LONG ? Date.now() % 1_000_000_000 : 1));
const COUNT = Number(process.env.ICELENS_TRUTH_COUNT ?? (LONG ? 20_000 : 2000));

const runs = () => Array.from({ length: COUNT }, (_, i) => FIRST + i);

const UNKNOWN_AT_MOST = 0.02;

/**
 * Questions that fewer networks decide: the need for TURN takes a mapping and a filter that were both seen, IPv6 a device that has it and
 * a browser that tells it.
 */
const FEWER: Record<string, number> = { 'needs-turn': 50, 'ipv6-usable': 75 };

/** In how many networks each rule speaks at least. */
const OFTEN = LONG ? 20 : 1;
/** Rules that take a loss at one moment of one step: rules-speak.test.ts and filtering-rules.test.ts have them. */
const BY_CHANCE = ['relay-second-allocation-unanswered', 'filtering-contradicts-itself'];
/** What is said only until a server was asked alone, where the moment on the way is one between two steps: half as often. */
const RARE: readonly string[] = ['ipv6-answered-when-all-were-asked'];
const leastOf = (rule: string) => (RARE.includes(rule) ? Math.floor(OFTEN / 2) : OFTEN);

/** Rules that speak of what these networks do not have, or of what these browsers do not do, and where they are tested. */
const SELDOM: Record<string, readonly string[]> = {
	'runs here are not stopped, and pages not hidden (candidate-errors.test.ts, servers.test.ts)': [
		'server-not-asked',
		'server-test-failed',
		'server-silence-not-heard',
		'stopped-early',
		'tls-handshake-unanswered',
		'tls-silent',
		'tcp-silent',
		'udp-silent',
		'tcp-accepted-then-silent'
	],
	'no browser here says so (candidate-errors.test.ts)': [
		'credential-not-given',
		'stun-asks-credential',
		'redirect-to-disallowed-port',
		'stun-refuses',
		'loopback-not-used',
		'headline-loopback-not-used',
		'webrtc-missing',
		'headline-webrtc-missing',
		'family-not-here',
		'wrong-interface',
		'socket-not-made',
		'not-reached',
		'relay-allocated',
		'stuns-without-tls',
		'stun-answered',
		'turn-port-not-allowed'
	],
	'nobody answers in the place of the app here (captive-portal.test.ts)': ['captive-portal-signs'],
	'devices here have one interface a family (natlab check-interfaces.test.ts)': ['interfaces-seen-apart'],
	'no prober and no test of hairpinning here (natlab)': [
		'udp-to-prober-and-back',
		'mapping-prober-two-addresses-agree',
		'mapping-prober-ports-differ',
		'mapping-prober-addresses-differ',
		'filtering-methods-disagree',
		'filtering-prober-let-in',
		'filtering-prober-by-address',
		'filtering-prober-by-address-and-port',
		'filtering-prober-partner-tells-nothing',
		'hairpin-returned',
		'hairpin-arrived-unanswered',
		'hairpin-lost',
		'hairpin-inconclusive'
	],
	'no such list here (server-lint.test.ts, credential-rules.test.ts, golden/server-lists.test.ts)': [
		'server-without-address',
		'address-empty',
		'address-scheme',
		'address-without-scheme',
		'address-slashes',
		'address-with-user',
		'ipv6-without-brackets',
		'port-invalid',
		'stun-with-transport',
		'transport-unknown',
		'address-malformed',
		'address-placeholder',
		'transport-in-capitals',
		'stuns-scheme',
		'port-blocked-by-firefox',
		'username-too-long',
		'turn-port-not-tried',
		'turns-over-udp',
		'turn-list-cut',
		'login-with-spaces',
		'address-with-spaces',
		'address-twice',
		'address-unusable',
		'stun-with-login',
		'login-placeholder',
		'credential-hex',
		'credential-base64-of-hex',
		'credential-time-in-milliseconds',
		'credential-expires-during-run',
		'credential-expires-soon',
		'login-filler'
	],
	'all that browsers refuse here lacks a login (servers.test.ts)': [
		'server-refused-by-browser',
		'entry-makes-browser-refuse-list'
	],
	'every list here is written down, so that its own rules speak (conclude.test.ts)': ['no-server-listed'],
	'no such device or NAT here (conclude.test.ts)': [
		'nat64-signs',
		'mapping-sockets-mixed',
		'hairpin-no-nat',
		'port-shifted-or-counted'
	]
};
const EXCUSED: ReadonlySet<string> = new Set(Object.values(SELDOM).flat());

describe(`${COUNT} networks from seed ${FIRST}`, () => {
	const fired = new Map<string, number>();
	const asked = new Map<string, { decided: number; unknown: string[] }>();

	test('make no sentence false', { timeout: 1_800_000 }, () => {
		for (const seed of runs()) {
			const world = makeWorld(seed);
			const run = runCheck(world);
			const conclusions = conclusionsOf(run);
			const onTheWay = 1 + (seed % run.observations.length);
			const found = [...falsities(run), ...falsities(run, onTheWay)];
			if (found.length > 0) expect.fail(told(shrunk(world, found[0]!.rule), found[0]!));
			const spoken = [...allSaid(conclusions), ...allSaid(conclusionsOf(run, onTheWay))].map(({ said }) => said.rule);
			for (const rule of new Set(spoken)) fired.set(rule, (fired.get(rule) ?? 0) + 1);
			for (const { question, says, rule } of conclusions.answers) {
				// What a browser lacks may be all that told it, and what it leaves out is asked of no server.
				if (world.lacks.length > 0 || world.limit !== null) break;
				if (!DECIDED[question]?.(run)) continue;
				const counts = asked.get(question) ?? { decided: 0, unknown: [] };
				counts.decided++;
				if (says === 'unknown') counts.unknown.push(`${rule} (seed ${seed})`);
				asked.set(question, counts);
			}
		}
	});

	test('let every rule speak', () => {
		const silent = Object.keys(CLAIMS).filter(
			(rule) => (fired.get(rule) ?? 0) < leastOf(rule) && !EXCUSED.has(rule) && !BY_CHANCE.includes(rule)
		);
		expect(silent.map((rule) => `${rule}: ${fired.get(rule) ?? 0}`)).toEqual([]);
		expect([...EXCUSED].filter((rule) => fired.has(rule))).toEqual([]);
	});

	test.each(Object.keys(DECIDED))('leave %s unknown in at most 2 % of those where the packets decide it', (question) => {
		const { decided, unknown } = asked.get(question)!;
		expect(decided).toBeGreaterThan(FEWER[question] ?? 100);
		expect(unknown.length / decided, unknown.join(', ')).toBeLessThanOrEqual(UNKNOWN_AT_MOST);
		expect(unknown.filter((each) => !KINDS_OF_UNKNOWN[question]!.includes(each.split(' ')[0]!))).toEqual([]);
	});
});

test('two users at one address have a row each, and each its own outcome', () => {
	const rows = Array.from({ length: 300 }, (_, i) => runCheck(makeWorld(i)))
		.filter(({ world }) => world.list.some(({ username, credential }) => username === 'bob' && credential === 'wrong'))
		.map((run) => conclusionsOf(run).servers.filter(({ username }) => username !== null));
	const outcomes = rows.map((each) => each.map(({ username, state }) => `${username} ${state}`).sort());
	expect(outcomes).toContainEqual(['alice works', 'bob unauthorized']);
	for (const each of rows) expect(each.filter(({ username, state }) => username === 'bob' && state === 'works')).toEqual([]);
});

describe('a sentence that is false', () => {
	const run = Array.from({ length: 200 }, (_, i) => runCheck(makeWorld(i))).find(
		(each) => each.world.device.ipv6 !== null && truthOf(each).toldOutside().length > 0
	)!;
	const truth = truthOf(run);
	const nowhere = { row: null, family: null, direct: null } as const;
	const answering = truth.toldOutside()[0]!.url;

	test.each([
		['udp-not-decided-yet', {}],
		['calls-nothing-answers', { serverHosts: 3 }],
		['udp-one-silent-server', { urls: [answering], silentForMs: 5000 }],
		['turn-all-work', { workingUrls: ['turn:198.51.100.99'], roundTripMs: null }],
		['nat64-signs', {}],
		['ipv6-not-assigned', { deviceAddresses: [] }]
	])('is found: %s', (rule, values) => {
		expect(falsity({ rule, values }, truth, nowhere)).not.toBeNull();
	});

	test('is not found where nothing is claimed', () => {
		expect(CLAIMS['mapping-unfinished']).toBe(NO_CLAIM);
		expect(falsity({ rule: 'mapping-unfinished', values: {} }, truth, nowhere)).toBeNull();
	});
});

function told(
	world: World,
	{ rule, why, sentence, observed }: { rule: string; why: string; sentence: string; observed: number }
): string {
	return [
		`${rule}: ${why}`,
		`  “${sentence}”`,
		`  after ${observed} observations of seed ${world.seed}; the smallest network in which it is false:`,
		JSON.stringify(world, null, '\t')
	].join('\n');
}
