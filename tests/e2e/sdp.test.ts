/** The SDP linter and workbench against real browsers: what they write is no problem, what they refuse is found. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyse, type LocatedFinding } from '../../src/lib/core/inspection/analysis';
import { locateError } from '../../src/lib/core/inspection/error-place';
import { decodeBrowserError } from '../../src/lib/core/sdp/errors/decode';
import { readDescription } from '../../src/lib/core/sdp/text/description';
import { lintRounds, lintSingle } from '../../src/lib/core/sdp/lint/lint';
import { JSEP_SHAPES } from '../golden/jsep-shapes';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { startProbePage, type ProbePage } from '../support/probe-page';
import { describeWith } from '../support/require';
import type { GivenDescription } from '../../src/lib/core/dump/recognised';
import type { Judgement } from '../../src/lib/probes/sdp-judge';
import { capture, keepCapture, unjudged, type Capture } from '../support/sdp-captures';
import { SCENARIOS } from '../support/sdp-scenarios';
import { REFUSED, type Originals } from './sdp-errors-table';

describeWith(['chromium', 'firefox'], 'descriptions of real browsers', () => {
	let page: ProbePage;
	let browsers: Record<BrowserName, TestBrowser>;

	beforeAll(async () => {
		page = await startProbePage('sdp-entry.ts');
		const [chromium, firefox] = await Promise.all([launchBrowser('chromium'), launchBrowser('firefox')]);
		browsers = { chromium, firefox };
		await Promise.all([chromium.goto(page.url), firefox.goto(page.url)]);
	});

	afterAll(async () => {
		await Promise.all(Object.values(browsers ?? {}).map((browser) => browser.close()));
		await page?.close();
	});

	const PAIRS = [
		['chromium', 'chromium'],
		['firefox', 'firefox'],
		['chromium', 'firefox'],
		['firefox', 'chromium']
	] as const;

	describe.each(PAIRS)('%s calls %s', (offerer, answerer) => {
		const scenarios = Object.keys(SCENARIOS).filter((name) => offerer === answerer || !SCENARIOS[name]!.within);
		test.each(scenarios)('%s: no problem is found but what is judged', async (scenario) => {
			const captured: Capture = await capture(scenario, browsers[offerer], browsers[answerer]);
			const { exchanges } = captured;
			if (process.env.RECORD) keepCapture(captured, [browsers[offerer].version, browsers[answerer].version]);
			const rounds = exchanges.map(({ from, offer, answer }) => ({
				from,
				offer: readDescription(offer, 'offer'),
				answer: readDescription(answer, 'answer')
			}));
			const findings = lintRounds(rounds);
			const problems = unjudged(
				captured.name,
				findings.filter(({ severity }) => severity === 'problem')
			);
			expect(
				problems.map(({ code, description, line, values }) => `${description}:${line} ${code} ${JSON.stringify(values)}`)
			).toEqual([]);
		});
	});

	const OFFERS = Object.entries(JSEP_SHAPES).flatMap(([name, exchanges]) =>
		exchanges.map(({ offer }, at) => [at === 0 ? `${name}, first` : `${name}, later`, offer] as const)
	);
	describe.each(['chromium', 'firefox'] as const)('offers like the examples of RFC 9429, given to %s', (browser) => {
		test.each(OFFERS)('%s: it refuses what a finding says that it refuses', async (_, offer) => {
			const findings = lintSingle(readDescription(offer, 'offer'));
			const refused = findings.some(({ refusedBy }) => refusedBy.includes(browser));
			const said = await browsers[browser].evaluate<Judgement>(`sdpHarness.judgeOffer(${JSON.stringify(offer)})`);
			expect(said, JSON.stringify(said)).toMatchObject({ verdict: refused ? 'refused' : 'accepted' });
		});
	});

	describe('what Chromium refuses, the rules find, with the same line', () => {
		let from: Originals;
		const call = <R>(method: string, ...args: unknown[]): Promise<R> =>
			browsers.chromium.evaluate<R>(`sdpHarness.${method}(${args.map((arg) => JSON.stringify(arg)).join()})`);
		const given = (text: string, role: 'offer' | 'answer'): GivenDescription => ({
			label: role,
			role,
			text,
			places: null,
			peer: null,
			local: null
		});
		/** What the rules, and the explanation of the message, say about the description that was refused. */
		function judged(descriptions: GivenDescription[], message: string, code: string) {
			const analysis = analyse(descriptions);
			const refused = descriptions.length - 1;
			const raw = (line: number, index = refused) => analysis.descriptions[index]!.sdp.document.lines[line - 1]?.raw ?? '';
			const findings: LocatedFinding[] = analysis.findings.filter((finding) => finding.code === code);
			const decoded = decodeBrowserError(message);
			const place = decoded ? locateError(decoded, analysis, refused) : null;
			return {
				lines: findings.map(({ line, description }) => raw(line, description)),
				decoded,
				place: place ? raw(place.line, place.description) : null
			};
		}

		beforeAll(async () => {
			await call('make', 'a', { audio: true, video: true, data: true });
			await call('make', 'b', {});
			const offer = await call<string>('offer', 'a');
			const answer = await call<string>('answer', 'b', offer, { audio: true, video: true });
			await call('make', 's', { simulcast: true });
			from = {
				offer,
				answer,
				simulcast: await call<string>('createOffer', 's')
			};
		});

		test('what it wrote itself it takes, as offer and as answer', async () => {
			expect(await call('judgeOffer', from.offer)).toEqual({ role: 'offer', verdict: 'accepted' });
			expect(await call('judgeAnswer', from.offer, from.answer)).toEqual({ role: 'answer', verdict: 'accepted' });
			expect(await call('judgeOffer', from.simulcast)).toEqual({ role: 'offer', verdict: 'accepted' });
		});

		test.each(REFUSED)('$name: Chromium refuses it, and $rule finds the line', async ({ make, says, rule, line }) => {
			const { offer, answer } = make(from);
			const said = await (answer === undefined
				? call<Judgement>('judgeOffer', offer)
				: call<Judgement>('judgeAnswer', offer, answer));
			expect(said).toMatchObject({ verdict: 'refused', message: expect.stringMatching(says) });
			const message = said.verdict === 'refused' ? said.message : '';
			const { lines, decoded, place } = judged(
				answer === undefined ? [given(offer, 'offer')] : [given(offer, 'offer'), given(answer, 'answer')],
				message,
				rule
			);
			expect(lines).toContainEqual(expect.stringMatching(line));
			expect(decoded).not.toBeNull();
			expect(place).toMatch(line);
		});

		test('sections in another order in a later offer are refused, and OA-13 finds the line', async () => {
			const [session, audio, video, data] = from.offer.split(/(?=^m=)/m);
			const next = [session, video, audio, data].join('');
			const message = await call<string>('refusal', 'b', 'remote', 'offer', next);
			expect(message).toMatch(/order of m-lines in subsequent offer/);
			const { lines, place } = judged(
				[given(from.offer, 'offer'), given(from.answer, 'answer'), given(next, 'offer')],
				message,
				'OA-13'
			);
			expect(lines).toContainEqual(expect.stringMatching(/^m=(audio|video)/));
			expect(place).toMatch(/^m=(audio|video)/);
		});

		test('the message for an answer out of turn is explained without blaming the text', async () => {
			await call('make', 'x', { audio: true });
			const message = await call<string>('refusal', 'x', 'remote', 'answer', from.answer);
			expect(message).toMatch(/Called in wrong state/);
			expect(decodeBrowserError(message)).toMatchObject({ rules: [] });
		});
	});
});
