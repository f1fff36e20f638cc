/** Whether IPv6 reaches the outside and comes back. */
import { isOutsideText } from '../../nat/evidence';
import {
	familyOf,
	familyOfError,
	isLookupError,
	reachedOver,
	relayed,
	serverReflexive,
	udpHosts
} from '../../observations/candidates';
import { answerRule, type AnswerTable, type MissingStep } from '../answer-rule';
import type { Reads } from '../reading';
import { answered, isSilent } from '../view';
import { hosts, indexes, mayHaveAnswered, quickestMs, urlsOf } from './answer-facts';
import type { ServerFacts } from './server-facts';

const IPV6_SERVER: MissingStep = { probe: 'server-gathering', step: 'add-ipv6-server' };

export const IPV6_RULES: AnswerTable<'ipv6-usable'> = [
	answerRule({
		id: 'ipv6-answered',
		needs: ['server-gathering'],
		reads: ['facts'],
		says: 'yes',
		when: (v) => ipv6Answers(v).length > 0,
		values: (v) => ({ urls: urlsOf(ipv6Answers(v)), quickestMs: quickestMs(ipv6Answers(v)) }),
		observations: (v) => indexes(ipv6Answers(v))
	}),
	answerRule({
		id: 'ipv6-answered-when-all-were-asked',
		needs: [],
		reads: ['ipv6Heard'],
		says: 'yes',
		when: (v) => v.ipv6Heard !== null,
		values: (v) => ({ urls: [...v.ipv6Heard!.urls], afterMs: v.ipv6Heard!.afterMs }),
		observations: (v) => [v.ipv6Heard!.observation]
	}),
	answerRule({
		id: 'ipv6-not-assigned',
		needs: ['ice-gathering'],
		reads: ['finished', 'hosts', 'ice-gathering'],
		says: 'no',
		when: (v) => v.finished && v.hosts.all && !hasAddress(v),
		values: (v) => ({ deviceAddresses: [...v.hosts.shown] }),
		observations: (v) => v['ice-gathering'].all.map(({ index }) => index)
	}),
	answerRule({
		id: 'ipv6-silent',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'facts', 'hosts', 'ipv6Heard'],
		says: 'no',
		when: (v) => v.finished && ipv6Broken(v),
		values: (v) => ({ urls: urlsOf(ipv6Rows(v)) }),
		observations: (v) => indexes(ipv6Rows(v))
	}),
	answerRule({
		id: 'ipv6-only-for-the-web',
		needs: ['app-reachability'],
		reads: ['app-reachability'],
		says: 'unknown',
		when: (v) => webOverIpv6(v) !== null,
		values: (v) => ({ webAddress: webOverIpv6(v)!.address }),
		observations: (v) => [webOverIpv6(v)!.index],
		missing: () => [IPV6_SERVER]
	}),
	answerRule({
		id: 'ipv6-not-tested',
		needs: [],
		reads: ['facts'],
		says: 'unknown',
		when: () => true,
		values: (v) => ({ urls: urlsOf(ipv6Rows(v)) }),
		observations: (v) => indexes(ipv6Rows(v)),
		missing: () => [IPV6_SERVER]
	})
];

function ipv6Rows({ facts }: Reads<'facts'>): ServerFacts[] {
	return facts.filter((f) => f.family === 'ipv6' && f.gathered !== null);
}

/** What was seen outside over IPv6, or an answer of a server whose address is one; of a name either family may have answered. */
function ipv6Answers({ facts }: Reads<'facts'>): ServerFacts[] {
	return facts.filter(({ gathered, place, stands, transport, ...f }) => {
		if (gathered === null || stands === 'inside') return false;
		if (transport === 'udp' && serverReflexive(gathered, 'ipv6').some(({ address }) => isOutsideText(address))) return true;
		const asked = relayed(gathered).filter((relay) => reachedOver(relay) === 'ipv6');
		if (asked.some(({ relatedAddress }) => isOutsideText(relatedAddress))) return true;
		return place?.hostKind === 'ipv6' && f.witnesses.some(({ kind }) => kind === 'heard');
	});
}

function hasAddress({ hosts: { shown } }: Reads<'hosts'>): boolean {
	return shown.some((h) => h.includes(':') && isOutsideText(h));
}

/** IPv6 servers silent, IPv4 ones not, and the device has IPv6 or several servers agree that it does not work. */
function ipv6Broken(v: Reads<'facts' | 'hosts' | 'ipv6Heard'>): boolean {
	const silent = ipv6Rows(v).filter(isSilent);
	if (silent.length === 0 || silent.length < ipv6Rows(v).length) return false;
	if (v.ipv6Heard !== null || v.facts.some(mayHaveAnsweredOverIpv6)) return false;
	const ipv4Works = v.facts.some((f) => f.family === 'ipv4' && answered(f));
	return ipv4Works && (hasAddress(v) || hosts(silent).length >= 2 || workOverIpv4Too(v, silent));
}

/** Of a name only Chromium tells which family answered. */
function mayHaveAnsweredOverIpv6(f: ServerFacts): boolean {
	const told = f.family !== 'unknown' && (f.place?.hostKind !== 'name' || (f.gathered?.engine === 'chromium' && !isOwnUntold(f)));
	return !told && mayHaveAnswered(f);
}

/** An answer that names an address which the browser shows is told by the end of gathering alone, and one over IPv4 came before that. */
function isOwnUntold({ gathered, transport }: ServerFacts): boolean {
	if (gathered === null || transport !== 'udp' || gathered.endedBy === 'deadline') return false;
	const unresolved = gathered.errors.some((error) => isLookupError(error) && familyOfError(error) === 'ipv6');
	return !unresolved && udpHosts(gathered).some((host) => familyOf(host) === 'ipv6' && isOutsideText(host.address));
}

/** The same name answers over IPv4, so the server lives. */
function workOverIpv4Too({ facts }: Reads<'facts'>, silent: readonly ServerFacts[]): boolean {
	return silent.some((s) => facts.some((f) => f.family === 'ipv4' && f.url === s.url && answered(f)));
}

function webOverIpv6(v: Reads<'app-reachability'>): { address: string; index: number } | null {
	for (const { index, data } of v['app-reachability'].seen) {
		const address = data.clientAddress;
		if (address?.includes(':') && isOutsideText(address)) return { address, index };
	}
	return null;
}
