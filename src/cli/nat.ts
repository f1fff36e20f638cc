/** `icelens nat`: what the NAT between here and a server does, by RFC 5780, without a browser. */
import { isIPv4 } from 'node:net';
import { formatEndpoint, type Family } from '../lib/core/base/ip';
import { judgeDiscovery } from '../lib/core/nat/discovery';
import type { Discovery } from '../lib/core/nat/discovery-facts';
import { judgeGateway } from '../lib/core/nat/gateway';
import { judgeHops } from '../lib/core/nat/hop-rules';
import { judgeInterfaces, type LocalAddress } from '../lib/core/nat/interface-findings';
import { nodeClock } from '../lib/server/clock';
import { nodeRandom } from '../lib/server/node-crypto';
import { discoveryAnswers } from '../lib/core/verdict/check/discovery-answers';
import { askGateway, defaultGateway } from '../lib/server/nat-client/gateway';
import { discover } from '../lib/server/nat-client/discover';
import { measureHops } from '../lib/server/nat-client/hops';
import { addressesOf, localAddresses, localAddressTowards } from '../lib/server/nat-client/local-address';
import { nodeNet } from '../lib/server/udp';
import { readArguments, readFormat } from './arguments';
import { CliError } from './errors';
import { natJson } from './nat-json';
import { natText, type MeasuredNat } from './nat-text';
import { print } from './terminal';

const DEFAULT_PORT = 3478;
/** Common settings of NATs lie between these: 20 s and 30 s (RFC 4787 §4.3 asks for 120 s at least), 60, 120, 300 s. */
const SILENCES_S = [5, 10, 15, 19, 25, 29, 35, 45, 55, 65, 90, 115, 125, 180, 240, 290, 310, 600];

export async function nat(args: string[]): Promise<number> {
	const { values } = readArguments(
		args,
		{
			server: { type: 'string' },
			lifetime: { type: 'string' },
			'no-hairpin': { type: 'boolean' },
			gateway: { type: 'string' },
			layers: { type: 'boolean' },
			interface: { type: 'string' },
			format: { type: 'string' }
		},
		0
	);
	const format = readFormat(values.format);
	const { host, port } = readServer(values.server);
	const silencesS = readSilences(values.lifetime);
	const gateway = await readGateway(values.gateway);
	const chosen = readInterface(values.interface);
	const addresses = await addressesOf(host).catch((error: NodeJS.ErrnoException) => {
		throw new CliError(`--server: ${host} could not be looked up (${error.code ?? error.message}).`);
	});
	const places = (
		await Promise.all(
			addresses.map(async ({ family, address }) => {
				const server = { address, port };
				const usual = await localAddressTowards(server);
				return usual === null ? [] : placesOf(chosen, family, usual).map((place) => ({ ...place, server }));
			})
		)
	).flat();
	if (places.length === 0) {
		const way = chosen === null ? 'this machine' : values.interface!;
		throw new CliError(
			`There is no route to ${host} from ${way}${chosen === null ? '' : ', or no address there of its family'}.`
		);
	}
	const routerFrom = gateway && (await localAddressTowards({ address: gateway, port: 5351 }));
	if (gateway && routerFrom === null) throw new CliError(`--gateway: there is no route to ${gateway} from this machine.`);
	if (routerFrom !== null && chosen !== null && !places.some(({ localAddress }) => localAddress === routerFrom))
		throw new CliError(`--gateway: ${gateway} is reached from ${routerFrom}, which --interface ${values.interface} leaves out.`);
	const measured = await Promise.all(
		places.map(async ({ family, server, localAddress, from }): Promise<MeasuredNat> => {
			const io = { net: nodeNet, clock: nodeClock, random: nodeRandom };
			const where = places.length > 1 ? `${localAddress}: ` : '';
			const onProgress = (words: string) => print(`${where}${words}\n`, process.stderr);
			const hairpin = values['no-hairpin'] !== true;
			const found = await discover({ ...io, server, localAddress, hairpin, silencesS, onProgress });
			if (!found.ok) throw new CliError(found.error.message);
			const observed = found.value;
			const conclusion = judgeDiscovery(observed);
			const asksRouter = routerFrom !== null && family === 'ipv4' && (from === null || localAddress === routerFrom);
			const router = asksRouter ? await askRouter(gateway!, routerFrom, observed) : null;
			const place = values.layers === true ? await findPlace(observed, silencesS.at(-1) ?? null, onProgress) : null;
			const answers = discoveryAnswers(family, observed, conclusion);
			return { family, from, observed, conclusion, answers, gateway: router, place };
		})
	);
	const findings = judgeInterfaces(measured);
	const name = formatEndpoint(host, port);
	print(format === 'json' ? natJson(name, measured, findings) : natText(name, measured, findings));
	return [...findings.own.flat(), ...findings.between].some(({ severity }) => severity === 'problem') ? 1 : 0;
}

/** The addresses of `--interface`; null where the system chooses. */
function readInterface(text: string | undefined): LocalAddress[] | null {
	if (text === undefined) return null;
	const all = localAddresses();
	const chosen = text === 'all' ? all : all.filter(({ name, address }) => name === text || address === text);
	if (chosen.length > 0) return chosen;
	const known = all.map(({ name, address }) => `${name} (${address})`).join(', ');
	throw new CliError(`--interface: "${text}" is not all, nor an interface or address of this machine${known && `: ${known}`}.`);
}

/** Where to ask from: one address of each interface, that which the system would take first. */
function placesOf(chosen: LocalAddress[] | null, family: Family, usual: string) {
	if (chosen === null) return [{ family, localAddress: usual, from: null }];
	const ofFamily = chosen.filter((each) => each.family === family);
	const sorted = [...ofFamily.filter(({ address }) => address === usual), ...ofFamily.filter(({ address }) => address !== usual)];
	const firsts = sorted.filter((each, i) => sorted.findIndex(({ name }) => name === each.name) === i);
	return firsts.map((from) => ({ family, localAddress: from.address, from }));
}

function readServer(text: string | undefined): { host: string; port: number } {
	if (text === undefined) throw new CliError('--server is missing: name a STUN server with two addresses, HOST or HOST:PORT.');
	const match =
		/^(?:stuns?:)?(?:\[([0-9a-f:.]+)\]|([^:[\]/?\s]+))(?::(\d{1,5}))?$/i.exec(text) ?? /^([0-9a-f:]*:[0-9a-f:]*)$/i.exec(text);
	const port = Number(match?.[3] ?? DEFAULT_PORT);
	if (!match || port < 1 || port > 65535)
		throw new CliError(`--server: "${text}" is not HOST or HOST:PORT, such as stun.example.org:3478.`);
	return { host: (match[1] ?? match[2])!, port };
}

/** Seconds: all usual silences up to it are tried, and it. */
function readSilences(text: string | undefined): number[] {
	if (text === undefined) return [];
	const longest = Number(text);
	if (!/^\d+$/.test(text) || longest < 1 || longest > 3600)
		throw new CliError(`--lifetime: "${text}" is not a number of seconds from 1 to 3600.`);
	return [...SILENCES_S.filter((seconds) => seconds < longest), longest];
}

/** `auto`, or the address of a router. */
async function readGateway(text: string | undefined): Promise<string | null> {
	if (text === undefined) return null;
	if (text !== 'auto' && !isIPv4(text)) throw new CliError(`--gateway: "${text}" is not auto, nor the IPv4 address of a router.`);
	const gateway = text === 'auto' ? await defaultGateway() : text;
	if (gateway === null)
		throw new CliError('--gateway auto: no IPv4 default route was found here. Give the address of the router.');
	return gateway;
}

async function askRouter(gateway: string, localAddress: string, { first }: Discovery): Promise<MeasuredNat['gateway']> {
	const observed = await askGateway({ net: nodeNet, clock: nodeClock, gateway, localAddress });
	return { ...judgeGateway(observed, first.answer?.mapped ?? null), observed };
}

async function findPlace(
	seen: Discovery,
	silenceS: number | null,
	onProgress: (words: string) => void
): Promise<MeasuredNat['place']> {
	const observed = await measureHops({ net: nodeNet, clock: nodeClock, random: nodeRandom, seen, silenceS, onProgress });
	return { ...judgeHops(observed), observed };
}
