/** `icelens check`: the same check as the page's, run by the page itself in a browser without a window. */
import { read } from '../lib/core/base/schema';
import type { IceServer } from '../lib/core/ice/server';
import { isLoopbackUrl } from '../lib/core/ice/loopback';
import { parseServers } from '../lib/core/ice/server-config';
import { iceServersAnswer } from '../lib/core/observations/app-answers';
import type { Profile } from '../lib/core/plan/config';
import { toJson } from '../lib/core/report/export/json';
import { judgeAgain } from '../lib/core/report/judge-again';
import { parseReport } from '../lib/core/report/parse';
import type { Report } from '../lib/core/report/report';
import { withCredential } from '../lib/server/ice-servers';
import { mintRestCredentials } from '../lib/server/turn/rest-credentials';
import { readArguments, readInput, readReportFormat } from './arguments';
import { findBrowser, openPage, type DrivenPage } from './browser';
import { CliError } from './errors';
import { tryToWrite, writeOut } from './out-file';
import { makeProgress } from './progress';
import { serveApp } from './serve';
import { OUTPUT_OPTIONS, applyRedaction, reportOutput } from './report-output';
import { onStopSignals } from './signals';
import { exitStatus } from './status';
import { print } from './terminal';

/** Nothing in a check takes this long: every step has its own deadline. Past it, the browser is stuck. */
const STUCK_MS = 300_000;
/** Credentials made from a shared secret: for this run alone. */
const SECRET_LIFETIME_S = 600;
/** How long the page may take to come up. */
const PAGE_MS = 20_000;

const OPTIONS = {
	servers: { type: 'string' },
	url: { type: 'string' },
	browser: { type: 'string' },
	profile: { type: 'string' },
	deadline: { type: 'string' },
	hairpin: { type: 'boolean' },
	out: { type: 'string' },
	...OUTPUT_OPTIONS
} as const;

export async function check(args: string[]): Promise<number> {
	const { values } = readArguments(args, OPTIONS, 0);
	const format = readReportFormat(values.format);
	const profile = readProfile(values.profile);
	const deadlineMs = readDeadline(values.deadline);
	const progress = makeProgress();
	const asked = values.servers === undefined ? null : await readServers(values.servers, progress.note);
	const url = values.url === undefined ? null : readUrl(values.url);
	const browser = findBrowser(values.browser);
	// Before the run: minutes of it are not to end in a file that cannot be written.
	if (values.out !== undefined) tryToWrite(values.out);
	const app = url === null ? await serveQuietly() : null;
	// Also one that is only about to start: it would stay.
	let opening: Promise<DrivenPage> | null = null;
	const closeAll = () => Promise.all([opening?.then((page) => page.close()), app?.close()]).then(() => progress.end());
	const forget = onStopSignals(closeAll);
	try {
		const base = url ?? app!.url;
		const iceServers = asked ?? (await serversOf(base));
		const loopback = iceServers.some(({ urls }) => urls.some(isLoopbackUrl));
		opening = openPage(browser, { loopback, note: progress.note, elsewhere: url });
		const page = await opening;
		let report: Report;
		try {
			report = await runIn(
				page,
				base,
				{
					iceServers,
					profile,
					hairpin: values.hairpin ?? false,
					usesLoopback: loopback && browser.kind === 'firefox',
					...(deadlineMs === null ? {} : { limits: { deadlineMs } })
				},
				progress.observation
			);
		} finally {
			await page.close();
			progress.end();
		}
		print(reportOutput(applyRedaction(report, format, values), format));
		// The file is the report itself, whatever is printed; --redact is about both. Printed first: a full disk must not cost it.
		if (values.out !== undefined) writeOut(values.out, toJson(applyRedaction(report, 'json', values)));
		return exitStatus(report.conclusions);
	} finally {
		forget();
		await app?.close();
	}
}

/** The app for one browser and one run: on a free port of the loopback, its STUN/TURN server too. */
async function serveQuietly() {
	process.env.ICELENS_STUN_PORT ??= '0';
	process.env.ICELENS_TLS_PORT ??= '0';
	delete process.env.ORIGIN;
	return serveApp({ host: '127.0.0.1', port: 0 });
}

async function runIn(page: DrivenPage, base: string, config: object, seen: (text: string) => void): Promise<Report> {
	await page.expose('icelensSeen', seen);
	try {
		await page.goto(`${base}/`);
	} catch (error) {
		throw new CliError(`${base}/ could not be opened: ${(error as Error).message.split('\n')[0]}.`);
	}
	for (const until = Date.now() + PAGE_MS; !(await page.evaluate<boolean>('typeof window.icelens === "object"'));) {
		if (Date.now() > until) throw new CliError(`${base}/ is not an Icelens app, or one that is older than this command.`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	const call = `window.icelens.check(${JSON.stringify(config)}, (o) => void window.icelensSeen(JSON.stringify(o))).then(JSON.stringify)`;
	const text = await Promise.race([page.evaluate<string>(call), stuck()]);
	// The page may be another version's, by --url: its report is read like a file's.
	const parsed = parseReport(text);
	if (!parsed.ok) throw new CliError(`The page's report cannot be read: ${parsed.error.message}`);
	return judgeAgain(parsed.value);
}

function stuck(): Promise<never> {
	return new Promise((_, reject) => {
		const message = `The browser gave no report within ${STUCK_MS / 60_000} minutes.`;
		setTimeout(() => reject(new CliError(message)), STUCK_MS).unref();
	});
}

/** The app's own servers, as its page would offer them. */
async function serversOf(base: string): Promise<IceServer[]> {
	try {
		const response = await fetch(`${base}/api/ice-servers`);
		if (!response.ok) throw new Error(`status ${response.status}`);
		const answer = read(iceServersAnswer, await response.json(), 'its answer');
		if (!answer.ok) throw new Error(answer.error.message);
		return answer.value.iceServers;
	} catch (error) {
		const cause = (error as { cause?: Error }).cause?.message;
		throw new CliError(
			`${base} did not say which servers to check: ${cause ?? (error as Error).message}. Name them with --servers.`
		);
	}
}

async function readServers(file: string, note: (text: string) => void): Promise<IceServer[]> {
	const parsed = parseServers(readInput(file));
	if (!parsed.ok) throw new CliError(`${file}: ${[parsed.error.where, parsed.error.message].filter(Boolean).join(': ')}`);
	const { servers, notes, sharedSecret } = parsed.value;
	notes.forEach(note);
	// A coturn configuration holds the secret from which its users' credentials are made.
	return sharedSecret === null ? servers : withCredential(servers, await mintRestCredentials(sharedSecret, SECRET_LIFETIME_S));
}

function readUrl(text: string): string {
	if (!/^https?:\/\/./.test(text) || !URL.canParse(text)) {
		throw new CliError(`--url: "${text}" is not a web address such as https://icelens.example.org.`);
	}
	return text.replace(/\/+$/, '');
}

function readProfile(text: string | undefined): Profile {
	if (text === undefined) return 'full';
	if (text === 'quick' || text === 'full') return text;
	throw new CliError(`--profile: "${text}" is not quick or full.`);
}

function readDeadline(text: string | undefined): number | null {
	if (text === undefined) return null;
	const seconds = Number(text);
	if (!/^\d+(\.\d+)?$/.test(text) || seconds < 0.5 || seconds > 60) {
		throw new CliError(`--deadline: "${text}" is not a number of seconds from 0.5 to 60.`);
	}
	return Math.round(seconds * 1000);
}
