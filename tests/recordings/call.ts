/** One call of a kind: opens its pages, carries what its ends tell each other, and does what the kind does to it. */
import type { Page } from 'playwright-core';
import type { TestBrowser } from '../support/browsers';
import type { Faults } from './faults';
import type { Candidate, Description, EndName, EndSpec, Fault, Kind, Step } from './kind';
import type { Servers } from './servers';

/** A page of either browser. */
export interface CallPage {
	evaluate(source: string): Promise<unknown>;
	/** What its ends said since the last time. */
	heard(take: (message: string) => void): void;
}

interface Message {
	end: EndName;
	description?: Description;
	candidate?: Candidate | null;
}

export async function chromiumPage(page: Page, url: string): Promise<CallPage> {
	let take: (message: string) => void = () => undefined;
	await page.exposeFunction('signal', (message: string) => take(message));
	await page.goto(url);
	return { evaluate: (source) => page.evaluate(source), heard: (listener) => (take = listener) };
}

/** Firefox is asked for its messages: nothing can be exposed to its pages. */
export async function firefoxPage(browser: TestBrowser, url: string, closing: (() => void)[]): Promise<CallPage> {
	await browser.goto(url);
	await browser.evaluate('void (window.signal = (message) => (window.outbox ??= []).push(message))');
	let take: (message: string) => void = () => undefined;
	let ended = false;
	closing.push(() => (ended = true));
	const poll = async () => {
		while (!ended) {
			const said = await browser.evaluate<string[]>('(window.outbox ?? []).splice(0)').catch(() => []);
			said.forEach((message) => take(message));
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	};
	void poll();
	return { evaluate: (source) => browser.evaluate(source), heard: (listener) => (take = listener) };
}

/** The other ends' ports, as candidates name them. */
function portOf({ candidate }: Candidate): number[] {
	const [, port] = /^candidate:\S+ \d \S+ \d+ \S+ (\d+) typ host/.exec(candidate) ?? [];
	return port && Number(port) > 1024 ? [Number(port)] : [];
}

export interface Surroundings {
	servers: Servers;
	faults: Faults;
	/** Takes the IPv4 address of an end away; what is returned gives it back. */
	takeAddress(end: EndName): Promise<() => Promise<void>>;
}

/** Resolves when the call is over, with what ends its faults; its pages stay open, so that it can be saved. */
export async function makeCall(
	kind: Kind,
	pages: Record<EndName, CallPage>,
	{ servers, faults, takeAddress }: Surroundings
): Promise<() => Promise<void>> {
	const ports = new Set<number>();
	const begun = new Set<Fault>();
	const atEnd: (() => Promise<void>)[] = [];
	const begin = async (fault: Fault) => {
		begun.add(fault);
		await faults.begin(fault, [...ports]);
	};
	const deliver = async ({ end, description, candidate }: Message) => {
		const to: EndName = end === 'a' ? 'b' : 'a';
		if (end === 'a' && candidate) {
			const found = portOf(candidate).filter((port) => !ports.has(port));
			for (const port of found) ports.add(port);
			for (const fault of begun) await faults.begin(fault, found);
		}
		const passed: Omit<Message, 'end'> = {};
		if (description) {
			const told = kind.describe ? kind.describe(description, end) : description;
			if (told) passed.description = told;
		}
		if (candidate) {
			const told = kind.trickle ? kind.trickle(candidate, end) : candidate;
			if (told) passed.candidate = told;
		}
		if (passed.description || passed.candidate)
			await pages[to].evaluate(`give('${to}', ${JSON.stringify(passed)})`).catch(() => undefined);
	};
	// In the order in which they were said.
	let queue = Promise.resolve();
	const take = (message: string) => {
		queue = queue.then(() => deliver(JSON.parse(message) as Message));
	};
	if (!kind.alone) for (const page of new Set([pages.a, pages.b])) page.heard(take);

	const open = async (end: EndName, { servers: names = [], config = {}, code = '' }: EndSpec = {}) => {
		const iceServers = names.map((name) => servers.entry(name));
		await pages[end].evaluate(`open_('${end}', ${JSON.stringify({ config: { ...config, iceServers }, code })})`);
	};
	if (!kind.alone) await open('b', kind.b);
	// What needs a device fails here where there is none; then there is no offer either.
	const opened = await open('a', kind.a ?? { code: "peer.createDataChannel('messages');" }).then(
		() => true,
		(error) => (process.stdout.write(`  ${kind.name}: ${String(error).split('\n')[0]}\n`), false)
	);
	if (kind.fault) begun.add(kind.fault);
	const { closedPorts = [] } = kind;
	await faults.begin('all', closedPorts);
	atEnd.push(() => faults.end('all', closedPorts));
	// With its ports blocked before the other end knows them.
	if (opened && !kind.alone) await pages.a.evaluate(`offer('a', ${kind.fault === undefined})`);
	const startMs = Date.now();
	const until = (s: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, startMs + 1000 * s - Date.now())));
	const act = async ({ a, b, fault, heal, stop, restart, startAnew, cut, addressOf }: Step) => {
		if (a) await pages.a.evaluate(`later('a', ${JSON.stringify(a)})`);
		if (b) await pages.b.evaluate(`later('b', ${JSON.stringify(b)})`);
		if (fault) await begin(fault);
		if (heal) for (const each of begun) await faults.end(each, [...ports]);
		if (heal) begun.clear();
		if (stop) await servers.stop(stop);
		if (restart) await servers.restart(restart, { secret: 'another-secret' });
		if (startAnew) await servers.restart(startAnew);
		if (cut) {
			const port = Number(/:(\d+)\?/.exec(servers.entry(cut).urls)![1]);
			await faults.begin('all', [port]);
			atEnd.push(() => faults.end('all', [port]));
		}
		if (addressOf) atEnd.push(await takeAddress(addressOf));
	};
	for (const step of kind.then ?? []) {
		await until(step.afterS);
		await act(step);
	}
	await until(kind.seconds);
	// Ports are used again by the calls after this one.
	return async () => {
		for (const each of begun) await faults.end(each, [...ports]);
		for (const each of atEnd) await each();
	};
}
