/** Two real baresips that call each other by SIP on the loopback, each with a folder of its own, ended by process id. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './coturn';
import { findProgram, PROGRAMS } from './programs';
import { until } from './until';

export interface BaresipCall {
	version: string;
	offer: string;
	answer: string;
}

/** The same for both ends. */
export interface BaresipSetup {
	modules: readonly string[];
	/** Parameters of the account. */
	account?: string;
	/** More lines of the configuration. */
	config?: readonly string[];
}

interface End {
	/** What it wrote: with `-s` every SIP message too. */
	log(): string;
	close(): Promise<void>;
}

/** Debian keeps the modules in one folder on every architecture. */
const MODULES_IN = '/usr/lib/baresip/modules';

/** The microphone is what the loudspeaker plays: no device is touched. */
const configOf = (port: number, { modules, config = [] }: BaresipSetup) => `
sip_listen 127.0.0.1:${port}
poll_method epoll
audio_source aubridge,none
audio_player aubridge,none
audio_alert aubridge,none
video_source fakevideo,none
video_display fakevideo,none
module_path ${MODULES_IN}
${['g711', 'opus', 'aubridge', ...modules].map((name) => `module ${name}.so`).join('\n')}
module_tmp uuid.so
module_tmp account.so
module_app menu.so
${config.join('\n')}
`;

function startEnd(folder: string, name: string, port: number, setup: BaresipSetup, args: string[]): End {
	const home = join(folder, name);
	mkdirSync(home);
	writeFileSync(join(home, 'config'), configOf(port, setup));
	writeFileSync(join(home, 'accounts'), `<sip:${name}@127.0.0.1:${port}>;regint=0;answermode=auto${setup.account ?? ''}\n`);
	writeFileSync(join(home, 'contacts'), '');
	// Line by line: into a pipe it would write when 4 KiB have come together.
	const child: ChildProcess = spawn('stdbuf', ['-oL', findProgram(...PROGRAMS.baresip)!, '-f', home, '-s', ...args], {
		cwd: home,
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let log = '';
	const keep = (chunk: Buffer) => (log += chunk.toString());
	child.stdout!.on('data', keep);
	child.stderr!.on('data', keep);
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
	return {
		log: () => log,
		close: async () => {
			child.kill('SIGKILL');
			await ended;
		}
	};
}

/** Calls, and waits until `says` stands in what the caller wrote: that media flow, or that keys are agreed. */
export async function callByBaresip(setup: BaresipSetup, says: RegExp): Promise<BaresipCall> {
	const folder = mkdtempSync(join(tmpdir(), 'icelens-baresip-'));
	const ends: End[] = [];
	try {
		const [a, b] = [await freePort('127.0.0.1'), await freePort('127.0.0.1')];
		const answerer = startEnd(folder, 'b', b, setup, []);
		ends.push(answerer);
		await until('the called baresip to be ready', () => answerer.log().includes('baresip is ready'));
		const caller = startEnd(folder, 'a', a, setup, ['-e', `/dial sip:b@127.0.0.1:${b}`]);
		ends.push(caller);
		await until(`the caller to write ${says}`, () => says.test(caller.log())).catch((error: Error) => {
			throw new Error(`${error.message}\n${caller.log().slice(-4000)}`);
		});
		const log = caller.log();
		return {
			version: /^baresip v(\S+)/m.exec(log)![0].replace(' v', ' '),
			offer: bodyOf(log, /^INVITE /m),
			answer: bodyOf(log, /^SIP\/2\.0 200 /m)
		};
	} finally {
		await Promise.all(ends.map((end) => end.close()));
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The body of the first SIP message in a trace that begins so, as long as its Content-Length says (RFC 3261 §18.3). */
function bodyOf(trace: string, begins: RegExp): string {
	const message = trace.slice(begins.exec(trace)!.index);
	const length = Number(/^Content-Length: (\d+)/m.exec(message)![1]);
	const body = message.slice(message.indexOf('\r\n\r\n') + 4);
	return body.slice(0, length);
}
