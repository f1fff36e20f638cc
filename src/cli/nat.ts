/** `icelens nat`: what the NAT between here and a server does, by RFC 5780, without a browser. */
import { jsonDocument } from '../lib/core/base/escape';
import { everySentence as sentence } from '../lib/core/messages/en/every-sentence';
import { isIPv4 } from 'node:net';
import { formatEndpoint } from '../lib/core/base/ip';
import type { Said, WrittenSaid } from '../lib/core/base/said';
import { judgeDiscovery } from '../lib/core/nat/discovery';
import type { Discovery } from '../lib/core/nat/discovery-facts';
import { judgeGateway } from '../lib/core/nat/gateway';
import { judgeHops } from '../lib/core/nat/hop-rules';
import { nodeClock } from '../lib/server/clock';
import { nodeRandom } from '../lib/server/node-crypto';
import { discoveryAnswers } from '../lib/core/verdict/check/discovery-answers';
import { askGateway, defaultGateway } from '../lib/server/nat-client/gateway';
import { discover } from '../lib/server/nat-client/discover';
import { measureHops } from '../lib/server/nat-client/hops';
import { addressesOf, localAddressTowards } from '../lib/server/nat-client/local-address';
import { nodeNet } from '../lib/server/udp';
import { readArguments, readFormat } from './arguments';
import { CliError } from './errors';
import { natText, type MeasuredNat, type MeasuredNats } from './nat-text';
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
			format: { type: 'string' }
		},
		0
	);
	const format = readFormat(values.format);
	const { host, port } = readServer(values.server);
	const silencesS = readSilences(values.lifetime);
	const gateway = await readGateway(values.gateway);
	const results: MeasuredNats = {};
	const addresses = await addressesOf(host).catch((error: NodeJS.ErrnoException) => {
		throw new CliError(`--server: ${host} could not be looked up (${error.code ?? error.message}).`);
	});
	for (const { family, address } of addresses) {
		const server = { address, port };
		const localAddress = await localAddressTowards(server);
		if (localAddress === null) continue;
		const io = { net: nodeNet, clock: nodeClock, random: nodeRandom };
		const onProgress = (words: string) => print(`${words}\n`, process.stderr);
		const found = await discover({ ...io, server, localAddress, hairpin: values['no-hairpin'] !== true, silencesS, onProgress });
		if (!found.ok) throw new CliError(found.error.message);
		const conclusion = judgeDiscovery(found.value);
		const router = gateway !== null && family === 'ipv4' ? await askRouter(gateway, found.value) : null;
		const place = values.layers === true ? await findPlace(found.value, silencesS.at(-1) ?? null, onProgress) : null;
		const answers = discoveryAnswers(family, found.value, conclusion);
		results[family] = { observed: found.value, conclusion, answers, gateway: router, place };
	}
	if (Object.keys(results).length === 0) throw new CliError(`There is no route to ${host} from this machine.`);
	const name = formatEndpoint(host, port);
	print(format === 'json' ? natJson(name, results) : natText(name, results));
	const findings = Object.values(results).flatMap(({ conclusion }) => conclusion.findings);
	return findings.some(({ severity }) => severity === 'problem') ? 1 : 0;
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

async function askRouter(gateway: string, { first }: Discovery): Promise<MeasuredNat['gateway']> {
	const localAddress = await localAddressTowards({ address: gateway, port: 5351 });
	if (localAddress === null) throw new CliError(`--gateway: there is no route to ${gateway} from this machine.`);
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

function natJson(server: string, results: MeasuredNats): string {
	const view = (measured: MeasuredNat | undefined) => {
		if (!measured) return null;
		const { because, findings, mappedAddress, ...rest } = measured.conclusion;
		return {
			...rest,
			publicAddresses: mappedAddress === null ? [] : [mappedAddress],
			answers: measured.answers.map(withSentence),
			evidence: Object.fromEntries(Object.entries(because).map(([name, said]) => [name, withSentence(said)])),
			findings: findings.map(withSentence),
			gateway: measured.gateway && { ...measured.gateway, because: withSentence(measured.gateway.because) },
			place: measured.place && { ...measured.place, because: withSentence(measured.place.because) },
			observed: measured.observed
		};
	};
	const document = {
		tool: { name: 'icelens', version: __ICELENS_VERSION__ },
		server,
		nat: { ipv4: view(results.ipv4), ipv6: view(results.ipv6) },
		findings: Object.values(results).flatMap(({ conclusion }) => conclusion.findings.map(withSentence))
	};
	return jsonDocument(document);
}

function withSentence<T extends Said>(said: T): T & WrittenSaid {
	return { ...said, text: sentence(said) };
}
