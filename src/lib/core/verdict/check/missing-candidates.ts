/**
 * Why a kind of candidate is missing where all servers were gathered from in one connection. What is not heard there proves nothing of
 * a server: while one of them is silent, Chromium (measured in 156) reports no error of any. So a server is spoken of by what is
 * proven of it in a connection of its own.
 */
import type { Said } from '../../base/said';
import { iceUrl, isShown } from '../../observations/candidates';
import type { IceGathering, Observation } from '../../observations/observation';
import { indexObservations } from '../../observations/observation-index';
import type { AskedServers, CandidateType, MissingCandidateValues } from './missing-candidate-values';
import { serverFacts, type ServerFacts } from './server-facts';

/** One kind, and all that is known about its absence. */
interface Absence {
	candidateType: CandidateType;
	gathering: IceGathering;
	tookMs: number;
	/** Of the list, those that could give one. */
	urls: readonly string[];
	/** What is proven of each of them that was asked alone; one that was reached over both families has several facts. */
	servers: readonly Server[];
	asked: AskedServers;
}

type Server = readonly ServerFacts[];

export type MissingCandidateRule = {
	[Id in keyof MissingCandidateValues]: {
		id: Id;
		when(absence: Absence): boolean;
		values(absence: Absence): MissingCandidateValues[Id];
	};
}[keyof MissingCandidateValues];

const TYPES: readonly CandidateType[] = ['host', 'srflx', 'relay'];

export const MISSING_CANDIDATE_RULES: readonly MissingCandidateRule[] = [
	{
		id: 'candidates-excluded-by-policy',
		when: ({ gathering, candidateType }) => gathering.policy === 'relay' && candidateType !== 'relay',
		values: ({ candidateType }) => ({ candidateType })
	},
	{
		id: 'host-candidates-hidden',
		when: ({ candidateType, gathering }) => candidateType === 'host' && hosts(gathering).length > 0,
		values: ({ gathering }) => ({ mediaPermission: gathering.mediaPermission })
	},
	{
		id: 'host-candidates-missing',
		when: ({ candidateType }) => candidateType === 'host',
		values: ({ gathering, tookMs }) => ({ afterMs: gathering.completeMs ?? tookMs })
	},
	{
		id: 'no-server-of-kind',
		when: ({ urls }) => urls.length === 0,
		values: ({ candidateType }) => ({ candidateType })
	},
	{
		id: 'candidate-given-alone',
		when: ({ servers, candidateType }) => servers.some((facts) => gave(facts, candidateType)),
		values: ({ servers, candidateType, gathering }) => ({
			candidateType,
			urls: urlsOf(servers.filter((facts) => gave(facts, candidateType))),
			endedBy: gathering.endedBy
		})
	},
	{
		id: 'mapped-address-is-own',
		when: ({ servers, candidateType }) => candidateType === 'srflx' && servers.some(seesOwnAddress),
		values: ({ servers }) => ({ urls: urlsOf(servers.filter(seesOwnAddress)) })
	},
	{
		id: 'servers-of-kind-silent',
		when: ({ servers, asked }) => servers.length > 0 && asked.silent.length === countOf(asked),
		values: ({ servers, candidateType, asked }) => ({ candidateType, urls: asked.silent, forMs: silentMs(servers.flat()) })
	},
	{
		id: 'servers-of-kind-refuse',
		when: ({ servers, asked }) => servers.length > 0 && asked.refused.length === countOf(asked),
		values: ({ candidateType, asked }) => ({ candidateType, answers: asked.refused })
	},
	{
		id: 'servers-of-kind-gave-none',
		when: () => true,
		values: ({ candidateType, asked }) => ({ candidateType, ...asked })
	}
];

export interface MissingCandidates extends Said {
	candidateType: CandidateType;
}

/** One entry for each kind of which nothing, or for host candidates no address, was gathered; empty while that has not ended. */
export function missingCandidates(observations: readonly Observation[]): MissingCandidates[] {
	const observed = indexObservations(observations);
	const last = observed.of('ice-gathering').at(-1)?.observation;
	if (last?.outcome.state !== 'seen') return [];
	const gathering = last.outcome.data;
	const facts = serverFacts(observed);
	return TYPES.filter((type) => isMissing(gathering, type)).map((candidateType) => {
		const able = facts.filter(({ url }) => canGive(url, candidateType));
		const servers = [...new Set(able.map(({ id }) => id))].map((id) => able.filter((f) => f.id === id));
		const urls = [...gathering.urls, ...urlsOf(servers)].filter((url) => canGive(url, candidateType));
		const notAsked = urls.filter((url) => !able.some((f) => f.url === url));
		const asked = askedServers(servers, notAsked);
		const absence = { candidateType, gathering, tookMs: last.tookMs, urls, servers, asked };
		const rule = MISSING_CANDIDATE_RULES.find(({ when }) => when(absence))!;
		return { candidateType, rule: rule.id, values: { ...rule.values(absence) } };
	});
}

function isMissing(gathering: IceGathering, type: CandidateType): boolean {
	const found = gathering.candidates.filter((candidate) => candidate.type === type);
	return found.length === 0 || (type === 'host' && !found.some(({ address }) => isShown(address)));
}

const hosts = ({ candidates }: IceGathering) => candidates.filter(({ type }) => type === 'host');

/** A TURN server that is reached over UDP tells the mapped address too (RFC 8656 §7.3). */
function canGive(url: string, type: CandidateType): boolean {
	const isTurn = /^\s*turns?:/i.test(url);
	return type === 'relay' ? isTurn : !isTurn || iceUrl(url)?.transport === 'udp';
}

const witnessesOf = (server: Server) => server.flatMap(({ witnesses }) => witnesses);
const urlsOf = (servers: readonly Server[]) => servers.map((server) => server[0]!.url);

function gave(server: Server, type: CandidateType): boolean {
	const what = type === 'relay' ? 'relay' : 'mapped-address';
	return witnessesOf(server).some((w) => w.kind === 'heard' && w.what === what);
}

function seesOwnAddress(server: Server): boolean {
	return witnessesOf(server).some((w) => w.kind === 'heard' && w.what === 'own-address');
}

function silentMs(facts: readonly ServerFacts[]): number {
	return Math.min(...facts.flatMap(({ witnesses }) => witnesses.flatMap((w) => (w.kind === 'silent' ? [w.forMs] : []))));
}

const countOf = (asked: AskedServers) => Object.values(asked).flat().length;

/** Each server once: by what it said itself, then by what happened on the way, then by what is known of its absence. */
function askedServers(servers: readonly Server[], notAsked: string[]): AskedServers {
	const asked: AskedServers = {
		refused: [],
		answeredStunOnly: [],
		closed: [],
		silent: [],
		unresolved: [],
		notAsked,
		untold: []
	};
	for (const server of servers) {
		const { url } = server[0]!;
		const witnesses = witnessesOf(server);
		const is = (kind: (typeof witnesses)[number]['kind']) => witnesses.some((w) => w.kind === kind);
		const code = witnesses.flatMap((w) => (w.kind === 'heard' && w.what === 'error' ? [w.code] : []))[0];
		if (code !== undefined) asked.refused.push({ url, code });
		else if (is('heard')) asked.answeredStunOnly.push(url);
		else if (is('closed')) asked.closed.push(url);
		else if (is('held-back') || is('void') || is('unfinished')) asked.untold.push(url);
		else if (is('silent')) asked.silent.push(url);
		else if (is('unresolved')) asked.unresolved.push(url);
		else asked.notAsked.push(url);
	}
	return asked;
}
