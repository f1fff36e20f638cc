/** Calls between browsers and other programs that speak WebRTC or SIP, and between those: what each wrote, and what is found in it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { lintRounds } from '../../src/lib/core/sdp/lint/lint';
import type { Finding, Profile, Round } from '../../src/lib/core/sdp/lint/rules/rule';
import { readDescription } from '../../src/lib/core/sdp/text/description';
import type { TestBrowser } from './browsers';
import { unjudged, type Exchange } from './sdp-captures';

export interface ProgramCall {
	/** `chromium-janus echo`: who offered first, who answered, what. */
	name: string;
	profile: Profile;
	versions: readonly string[];
	exchanges: Exchange[];
}

/** What rules find in what programs write, by code and call; `tests/fixtures/sdp-programs/SOURCES.md` says why each is true. */
export const JUDGED_OF_PROGRAMS: Readonly<Record<string, RegExp>> = {
	'DTLS-07': /^baresip-baresip keys in the description$/,
	'OA-06': /^\w+-janus room/,
	'OA-12': /^janus-\w+ room with less and more$|^firefox-janus echo (restarted|of more and less)$/,
	'PT-09': /^baresip-baresip plain RTP with video$/,
	'PT-25': /^janus-\w+ room with|^\w+-werift .*audio/
};

const roundsOf = ({ exchanges }: ProgramCall): Round[] =>
	exchanges.map(({ from, offer, answer }) => ({
		from,
		offer: readDescription(offer, 'offer'),
		answer: readDescription(answer, 'answer')
	}));

export const findingsOf = (call: ProgramCall): Finding[] => lintRounds(roundsOf(call), { profile: call.profile });

/** One line for each finding that is not judged: where, what, and the line it is about. */
export function unjudgedOf(call: ProgramCall): string[] {
	const texts = call.exchanges.flatMap(({ offer, answer }) => [offer, answer]);
	return unjudged(call.name, findingsOf(call), JUDGED_OF_PROGRAMS).map(
		({ description, line, severity, code, rule }) =>
			`${description}:${line} ${severity} ${code} ${rule}: ${texts[description]!.split(/\r?\n/)[line - 1]}`
	);
}

const FIXTURES = new URL('../fixtures/sdp-programs/', import.meta.url);

/** Writes a call for the unit tests, which start no programs, where the run records. Looked at in review, like every recording. */
export function keepProgramCall(call: ProgramCall): void {
	if (!process.env.RECORD) return;
	mkdirSync(FIXTURES, { recursive: true });
	const file = `${call.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.json`;
	writeFileSync(new URL(file, FIXTURES), `${withoutAddresses(JSON.stringify(call, null, '\t'))}\n`);
}

/** The addresses of the machine that records become ones of documentation (RFC 5737, RFC 3849). */
function withoutAddresses(text: string): string {
	const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).filter(({ internal }) => !internal));
	return own.reduce(
		(shown, { address, family }) => shown.replaceAll(address, family === 'IPv4' ? '192.0.2.1' : '2001:db8::1'),
		text
	);
}

/** A browser at a page with the harness `sdp-entry.ts`, as the end of a call. */
export interface BrowserEnd {
	call<R = void>(method: string, ...args: unknown[]): Promise<R>;
}

export function endOf(browser: TestBrowser): BrowserEnd {
	return {
		call: (method, ...args) => browser.evaluate(`sdpHarness.${method}(${args.map((arg) => JSON.stringify(arg)).join()})`)
	};
}
