/** What the path picture shows, from the plan and the conclusions: this device, its network's edge, servers and their lines. Pure. */
import { readWebUrl } from '../../base/web-url';
import type { Observation, ServerTransport } from '../../observations/observation';
import type { Step } from '../../plan/plan';
import { parseIceUrl } from '../../stun/uri';
import type { Conclusions, Layers, Mapping, Report, ServerConclusion } from '../report';

/** A step of the plan and how far it is. */
export interface PictureStep {
	step: Pick<Step, 'probe' | 'target'>;
	state: 'waiting' | 'running' | 'done' | 'skipped' | 'failed';
}

/** `open`: works. `refused`: reached, and of no use. `blocked`: not reached. `untested`: not known. */
export type LineState = 'open' | 'refused' | 'blocked' | 'untested' | 'measuring';

export interface PathLine {
	url: string;
	kind: 'stun' | 'turn' | 'page';
	transport: ServerTransport;
	port: number | null;
	family: 'ipv4' | 'ipv6' | 'unknown';
	state: LineState;
	rttMs: number | null;
}

export interface PathServer {
	host: string;
	lines: PathLine[];
}

export interface PathModel {
	mapping: Mapping;
	layers: Layers;
	publicAddresses: string[];
	/** Nothing came back over UDP from outside: something at the edge holds it off. */
	udpBlocked: boolean;
	servers: PathServer[];
}

/** A relay that nobody has sent data through yet is neither good nor bad. */
export function isUnproven({ state, proof }: Pick<ServerConclusion, 'state' | 'proof'>): boolean {
	return state === 'allocates-only' && proof === 'not-run';
}

/** Neither good nor bad: nobody asked it, nothing came of it, or nobody has sent data through its relay yet. */
export function isUndecided(server: Pick<ServerConclusion, 'state' | 'proof'>): boolean {
	return LINE_STATES[server.state] === 'untested' || isUnproven(server);
}

/** Nothing was sent to it, so nothing is known of the way there. */
export function isNeverAsked({ state, rule }: Pick<ServerConclusion, 'state' | 'rule'>): boolean {
	return state === 'not-asked' || rule === 'server-refused-by-browser';
}

const LINE_STATES: Record<ServerConclusion['state'], LineState> = {
	works: 'open',
	'allocates-only': 'refused',
	unauthorized: 'refused',
	'quota-reached': 'refused',
	misconfigured: 'refused',
	unreachable: 'blocked',
	'tls-failed': 'blocked',
	'not-asked': 'untested',
	'not-tested': 'untested',
	unknown: 'untested'
};

/** The picture of a finished run. What has no observation was not done. */
export function pathModelOf(report: Report): PathModel {
	const steps = report.config.plan.map((step) => ({ step, state: 'done' as const }));
	return pathModel(report.conclusions, steps, report.observations);
}

export function pathModel(
	conclusions: Conclusions | null,
	steps: readonly PictureStep[],
	observations: readonly Observation[]
): PathModel {
	const servers: PathServer[] = [];
	const page = pageLine(observations);
	if (page) servers.push(page);
	const aimed = steps.filter(({ step }) => step.probe === 'server-gathering');
	const urls = [
		...new Set([...aimed.flatMap(({ step }) => step.target ?? []), ...(conclusions?.servers.map(({ url }) => url) ?? [])])
	];
	const relaying = (url: string) =>
		steps.some(({ step, state }) => step.probe === 'relay' && step.target === url && isPending(state));
	for (const url of urls) {
		const parsed = parseIceUrl(url);
		const host = parsed.ok ? parsed.value.host : url;
		const judged = conclusions?.servers.filter((server) => server.url === url) ?? [];
		const pending = aimed.some(({ step, state }) => step.target === url && isPending(state));
		const port = parsed.ok ? parsed.value.port : null;
		const transport = parsed.ok ? parsed.value.transport : 'udp';
		const kind = /^\s*turn/i.test(url) ? 'turn' : 'stun';
		const lines: PathLine[] =
			judged.length === 0 || (pending && judged.every(({ state }) => LINE_STATES[state] === 'untested'))
				? [{ url, kind, transport, port, family: 'unknown', state: pending ? 'measuring' : 'untested', rttMs: null }]
				: judged.map((server) => {
						const { transport, family, state, rttMs, answeredMs } = server;
						// Until data went through a relay, all that is known of it is that it was given.
						const open = relaying(url) ? 'measuring' : 'untested';
						const line = isUnproven(server) ? open : isNeverAsked(server) ? 'untested' : LINE_STATES[state];
						return { url, kind, transport, port, family, state: line, rttMs: line === 'open' ? (rttMs ?? answeredMs) : null };
					});
		const known = servers.find((server) => server.host === host);
		if (known) known.lines.push(...lines);
		else servers.push({ host, lines });
	}
	const { ipv4 = null, ipv6 = null } = conclusions?.nat ?? {};
	const main = ipv4 ?? ipv6;
	return {
		mapping: main?.mapping ?? 'unknown',
		layers: main?.layers ?? 'unknown',
		publicAddresses: [...(ipv4?.publicAddresses ?? []), ...(ipv6?.publicAddresses ?? [])],
		udpBlocked: conclusions?.answers.some(({ question, says }) => question === 'udp-usable' && says === 'no') ?? false,
		servers
	};
}

const isPending = (state: PictureStep['state']) => state === 'running' || state === 'waiting';

function pageLine(observations: readonly Observation[]): PathServer | null {
	const observation = observations.find(({ probe }) => probe === 'app-reachability');
	if (observation?.probe !== 'app-reachability') return null;
	const { outcome, target } = observation;
	if (outcome.state === 'skipped') return null;
	const url = outcome.state === 'seen' ? outcome.data.url : (target ?? '');
	// A relative address says nothing about the host: the line is drawn without one.
	const read = readWebUrl(url);
	const host = read?.host ?? url;
	const transport: ServerTransport = read?.tls === false ? 'tcp' : 'tls';
	const port = read && (read.port ?? (read.tls ? 443 : 80));
	// Who else answered in its place says nothing about the way to it.
	const seen = outcome.state === 'seen' && outcome.data.clientAddress !== null;
	return {
		host,
		lines: [
			{
				url,
				kind: 'page',
				transport,
				port,
				family: 'unknown',
				state: seen ? 'open' : 'blocked',
				rttMs: seen ? outcome.data.rttMs : null
			}
		]
	};
}
