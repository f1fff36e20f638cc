/** What the run does with its steps. In Node: there fetch is real and WebRTC is missing, as in a browser that has it off. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, type CheckConfig } from '../../core/plan/config';
import type { PlannedStep, Step, StepOf } from '../../core/plan/plan';
import { run } from './run';

let server: Server | null = null;
afterEach(() => {
	server?.closeAllConnections();
	server?.close();
	server = null;
});

async function serve(listener: RequestListener): Promise<string> {
	server = createServer(listener);
	await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const config: CheckConfig = {
	iceServers: [{ urls: ['stun:203.0.113.1'] }],
	profile: 'full',
	limits: DEFAULT_LIMITS,
	mediaPermission: false
};
/** A deadline that no test lives to see: what ends before it was ended by something else. */
const NEVER_MS = 3_600_000;
const frame = (id: string) => ({
	id,
	target: null,
	server: null,
	title: '',
	delayMs: 0,
	deadlineMs: 1000,
	after: [],
	patienceMs: null,
	cost: { seconds: 0, bytes: 0 }
});
const step = (id: string, more: Partial<Step> & { target: string }): StepOf<'app-reachability'> => ({
	...frame(id),
	...more,
	probe: 'app-reachability'
});

describe('run', () => {
	test('records the status, the round trip and the address seen by an app that is reached', async () => {
		const origin = await serve((_request, response) => response.end('{"address":"192.0.2.7"}'));
		const [observation] = await run([step('a', { target: `${origin}/api/echo` })], config);
		expect(observation).toMatchObject({
			probe: 'app-reachability',
			step: 'a',
			target: `${origin}/api/echo`,
			outcome: { state: 'seen', data: { status: 200, clientAddress: '192.0.2.7' } }
		});
		expect(observation!.tookMs).toBeGreaterThan(0);
	});

	test('records the status but no address for an answer that is not JSON', async () => {
		const origin = await serve((_request, response) => response.writeHead(502).end('<html>'));
		const [observation] = await run([step('a', { target: origin })], config);
		expect(observation!.outcome).toMatchObject({ state: 'seen', data: { status: 502, clientAddress: null } });
	});

	test('reports a timeout for no answer and a refusal for a closed port', async () => {
		const silent = await serve(() => {});
		const closed = createServer();
		await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
		const { port } = closed.address() as AddressInfo;
		await new Promise((resolve) => closed.close(resolve));
		const plan = [step('silent', { target: silent, deadlineMs: 150 }), step('closed', { target: `http://127.0.0.1:${port}/` })];
		const observations = await run(plan, config);
		const outcome = (id: string) => observations.find((observation) => observation.step === id)!;
		expect(outcome('silent').outcome).toMatchObject({ state: 'failed', code: 'timeout' });
		expect(outcome('silent').tookMs).toBeGreaterThan(140);
		expect(outcome('closed').outcome).toMatchObject({ state: 'failed', code: 'refused' });
	});

	test('fails every probe that needs WebRTC where there is none, and skips those that depend on them', async () => {
		const plan: PlannedStep[] = [
			{ ...frame('server-gathering x'), probe: 'server-gathering', target: 'stun:203.0.113.1', server: 0 },
			{ ...frame('ice-gathering'), probe: 'ice-gathering', withPermission: false },
			{ ...frame('nat-mapping early'), probe: 'nat-mapping', after: ['server-gathering x'], patienceMs: 100 },
			{ ...frame('relay x'), probe: 'relay', target: 'turn:203.0.113.1', server: 0, after: ['server-gathering x'] }
		];
		const outcomes = Object.fromEntries((await run(plan, config)).map(({ step, outcome }) => [step, outcome]));
		const unsupported = { state: 'failed', code: 'no-webrtc', because: { rule: 'failed-no-webrtc', values: {} } };
		expect(outcomes['server-gathering x']).toEqual(unsupported);
		expect(outcomes['ice-gathering']).toEqual(unsupported);
		expect(outcomes['nat-mapping early']).toMatchObject({ state: 'skipped' });
		expect(outcomes['relay x']).toMatchObject({ state: 'skipped' });
	});

	test('begins a step after those it waits for and its own delay, and reports its index', async () => {
		// The slow one answers when the patient one, which is not to wait for it, has begun.
		let patientBegins!: () => void;
		const patientBegan = new Promise<void>((resolve) => (patientBegins = resolve));
		const origin = await serve((request, response) => {
			void (request.url === '/slow' ? patientBegan : Promise.resolve()).then(() => response.end('{}'));
		});
		const plan = [
			step('slow', { target: `${origin}/slow`, deadlineMs: NEVER_MS }),
			step('next', { target: `${origin}/`, after: ['slow'], delayMs: 50 }),
			step('patient', { target: `${origin}/`, after: ['slow', 'quick'], patienceMs: 20 }),
			step('quick', { target: `${origin}/` })
		];
		const started: string[] = [];
		const reported: [number, string][] = [];
		const observations = await run(plan, config, {
			onStepStart: ({ id }) => {
				started.push(id);
				if (id === 'patient') patientBegins();
			},
			onObservation: ({ step }, index) => reported.push([index, step])
		});
		expect(started).toEqual(['slow', 'quick', 'patient', 'next']);
		expect(reported).toEqual(observations.map(({ step }, index) => [index, step]));
		const at = (id: string) => observations.find((observation) => observation.step === id)!;
		expect(at('next').startedMs).toBeGreaterThanOrEqual(at('slow').startedMs + at('slow').tookMs + 49);
		expect(at('patient').startedMs).toBeGreaterThanOrEqual(at('quick').startedMs + at('quick').tookMs + 19);
	});

	test('records time in which the page was hidden or stalled only with the step during which it happened', async () => {
		const origin = await serve((_request, response) => response.end('{}'));
		const plan = [step('held', { target: origin }), step('free', { target: origin, after: ['held'] })];
		const observations = await run(plan, config, {
			onStepStart: ({ id }) => {
				const until = performance.now() + 300;
				while (id === 'held' && performance.now() < until);
			}
		});
		const [held, free] = observations.map(({ pausedMs }) => pausedMs!);
		expect(held!.hidden).toBe(0);
		// All but the 25 ms after which the next timer was due.
		expect(held!.stalled).toBeGreaterThanOrEqual(270);
		expect(held!.stalled).toBeLessThanOrEqual(observations[0]!.tookMs + 1);
		expect(free!.stalled).toBeLessThanOrEqual(observations[1]!.tookMs + 1);
	});

	test('ends running steps at once when cancelled, and does not begin others', async () => {
		const controller = new AbortController();
		const origin = await serve(() => controller.abort());
		const plan = [
			step('running', { target: origin, deadlineMs: NEVER_MS }),
			step('waiting', { target: origin, after: ['running'] })
		];
		const started: string[] = [];
		const observations = await run(plan, config, { signal: controller.signal, onStepStart: ({ id }) => started.push(id) });
		expect(started).toEqual(['running']);
		expect(observations.map(({ outcome }) => outcome)).toEqual([
			{ state: 'failed', code: 'aborted', because: { rule: 'failed-cancelled', values: {} } },
			{ state: 'failed', code: 'aborted', because: { rule: 'failed-cancelled', values: {} } }
		]);
	});

	test('does not run a step that is cancelled while it is announced', async () => {
		let requests = 0;
		const origin = await serve(() => requests++);
		const controller = new AbortController();
		const [observation] = await run([step('a', { target: origin, deadlineMs: NEVER_MS })], config, {
			signal: controller.signal,
			onStepStart: () => controller.abort()
		});
		expect(observation!.outcome).toMatchObject({ state: 'failed', code: 'aborted' });
		expect(requests).toBe(0);
	});

	test('starts nothing with a signal that is aborted already', async () => {
		const started: string[] = [];
		const observations = await run([step('a', { target: 'http://127.0.0.1:9/' })], config, {
			signal: AbortSignal.abort(),
			onStepStart: ({ id }) => started.push(id)
		});
		expect(started).toEqual([]);
		expect(observations[0]!.outcome).toMatchObject({ state: 'failed', code: 'aborted' });
	});
});
