/**
 * Chromium and Firefox on the same lists of servers, on the loopback and off it, with and without the permission for the microphone:
 * the same rows, answers, findings and exit status, or a named reason why one of them cannot know. The ICE screen says what the check
 * says, in both. A few lists here, all of them by `npm run lab -- browsers-agree`.
 */
import { describe, expect, it } from 'vitest';
import { exitStatus } from '../../../src/cli/status';
import { conclude } from '../../../src/lib/core/verdict/conclude';
import type { Conclusions } from '../../../src/lib/core/verdict/conclusion';
import type { WrittenReport } from '../../../src/lib/core/report/with-text';
import { stateWord } from '../../../src/lib/ui/ice/server-answers';
import { startApp } from '../../support/app';
import { launchBrowser, type BrowserName } from '../../support/browsers';
import { startCoturn } from '../../support/coturn';
import { gatherOnScreen } from '../../support/ice-screen';
import { missing } from '../../support/require';
import { deadUrls, listNamed, SERVER_LISTS, startLoopbackServers, type ServerUrls } from '../../support/server-lists';
import { makeLab } from './lab';
import { describeInLab } from './need';
import { PROV } from './topology';

const FULL = process.env.ICELENS_AGREE === 'full';
const BROWSERS: BrowserName[] = ['chromium', 'firefox'];

type Where = 'loopback' | 'port-restricted' | 'open';
const SHORT: [Where, microphone: boolean, lists: string[]][] = [
	['loopback', false, ['a closed TCP port beside a server that works']],
	['open', true, ['STUN', 'a wrong password over UDP', 'a name that does not exist']]
];
const ALL = (['loopback', 'port-restricted', 'open'] as const).flatMap((where) =>
	[false, true].map((microphone): (typeof SHORT)[number] => [where, microphone, SERVER_LISTS.map(([name]) => name)])
);

type Aspect = 'rows' | 'family' | 'answers' | 'findings' | 'headline' | 'exit';
const NO_ADDRESS: [string, Aspect[]] = [
	'Firefox tries no turns: with an address, and has no certificate to refuse',
	['rows', 'findings']
];
const FAMILY: [string, Aspect[]] = ['Firefox does not tell over which family it asked, nor whether a name was found', ['family']];
/** What may differ, by the list, and why. */
const REASONS: Record<string, [why: string, Aspect[]]> = {
	'an untrusted certificate': NO_ADDRESS,
	'an untrusted certificate and a wrong password': NO_ADDRESS,
	'a port that Chromium leaves alone': ['Firefox refuses the list, Chromium takes it and asks nobody', ['answers']],
	'stuns:, which Chromium takes for stun:': [
		'Firefox refuses stuns:, Chromium asks by plain STUN',
		['rows', 'answers', 'findings', 'headline', 'exit']
	],
	'TURN by a name': FAMILY,
	'an untrusted certificate by a name': FAMILY,
	'a name that does not exist': FAMILY,
	'a name that does not exist, over TCP': FAMILY
};

interface Place {
	urls: ServerUrls;
	byName(url: string): string;
	app: string;
	namespace?: readonly string[];
	close(): Promise<void>;
}

const DEAD = { silentUdpPort: 5001, silentTcpPort: 5002, closedPort: 5003 };

async function open(where: Where): Promise<Place> {
	if (where === 'loopback') {
		const [app, servers] = [await startApp(), await startLoopbackServers()];
		const close = async () => void (await Promise.all([app.close(), servers.close()]));
		return { urls: servers.urls, byName: (url) => url.replace('127.0.0.1', 'localhost'), app: app.url, close };
	}
	const lab = await makeLab(where);
	try {
		const at = PROV.ipv4[0]!;
		const coturn = await startCoturn({ namespace: lab.namespace('prov'), addresses: [at], tls: true });
		const dead = lab.spawn('prov', [
			process.execPath,
			'-e',
			`require('node:dgram').createSocket('udp4').bind(${DEAD.silentUdpPort}, '${at}', () =>
				require('node:net').createServer((socket) => socket.on('error', () => {}).resume())
					.listen(${DEAD.silentTcpPort}, '${at}', () => console.log('ready')))`
		]);
		await dead.printed(/ready/);
		const app = await startApp({}, { namespace: lab.namespace('A') });
		const { stun, udp, tcp, tls } = coturn.urls;
		return {
			urls: { stun, udp, tcp, untrusted: tls!, ...deadUrls(at, DEAD) },
			byName: (url) => url.replace(at, 'prov.lab'),
			app: app.url,
			namespace: lab.namespace('A'),
			close: async () => {
				await Promise.all([app.close(), coturn.close()]);
				await lab.close();
			}
		};
	} catch (error) {
		await lab.close();
		throw error;
	}
}

/** The lists in one browser, one after the other; the ICE screen and the check at once. */
async function judge(name: BrowserName, place: Place, microphone: boolean, lists: string[]): Promise<Conclusions[]> {
	const browser = await launchBrowser(name, {
		fakeMedia: microphone,
		...(place.namespace ? { namespace: place.namespace, firefoxPrefs: { 'media.peerconnection.ice.loopback': false } } : {})
	});
	try {
		const judged: Conclusions[] = [];
		for (const list of lists) {
			const iceServers = listNamed(list)(place.urls, place.byName);
			await browser.screen.open(`${place.app}/ice`);
			const config = { iceServers, mediaPermission: microphone };
			const [gathered, report] = await Promise.all([
				gatherOnScreen(browser, iceServers),
				browser.evaluate<WrittenReport>(`window.icelens.check(${JSON.stringify(config)})`)
			]);
			expect(
				gathered.servers.map(({ url, state }) => [url, state]),
				`/ice and the check in ${name}: ${list}`
			).toEqual(report.conclusions.servers.map((server) => [server.url, stateWord(server)]));
			expect(JSON.stringify(report), `${name}: ${list}`).not.toMatch(/"text":"[^"]*(, ,| ,|undefined|NaN|\bnull\b)/);
			judged.push(place.namespace ? report.conclusions : asCommanded(name, report));
		}
		return judged;
	} finally {
		await browser.close();
	}
}

/** As the command line has it: it tells Firefox to use the loopback, and writes that down. */
function asCommanded(name: BrowserName, { config: { limits }, observations }: WrittenReport): Conclusions {
	const told = observations.map((each) =>
		name === 'firefox' && each.probe === 'server-gathering' && each.outcome.state === 'seen'
			? { ...each, outcome: { ...each.outcome, data: { ...each.outcome.data, usesLoopback: true as const } } }
			: each
	);
	return conclude(limits, told);
}

function aspects(conclusions: Conclusions): Record<Aspect, unknown> {
	const { servers, answers, findings, headline } = conclusions;
	return {
		rows: servers.map(({ url, username, state }) => [url, username, state]),
		family: servers.map(({ family }) => family),
		answers: answers.map(({ question, says }) => [question, says]),
		findings: findings.map(({ rule }) => rule).toSorted(),
		headline: [headline.verdict, headline.rule],
		exit: exitStatus(conclusions)
	};
}

const lacking = missing('root', 'coturn', 'chromium', 'firefox');

describeInLab(lacking === null ? 'Chromium and Firefox' : `[skipped: ${lacking}]`, () => {
	describe.skipIf(lacking !== null).each(FULL ? ALL : SHORT)('%s, microphone allowed: %s', (where, microphone, lists) => {
		it('say the same of the same servers', { timeout: 3_600_000 }, async () => {
			const place = await open(where);
			try {
				const [inChromium, inFirefox] = await Promise.all(BROWSERS.map((name) => judge(name, place, microphone, lists)));
				for (const [i, list] of lists.entries()) {
					const may = REASONS[list]?.[1] ?? [];
					const [one, other] = [aspects(inChromium![i]!), aspects(inFirefox![i]!)];
					for (const aspect of may) delete one[aspect];
					for (const aspect of may) delete other[aspect];
					expect.soft(other, list).toEqual(one);
				}
			} finally {
				await place.close();
			}
		});
	});
});
