/** Whether UDP reaches the outside and comes back. */
import { answerRule, type AnswerTable } from '../answer-rule';
import type { Reads } from '../reading';
import { isOutsideText } from '../../nat/evidence';
import { endpointText } from '../../observations/candidates';
import type { ReachedOtherwise, UdpSilence } from '../view';
import {
	ADD_SERVER,
	asked,
	controlsBeside,
	hosts,
	indexes,
	mayHaveAnswered,
	OTHER_BROWSER,
	quickestMs,
	silentAlone,
	silentProbers,
	silentTogether,
	urlsOf
} from './answer-facts';
import type { ServerFacts } from './server-facts';

export const UDP_RULES: AnswerTable<'udp-usable'> = [
	answerRule({
		id: 'udp-answered-from-outside',
		needs: ['server-gathering'],
		reads: ['udpOutside'],
		says: 'yes',
		when: (v) => v.udpOutside.length > 0,
		values: (v) => ({ urls: urlsOf(v.udpOutside), quickestMs: quickestMs(v.udpOutside) }),
		observations: (v) => indexes(v.udpOutside)
	}),
	answerRule({
		id: 'udp-answered-when-all-were-asked',
		needs: [],
		reads: ['udpHeard'],
		says: 'yes',
		when: (v) => v.udpHeard?.outside === true,
		values: (v) => ({ urls: [...v.udpHeard!.urls], afterMs: v.udpHeard!.afterMs }),
		observations: (v) => [v.udpHeard!.observation]
	}),
	answerRule({
		id: 'udp-carried-to-relay',
		needs: ['relay'],
		reads: ['facts'],
		says: 'yes',
		when: (v) => carriedDirectly(v).length > 0,
		values: (v) => ({ urls: urlsOf(carriedDirectly(v)) }),
		observations: (v) => indexes(carriedDirectly(v))
	}),
	answerRule({
		id: 'udp-to-prober-and-back',
		needs: ['nat-filtering'],
		reads: ['nat-filtering'],
		says: 'yes',
		when: (v) => byProberOutside(v).length > 0,
		values: (v) => ({ prober: byProberOutside(v)[0]!.server, seenAs: byProberOutside(v)[0]!.seenAs }),
		observations: (v) => byProberOutside(v).map(({ index }) => index)
	}),
	answerRule({
		id: 'udp-silent-while-others-work',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'facts', 'udpSilent', 'udpInside', 'udpHeard', 'controls', 'missing', 'nat-filtering'],
		says: 'no',
		when: (v) =>
			v.finished && hosts(v.udpSilent).length >= 2 && allUdpSilent(v) && v.udpHeard === null && besideSilent(v).length > 0,
		values: (v) => ({ ...silent(v.udpSilent), control: besideSilent(v)[0]!.by }),
		observations: (v) => [...indexes(v.udpSilent), ...besideSilent(v).map((c) => c.observation)]
	}),
	answerRule({
		id: 'udp-silent-so-far',
		needs: ['udp-first-answer'],
		reads: ['udpSilence', 'udpSomewhere', 'udpHeard', 'controls', 'missing', 'nat-filtering'],
		says: 'no',
		when: (v) => silentSoFar(v) !== null && v.udpSomewhere.length === 0 && v.udpHeard === null,
		values: (v) => {
			const { silence, control } = silentSoFar(v)!;
			return { urls: urlsOf(silence.asked), silentForMs: silence.forMs, control: control.by };
		},
		observations: (v) => {
			const { silence, control } = silentSoFar(v)!;
			return [silence.observation, control.observation];
		}
	}),
	answerRule({
		id: 'udp-answered-from-somewhere',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'udpSomewhere', 'udpHeard'],
		says: 'unknown',
		when: (v) => v.finished && (v.udpSomewhere.length > 0 || v.udpHeard !== null),
		values: (v) => ({
			urls: v.udpSomewhere.length > 0 ? urlsOf(v.udpSomewhere) : [...v.udpHeard!.urls],
			each: v.udpSomewhere.length > 0
		}),
		observations: (v) => [...indexes(v.udpSomewhere), ...(v.udpHeard ? [v.udpHeard.observation] : [])],
		missing: () => [ADD_SERVER]
	}),
	answerRule({
		id: 'udp-not-asked',
		needs: ['ice-gathering'],
		reads: ['finished', 'facts'],
		says: 'unknown',
		when: (v) => v.finished && udpTested(v).length === 0,
		values: () => ({}),
		observations: () => [],
		missing: () => [ADD_SERVER]
	}),
	answerRule({
		id: 'udp-only-local-servers',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'facts'],
		says: 'unknown',
		when: (v) => v.finished && udpTested(v).every(({ stands }) => stands === 'inside'),
		values: (v) => ({ urls: urlsOf(udpTested(v)) }),
		observations: (v) => indexes(udpTested(v)),
		missing: () => [ADD_SERVER]
	}),
	answerRule({
		id: 'udp-left-out-by-browser',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'limit'],
		says: 'unknown',
		when: (v) => v.finished && v.limit !== null && v.limit.kind !== 'no-host',
		values: (v) => ({ gathered: v.limit!.kind }),
		observations: (v) => v.limit!.observations,
		missing: () => [OTHER_BROWSER]
	}),
	answerRule({
		id: 'udp-one-silent-server',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'udpSilent'],
		says: 'unknown',
		when: (v) => v.finished && hosts(v.udpSilent).length === 1,
		values: (v) => silent(v.udpSilent),
		observations: (v) => indexes(v.udpSilent),
		missing: () => [{ probe: 'server-gathering', step: 'add-second-stun-server' }]
	}),
	answerRule({
		id: 'udp-silent-without-control',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'udpSilent', 'controls', 'missing', 'nat-filtering'],
		says: 'unknown',
		when: (v) => v.finished && hosts(v.udpSilent).length >= 2,
		values: (v) => ({
			...silent(v.udpSilent),
			outsideReached: v.controls.length > 0,
			inSilentFamily: besideSilent(v).length > 0
		}),
		observations: (v) => indexes(v.udpSilent),
		missing: () => [{ probe: 'relay', step: 'add-turn-server-as-control' }]
	}),
	answerRule({
		id: 'udp-failed-otherwise',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'facts'],
		says: 'unknown',
		when: (v) => v.finished,
		values: (v) => ({ urls: urlsOf(udpTested(v)) }),
		observations: (v) => indexes(udpTested(v)),
		missing: () => [ADD_SERVER]
	}),
	answerRule({
		id: 'udp-not-decided-yet',
		needs: [],
		reads: [],
		says: 'unknown',
		when: () => true,
		values: () => ({}),
		observations: () => []
	})
];

/** A relay speaks UDP to its peers (RFC 8656 §3.3), so data between it and this page's own socket went over UDP. */
function carriedDirectly({ facts }: Reads<'facts'>): ServerFacts[] {
	return facts.filter(
		({ stands, runs }) => stands === 'outside' && runs.some(({ toward, state }) => toward === 'direct' && state === 'carried')
	);
}

/** The prober got this device's packets from an address outside, and a request to there was answered. */
function byProberOutside(v: Reads<'nat-filtering'>): { server: string; seenAs: string; index: number }[] {
	return v['nat-filtering'].seen.flatMap(({ data, index }) => {
		if (data.method !== 'prober' || !data.proven || data.mapped === null) return [];
		const own = data.probes.find(({ position }) => position === 'same');
		const outside = isOutsideText(data.mapped.address) && (!own || isOutsideText(own.from.address));
		return outside ? [{ server: data.server, seenAs: endpointText(data.mapped), index }] : [];
	});
}

function udpTested(v: Reads<'facts'>): ServerFacts[] {
	return asked(v).filter((f) => f.transport === 'udp');
}

/** Shorter than this, silence over UDP may be a few lost packets. */
const SILENCE_AT_LEAST_MS = 2300;
/** … and on a slow path it is no more than waiting: this many round trips, as the control shows them. */
const SILENCE_ROUND_TRIPS = 3;

/** Silence over UDP that lasted long enough to say so before the servers' own deadlines have passed. */
function silentSoFar(
	v: Reads<'udpSilence' | 'controls' | 'missing' | 'nat-filtering'>
): { silence: UdpSilence; control: ReachedOtherwise } | null {
	const { udpSilence: silence } = v;
	if (!silence || silence.forMs < SILENCE_AT_LEAST_MS) return null;
	if (hosts(silence.asked).length < 2) return null;
	const control = controlsBeside(v, [...silentTogether(silence), ...silentProbers(v)]).find(
		({ roundTripMs }) => SILENCE_ROUND_TRIPS * roundTripMs <= silence.forMs
	);
	return control ? { silence, control } : null;
}

function besideSilent(v: Reads<'udpSilent' | 'controls' | 'missing' | 'nat-filtering'>): ReachedOtherwise[] {
	return controlsBeside(v, [...silentAlone(v.udpSilent), ...silentProbers(v)]);
}

/** Every server that could have shown UDP to the outside was silent; look-ups and refusals by the browser do not count. */
function allUdpSilent(v: Reads<'facts' | 'udpSilent' | 'udpInside'>): boolean {
	return udpTested(v).every((f) => v.udpSilent.includes(f) || v.udpInside.includes(f) || !mayHaveAnswered(f));
}

function silent(servers: readonly ServerFacts[]): { urls: string[]; silentForMs: number } {
	return { urls: urlsOf(servers), silentForMs: Math.min(...servers.map((f) => f.tookMs)) };
}
