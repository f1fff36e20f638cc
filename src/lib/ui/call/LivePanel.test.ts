/** A call as it stands and as it was: state, end, path, quality, each direction; and what can be chosen for the next one. */
import { getByLabelText, getByRole, getByText, queryByLabelText, queryByRole } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { CALL_CASES } from '../../../../tests/golden/calls-table';
import { reportOf } from '../../../../tests/support/components/reports';
import { press, show, textOf, textsOf, write } from '../../../../tests/support/components/show';
import type { LoopbackCall, Observation } from '../../core/observations/observation';
import { sentence } from '../../core/messages/en/sentence';
import { QUALITY_LIMIT_WORDS } from '../../core/messages/en/call-quality';
import { judgeAgain } from '../../core/report/judge-again';
import { concludeOwn } from '../../core/verdict/conclude-own';
import { QUALITY_LIMITS } from '../../core/call/quality-limits';
import { Session } from '../session.svelte';
import { pathNow } from './call-events';
import { CallSession } from './call-session.svelte';
import ChoicesPanel from './ChoicesPanel.svelte';
import Judgement from './Judgement.svelte';
import LivePanel from './LivePanel.svelte';
import LoadTest from './LoadTest.svelte';

/** A saved report of this case, opened. */
function opened(name: string, change: (call: LoopbackCall) => LoopbackCall = (call) => call) {
	const observations = CALL_CASES.find((one) => one.name === name)!.observations.map((one): Observation => {
		if (one.probe !== 'loopback-call' || one.outcome.state !== 'seen') return one;
		return { ...one, outcome: { state: 'seen', data: change(one.outcome.data) } };
	});
	const call = new CallSession();
	call.concludeOwn = concludeOwn;
	call.opened = judgeAgain({ ...reportOf('full cone'), observations });
	return call;
}

/** What the screen hands over of a call (CallScreen.svelte). */
function partsOf(call: CallSession) {
	const shown = call.shown!;
	return { call, shown, concluded: call.conclusionOf(shown.call)!, capped: false, path: pathNow(shown.recording) };
}

const ofCalls = CALL_CASES.filter(({ observations }) => observations.some(({ probe }) => probe === 'loopback-call'));
const WORDS = {
	good: ['fine', 'Good'],
	fair: ['warning', 'Fair'],
	poor: ['problem', 'Poor'],
	unknown: ['unknown', 'Not known']
};

describe.each(ofCalls)('$name', ({ name }) => {
	const parts = partsOf(opened(name));
	const { quality } = parts.concluded;

	test('is shown as a call that was, with its end, its path and its quality', () => {
		const page = show(LivePanel, { call: parts.call, shown: parts.shown, path: parts.path, concluded: parts.concluded });
		const { endedBy } = parts.shown.call!;
		const normal = endedBy === 'stopped' || endedBy === 'duration' || endedBy === 'page-left';
		const state = page.querySelector('header .status')!;
		expect([state.classList[1], textOf(state)]).toEqual([normal ? 'normal' : 'problem', 'Ended']);
		const facts = Object.fromEntries(
			[...page.querySelectorAll('dl > div')].map((one) => [textOf(one.querySelector('dt')), one.querySelector('dd')!])
		);
		expect(textOf(facts['Media path'])).toBe(parts.path ?? 'not yet');
		if (!quality) return;
		const status = facts['Quality']!.querySelector('.status')!;
		expect([status.classList[1], textOf(status)]).toEqual(WORDS[quality.overall]);
		const worst = quality.overall === 'poor' || quality.overall === 'fair';
		expect(textOf(facts['Quality']!.querySelector('.worst'))).toBe(
			worst ? sentence(quality.items.find(({ judgement }) => judgement === quality.overall)!) : ''
		);
	});

	test('is judged line by line, with the limits and where they come from', () => {
		const page = show(Judgement, parts);
		if (!quality) return void expect(queryByRole(page, 'heading', { name: 'Quality' })).toBeNull();
		for (const lack of quality.missing) getByText(page, sentence(lack), { exact: false });
		const rows = [...getByRole(page, 'region', { name: 'Quality, table' }).querySelectorAll('tbody tr')];
		expect(rows.map((row) => textOf(row.querySelector('.status')))).toEqual(
			quality.items.map(({ judgement }) => WORDS[judgement][1])
		);
		for (const [i, { limit, direction, value }] of quality.items.entries()) {
			const cells = textsOf(rows[i]!, 'th, td');
			const { cite } = QUALITY_LIMITS.find(({ id }) => id === limit)!;
			expect(cells[0]).toBe(QUALITY_LIMIT_WORDS[limit].label);
			expect(cells[1]).toBe(direction ? `${direction.from} to ${direction.to}` : 'whole path');
			expect(cells[2] === 'not measured').toBe(value === null);
			expect(cells[4]).toMatch(/^good [≤≥] .+, fair [≤≥] .+$/);
			getByText(page, `(${cite})`);
		}
	});
});

test.each([
	['stopped', 'The call was stopped.'],
	['duration', 'The time chosen is over.'],
	['not-connected', 'The two ends did not connect over this path.'],
	['path-lost', 'The path was lost during the call.'],
	['page-left', 'The page was left.'],
	['failed', 'The call could not be made. Out of sockets.']
] as const)('a call that ended by %s says: %s', (endedBy, said) => {
	const call = opened('a clean call', (data) => ({ ...data, endedBy, error: endedBy === 'failed' ? 'Out of sockets.' : null }));
	const { shown, concluded } = partsOf(call);
	const page = show(LivePanel, { call, shown, path: null, concluded });
	expect(textOf(page.querySelector('.ending'))).toBe(said);
});

test('marks are told by their kind and values, those of earlier versions in their own words', () => {
	const call = opened('a clean call', (data) => ({
		...data,
		marks: [
			{ atMs: 1000, kind: 'device-lost', values: { device: 'camera' } },
			{ atMs: 2000, kind: 'interrupted', text: 'Nothing came through for 4 s.' }
		]
	}));
	const { shown, concluded } = partsOf(call);
	const page = show(LivePanel, { call, shown, path: null, concluded });
	const told = [...page.querySelectorAll('.marks li')].map((one) => one.lastChild?.textContent);
	expect(told).toEqual(['The camera is gone; a synthetic picture takes its place.', 'Nothing came through for 4 s.']);
});

test('each direction is told by itself: what was sent, what arrived, what got lost', () => {
	const page = show(Judgement, partsOf(opened('2 % loss from caller to callee')));
	const rows = [...getByRole(page, 'region', { name: 'Each direction by itself, table' }).querySelectorAll('tbody tr')];
	const lost = Object.fromEntries(rows.map((row) => [textsOf(row, 'th')[0], textsOf(row, 'td')[2]]));
	expect(lost).toEqual({ 'caller to callee': '2.0 %', 'callee to caller': '0 %' });
});

describe('the load test of a saved report', () => {
	test.each([
		['a load without consequences', '0 %', ['80 Mbit/s', '2.0 ms', '10 ms']],
		['a load that makes all else late', '0 %', ['2 Mbit/s', '10 ms', '200 ms']],
		['a load that makes all else get lost', '20.0 %', ['2 Mbit/s', '10 ms', '20 ms']]
	])('%s: what each direction carried, and what became of small messages', (name, lost, figures) => {
		const page = show(LoadTest, { call: opened(name), ready: true });
		const rows = [...page.querySelectorAll('tbody tr')].map((row) => textsOf(row, 'td'));
		expect(rows).toEqual([
			['caller to callee', ...figures, lost],
			['callee to caller', ...figures, '0 %']
		]);
	});
});

describe('the choices', () => {
	function choices(
		servers = [{ urls: ['turn:turn.example.org:3478?transport=udp'], username: 'u', credential: 'c' }],
		webrtc = true
	) {
		const session = new Session();
		session.useDefaults(servers);
		session.webrtc = webrtc;
		const call = new CallSession();
		return { call, page: show(ChoicesPanel, { call, ready: true }, session) };
	}
	const cost = (page: HTMLElement) => {
		const button = getByRole(page, 'button', { name: 'Start the call' });
		return textOf(page.querySelector(`#${CSS.escape(button.getAttribute('aria-describedby')!)}`));
	};

	test('offer each TURN server as a path, and say where there is none', () => {
		const paths = (page: HTMLElement) => [...getByLabelText<HTMLSelectElement>(page, 'Path').options].map(({ value }) => value);
		expect(paths(choices().page)).toEqual(['any', 'host', 'srflx', 'turn:turn.example.org:3478?transport=udp']);
		const { page } = choices([]);
		expect(paths(page)).toEqual(['any', 'host']);
		expect(textOf(page.querySelector('.path .muted'))).not.toBe('');
	});

	test('say what a call costs before it is made', async () => {
		const { page, call } = choices();
		await write(getByLabelText<HTMLSelectElement>(page, 'Path'), 'turn:turn.example.org:3478?transport=udp');
		expect(cost(page)).toMatch(/^About 3\d s, .*MB/);
		call.durationS = null;
		await Promise.resolve();
		expect(cost(page)).toMatch(/^About .* for each minute\.$/);
		await write(getByLabelText<HTMLSelectElement>(page, 'Path'), 'host');
		expect(cost(page)).not.toMatch(/MB/);
	});

	test('have no video to choose where only audio is wanted', async () => {
		const { page } = choices();
		getByLabelText(page, 'Resolution');
		await press(getByLabelText(page, 'Audio only'));
		for (const label of ['Resolution', 'Frame rate']) expect(queryByLabelText(page, label)).toBeNull();
	});

	test('say that a browser without WebRTC cannot call, and offer no start', () => {
		const { page } = choices(undefined, false);
		expect(getByRole<HTMLButtonElement>(page, 'button', { name: 'Start the call' }).disabled).toBe(true);
		expect(cost(page)).toMatch(/no WebRTC/);
	});
});
