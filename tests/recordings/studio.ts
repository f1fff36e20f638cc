/** Where calls are recorded: a lab with a page, servers and faults, and a browser at each end. */
import { createHash, X509Certificate } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { makeLab, WEB, type Lab } from '../support/namespace';
import { findProgram, PROGRAMS } from '../support/programs';
import { launchInternals } from '../support/record-stats';
import type { Surroundings } from './call';
import { layFaults, type Faults } from './faults';
import { startLabJanus } from './janus';
import type { EndName, Kind } from './kind';
import { startServers, type Servers } from './servers';

export const ORIGIN = `http://${WEB.ipv4[0]}`;

/** A page whose name says so may not use a microphone or a camera. */
const PAGE_SERVER = `require('node:http').createServer(({ url }, response) => {
	if (url.endsWith('-denied')) response.setHeader('permissions-policy', 'microphone=(), camera=()');
	response.setHeader('content-type', 'text/html').end('<title>call</title>');
}).listen(80, '${WEB.ipv4[0]}', () => console.log('listening'));`;

export interface End {
	context: BrowserContext;
	internals: Page;
}

export interface Studio {
	lab: Lab;
	servers: Servers;
	faults: Faults;
	ends: Record<EndName, End>;
	takeAddress: Surroundings['takeAddress'];
	close(): Promise<void>;
}

const takeAddressIn = (lab: Lab) => async (end: EndName) => {
	const host = end.toUpperCase();
	const ip = async (...args: string[]) => {
		const { status, stdout, stderr } = await lab.exec(host, ['ip', ...args]);
		if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
		return stdout;
	};
	const [, device, address] = /^\d+: (\S+)\s+inet (\S+)/m.exec(await ip('-4', '-o', 'address', 'show', 'scope', 'global'))!;
	const routes = (await ip('-4', 'route', 'show')).trim().split('\n');
	await ip('address', 'delete', address!, 'dev', device!);
	return async () => {
		await ip('address', 'add', address!, 'dev', device!);
		for (const route of routes) await ip('route', 'replace', ...route.trim().split(/\s+/));
	};
};

/** Janus runs where a kind makes its call with it. */
export async function openStudio(kinds: readonly Kind[]): Promise<Studio> {
	const closing: (() => unknown)[] = [];
	const close = async () => {
		for (const each of closing.splice(0).reverse()) await each();
	};
	try {
		const lab = await makeLab('open', 'open');
		closing.push(() => lab.close());
		const web = lab.spawn('web', [process.execPath, '-e', PAGE_SERVER]);
		await web.printed(/listening/);
		const servers = await startServers(lab);
		closing.push(() => servers.close());
		if (kinds.some(({ alone }) => alone)) {
			const janus = await startLabJanus(lab);
			closing.push(() => janus.close());
		}
		const key = new X509Certificate(servers.trusted.cert).publicKey.export({ type: 'spki', format: 'der' });
		const args = [
			`--unsafely-treat-insecure-origin-as-secure=${ORIGIN}`,
			`--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
			'--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecks',
			// Sound that a page makes itself needs a click otherwise.
			'--autoplay-policy=no-user-gesture-required',
			'--mute-audio'
		];
		const launch = async (host: string): Promise<End> => {
			const program = lab.executable(host, findProgram(...PROGRAMS.chromium)!);
			const { browser, context, internals } = await launchInternals(args, program);
			closing.push(() => browser.close());
			return { context, internals };
		};
		const ends = { a: await launch('A'), b: await launch('B') };
		return { lab, servers, faults: await layFaults(lab), ends, takeAddress: takeAddressIn(lab), close };
	} catch (error) {
		await close();
		throw error;
	}
}
