/** Whether calls will work from this network. */
import { answerRule, type AnswerTable, type MissingStep } from '../answer-rule';
import type { ServerConclusion } from '../conclusion';
import type { Reads } from '../reading';
import { answered, isAsked } from '../view';
import {
	ADD_SERVER,
	asked,
	dependentNat,
	ENTER_LOGINS,
	OTHER_BROWSER,
	hasOutsideRelay,
	hosts,
	indexes,
	isTurn,
	natObservations,
	ownIpv4,
	nothingAnswers,
	onlyLocal,
	rows,
	silenceIndexes,
	steadyIpv4,
	turn,
	urlsOf,
	withoutLogin,
	working
} from './answer-facts';

export const CALLS_RULES: AnswerTable<'calls-will-work'> = [
	answerRule({
		id: 'calls-go-directly',
		needs: ['nat-filtering'],
		reads: ['needs-turn', 'nat'],
		says: 'yes',
		when: (v) => v['needs-turn'] === 'never',
		values: () => ({}),
		observations: (v) => natObservations(v.nat.ipv4!)
	}),
	answerRule({
		id: 'calls-work-with-turn',
		needs: ['relay'],
		reads: ['servers', 'facts', 'needs-turn'],
		says: 'with-turn',
		when: (v) => relaysOutside(v).length > 0,
		values: (v) => ({ ...working(relaysOutside(v)), onlyThroughTurn: v['needs-turn'] === 'always' }),
		observations: (v) => rows(relaysOutside(v))
	}),
	answerRule({
		id: 'calls-fail-without-udp-and-turn',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'udp-usable', 'turn-works', 'udpSilent', 'udpSilence', 'servers'],
		says: 'no',
		when: (v) => v.finished && v['udp-usable'] === 'no' && ['no', 'no-turn-configured'].includes(v['turn-works']),
		values: (v) => ({ turnListed: v['turn-works'] === 'no' }),
		observations: (v) => [...silenceIndexes(v), ...rows(turn(v).failed)]
	}),
	answerRule({
		id: 'calls-depend-on-peer',
		needs: [],
		reads: ['needs-turn', 'nat', 'missing', 'urls'],
		says: 'unknown',
		when: (v) => v['needs-turn'] === 'for-some-peers',
		values: (v) => ({ directTo: dependentNat(v) ? 'peers-open-to-any-port' : ownIpv4(v) ? 'most-peers' : 'ipv6-peers' }),
		observations: (v) => natObservations(dependentNat(v) ?? steadyIpv4(v) ?? v.nat.ipv6),
		missing: (v) => [workingTurn(v)]
	}),
	answerRule({
		id: 'calls-mostly-direct',
		needs: ['nat-mapping'],
		reads: ['nat', 'missing', 'urls'],
		says: 'unknown',
		when: (v) => steadyIpv4(v) !== null,
		values: () => ({}),
		observations: (v) => steadyIpv4(v)!.evidence.mapping!.observations,
		missing: (v) => [workingTurn(v)]
	}),
	answerRule({
		id: 'calls-no-server-asked',
		needs: ['ice-gathering'],
		reads: ['finished', 'facts', 'servers'],
		says: 'unknown',
		when: (v) => v.finished && !v.facts.some(isAsked),
		values: (v) => ({ urlsWithoutLogin: urlsOf(withoutLogin(v)) }),
		observations: (v) => indexes(v.facts),
		missing: (v) => [withoutLogin(v).length > 0 ? ENTER_LOGINS : ADD_SERVER]
	}),
	answerRule({
		id: 'calls-only-local-servers',
		needs: ['ice-gathering'],
		reads: ['finished', 'facts', 'servers', 'controls', 'udpHeard', 'udpSilent'],
		says: 'unknown',
		when: (v) => onlyLocal(v),
		values: (v) => ({ urls: urlsOf(asked(v).filter(answered)) }),
		observations: (v) => indexes(asked(v)),
		missing: () => [ADD_SERVER]
	}),
	answerRule({
		id: 'calls-candidates-left-out',
		needs: ['ice-gathering'],
		reads: ['finished', 'limit', 'facts'],
		says: 'unknown',
		when: (v) => v.finished && v.limit?.kind === 'nothing' && !v.facts.some(answered),
		values: () => ({}),
		observations: (v) => v.limit!.observations,
		missing: () => [OTHER_BROWSER]
	}),
	answerRule({
		id: 'calls-nothing-answers',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'facts', 'servers', 'controls', 'udpHeard', 'udpSilent'],
		says: 'unknown',
		when: (v) => nothingAnswers(v),
		values: (v) => ({ serverHosts: hosts(v.facts).length }),
		observations: (v) => indexes(v.facts),
		missing: (v) => [anotherServer(v)]
	}),
	answerRule({
		id: 'calls-not-decided',
		needs: [],
		reads: ['udp-usable', 'needs-turn', 'listed', 'udpSilent', 'urls'],
		says: 'unknown',
		when: () => true,
		values: (v) => ({
			known: v['udp-usable'] === 'yes' ? 'udp-works' : v['needs-turn'] === 'always' ? 'turn-needed' : 'nothing'
		}),
		observations: () => [],
		missing: (v) => [...(v['udp-usable'] === 'unknown' && v.listed ? [anotherServer(v)] : []), workingTurn(v)]
	})
];

function workingTurn({ urls }: Reads<'urls'>): MissingStep {
	return { probe: 'relay', step: urls.some(isTurn) ? 'make-a-turn-server-work' : 'add-turn-server' };
}

function anotherServer({ udpSilent }: Reads<'udpSilent'>): MissingStep {
	return udpSilent.length === 0 ? ADD_SERVER : { probe: 'server-gathering', step: 'add-server-of-another-operator' };
}

/** TURN rows that work and whose relay address a peer elsewhere can send to. */
function relaysOutside(v: Reads<'servers' | 'facts'>): ServerConclusion[] {
	const { works } = turn(v);
	// Rows and facts are of the same servers in the same order.
	return v.servers.filter((s, i) => works.includes(s) && hasOutsideRelay(s) && v.facts[i]!.stands === 'outside');
}
