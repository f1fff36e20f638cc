/** What stands out about servers: one finding for each that has a fault, and what a fault of one means for all. */
import { UDP_WAITS } from '../../ice/error-facts';
import type { OneFamily } from '../../ice/error-values';
import type { ServerConclusion } from '../conclusion';
import { findingRule, type FindingRule, type Found } from '../finding-rule';
import type { ServerFault } from './finding-values';
import { indexes, rows, turn } from './answer-facts';
import { notFoundIn, type ServerFacts } from './server-facts';
import { atServer } from '../subject';
import type { Reads } from '../reading';
import { isOfFamilyHere, isSilent } from '../view';

/** The same where a connection is accepted and nothing follows; where it is dropped on the way Chromium 156 waits for minutes. */
const WAITS = {
	udp: UDP_WAITS,
	tcp: { chromiumMs: 40_000, firefoxMs: 12_900 },
	tls: { chromiumMs: 30_100, firefoxMs: 12_900 }
};

export const SERVER_FINDING_RULES: readonly FindingRule[] = [
	findingRule({
		id: 'server-name-not-found',
		severity: 'problem',
		reads: ['servers', 'facts', 'missing'],
		find: (v) =>
			namesNotFound(v).map(({ host, servers, witness, onlyIn }) => ({
				values: {
					host,
					urls: [...new Set(servers.map(({ url }) => url))],
					told: witness.rule === 'name-not-found',
					onlyIn,
					nextStep: witness.nextStep
				},
				subject: atServer(servers[0]!.url),
				observations: rows(servers),
				consequences: rows(servers)
			})),
		explains: ['server-unreachable', 'server-tls-failed']
	}),
	findingRule({
		id: 'server-unauthorized',
		severity: 'problem',
		reads: ['servers', 'facts'],
		find: (v) => serverFindings(v, (s) => s.state === 'unauthorized')
	}),
	findingRule({
		id: 'server-quota-reached',
		severity: 'problem',
		reads: ['servers', 'facts'],
		find: (v) => serverFindings(v, (s) => s.state === 'quota-reached')
	}),
	findingRule({
		id: 'server-misconfigured',
		severity: 'problem',
		reads: ['servers', 'facts'],
		find: (v) => serverFindings(v, (s) => s.state === 'misconfigured')
	}),
	findingRule({
		id: 'relay-carries-no-data',
		severity: 'problem',
		reads: ['servers', 'facts'],
		find: (v) => serverFindings(v, (s) => s.state === 'allocates-only' && s.proof !== 'not-run')
	}),
	findingRule({
		id: 'server-tls-failed',
		severity: 'problem',
		reads: ['servers', 'facts'],
		find: (v) => serverFindings(v, (s) => s.state === 'tls-failed')
	}),
	findingRule({
		id: 'server-silent',
		severity: 'problem',
		reads: ['servers', 'facts', 'ipv6-usable'],
		find: (v) =>
			serverFindings(v, (s, f) => s.state === 'unreachable' && s.transport === 'udp' && isSilent(f) && !isIpv6Fault(v, s))
	}),
	findingRule({
		id: 'server-unreachable',
		severity: 'problem',
		reads: ['servers', 'facts'],
		find: (v) => serverFindings(v, (s, f) => s.state === 'unreachable' && (s.transport !== 'udp' || !isSilent(f)))
	}),
	findingRule({
		id: 'silent-server-delays',
		severity: 'warning',
		reads: ['facts', 'missing', 'servers'],
		find: (v) => {
			const silent = v.facts.filter((f) => isSilent(f) && isOfFamilyHere(f.family, v.missing));
			const others = v.servers.some((s) => s.state === 'works' || s.proof === 'not-run');
			if (silent.length === 0 || !others) return [];
			const waits = silent.map(({ transport }) => WAITS[transport]);
			const values = {
				urls: silent.map((f) => f.url),
				chromiumMs: Math.max(...waits.map(({ chromiumMs }) => chromiumMs)),
				minutesWhereDropped: silent.some(({ transport }) => transport !== 'udp'),
				firefoxMs: Math.max(...waits.map(({ firefoxMs }) => firefoxMs))
			};
			return [{ values, subject: atServer(silent[0]!.url), observations: indexes(silent) }];
		}
	}),
	findingRule({
		id: 'relay-only-over-tcp',
		severity: 'warning',
		reads: ['servers'],
		find: (v) => {
			const { works, failed } = turn(v);
			const udp = failed.filter((s) => s.transport === 'udp');
			if (works.length === 0 || udp.length === 0 || works.some((s) => s.transport === 'udp')) return [];
			const values = { transports: works.map((s) => s.transport), failedUrls: udp.map((s) => s.url) };
			return [{ values, subject: atServer(udp[0]!.url), observations: rows(works, udp) }];
		}
	})
];

interface NameNotFound {
	host: string;
	servers: ServerConclusion[];
	witness: NonNullable<ServerConclusion['error']>;
	onlyIn: OneFamily | null;
}

/** Names of which no server was reached, and a lookup that failed; an error of UDP is one, of TCP it may be. */
function namesNotFound(v: Reads<'servers' | 'facts' | 'missing'>): NameNotFound[] {
	const byHost = new Map<string, ServerConclusion[]>();
	v.servers.forEach((server, i) => {
		const place = v.facts[i]!.place;
		if (place?.hostKind === 'name') byHost.set(place.host, [...(byHost.get(place.host) ?? []), server]);
	});
	return [...byHost].flatMap(([host, servers]) => {
		const reached = servers.some(({ state }) => state !== 'unreachable' && state !== 'tls-failed');
		const errors = reached ? [] : servers.flatMap(({ error }) => (error ? [error] : []));
		const witness =
			errors.find(({ rule }) => rule === 'name-not-found') ?? errors.find(({ rule }) => rule === 'udp-failed-at-once');
		const lookups = v.facts.filter(({ place }) => place?.host === host).flatMap((facts) => facts.errors);
		return witness ? [{ host, servers, witness, onlyIn: notFoundIn(lookups, v.missing) }] : [];
	});
}

function serverFindings(
	v: Reads<'servers' | 'facts'>,
	which: (s: ServerConclusion, facts: ServerFacts) => boolean
): Found<ServerFault>[] {
	// Rows and facts are of the same servers in the same order.
	return v.servers
		.filter((s, i) => which(s, v.facts[i]!))
		.map(({ url, rule, values, error, observations }) => ({
			values: { state: { rule, values }, nextStep: error && error.nextStep },
			subject: atServer(url),
			observations
		}));
}

/** Where IPv6 as a whole does not get through, `ipv6-broken` says it once. */
function isIpv6Fault(v: Reads<'ipv6-usable'>, s: ServerConclusion): boolean {
	return s.family === 'ipv6' && v['ipv6-usable'] === 'no';
}
