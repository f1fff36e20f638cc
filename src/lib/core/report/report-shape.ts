/** The shape of a report, schema 1, for checking files. Kept beside the types; a test parses what makeReport makes. */
import type { NatFiltering, ProbeId } from '../observations/observation';
import {
	byField,
	isRecord,
	listOf,
	nullable,
	number,
	object,
	oneOf,
	optional,
	record,
	text,
	whole,
	yesOrNo,
	type Shape
} from './shape';

const transport = oneOf('udp', 'tcp', 'tls');

const candidateError = object({
	atMs: number,
	url: text,
	errorCode: number,
	errorText: text,
	address: nullable(text),
	port: nullable(number)
});

const gathered = {
	engine: oneOf('chromium', 'firefox', 'safari', 'unknown'),
	candidates: listOf(
		object({
			atMs: number,
			candidate: text,
			type: oneOf('host', 'srflx', 'prflx', 'relay'),
			protocol: oneOf('udp', 'tcp'),
			address: nullable(text),
			port: whole,
			foundation: text,
			component: whole,
			priority: number,
			relatedAddress: nullable(text),
			relatedPort: nullable(whole),
			tcpType: nullable(text),
			url: nullable(text),
			relayProtocol: nullable(transport)
		})
	),
	errors: listOf(candidateError),
	completeMs: nullable(number),
	endedBy: oneOf('complete', 'satisfied', 'deadline')
};

const relayRun = object({
	toward: oneOf('direct', 'self', 'cross'),
	peerUrl: nullable(text),
	state: oneOf('carried', 'not-connected', 'connected-without-data', 'not-allocated'),
	connectMs: nullable(number),
	bytesOut: whole,
	bytesBack: whole,
	rttMs: nullable(number),
	relayAddress: nullable(text),
	relayPort: nullable(whole),
	remote: nullable(object({ address: nullable(text), port: whole, type: text })),
	errors: listOf(candidateError)
});

const filterEndpoint = nullable(object({ address: text, port: whole }));

const filterKnock = object({
	opened: oneOf('other-address', 'relay-address'),
	observer: text,
	mapped: filterEndpoint,
	relay: filterEndpoint,
	state: oneOf('passed', 'blocked', 'inconclusive'),
	why: nullable(text),
	knockMs: nullable(number),
	controlMs: nullable(number),
	controlPort: nullable(whole)
});

const family = oneOf('ipv4', 'ipv6', 'unknown');

const FILTERING_METHODS: Record<NatFiltering['method'] | 'prober', Shape> = {
	turn: object({ family, server: text, knocks: listOf(filterKnock) }),
	prober: object({
		family,
		server: text,
		mapped: filterEndpoint,
		proven: yesOrNo,
		roundTripMs: nullable(number),
		knocks: listOf(
			object({
				corner: oneOf('same', 'other-port', 'other-address', 'other-both'),
				from: object({ address: text, port: whole }),
				sent: whole,
				answered: whole,
				firstAnswerMs: nullable(number)
			})
		),
		tookMs: number
	})
};

/** What each probe's data must have. A probe that this version does not know is kept and not judged. */
const PROBE_DATA: Record<ProbeId, Shape> = {
	'app-reachability': object({ url: text, status: whole, rttMs: number, clientAddress: nullable(text) }),
	'ice-gathering': object({
		...gathered,
		mediaPermission: oneOf('granted', 'not-granted'),
		policy: oneOf('all', 'relay'),
		urls: listOf(text)
	}),
	'server-gathering': object({ ...gathered, url: text, credentialExpiredForMs: optional(nullable(number)) }),
	'nat-mapping': object({ ...gathered, observers: listOf(text) }),
	'nat-filtering': byField('method', FILTERING_METHODS),
	relay: object({ url: text, runs: listOf(relayRun) })
};

const failureCode = oneOf('timeout', 'blocked', 'refused', 'unauthorized', 'unsupported', 'malformed', 'aborted', 'internal');

const observationFrame = object({
	probe: text,
	step: text,
	target: nullable(text),
	startedMs: number,
	tookMs: number,
	outcome: byField('state', {
		seen: object({ data: object({}) }),
		failed: object({ code: failureCode, message: text }),
		skipped: object({ why: text })
	})
});

const observation: Shape = (value, where) => {
	const fault = observationFrame(value, where);
	if (fault) return fault;
	const { probe, outcome } = value as { probe: string; outcome: { state: string; data?: unknown } };
	const data = Object.hasOwn(PROBE_DATA, probe) ? PROBE_DATA[probe as ProbeId] : undefined;
	return outcome.state === 'seen' && data ? data(outcome.data, `${where}.outcome.data`) : null;
};

const step = object({
	id: text,
	probe: text,
	target: nullable(text),
	title: text,
	delayMs: number,
	deadlineMs: number,
	after: listOf(text),
	patienceMs: nullable(number),
	cost: object({ seconds: number, bytes: number })
});

const because = object({ rule: text, text, observations: listOf(whole) });

const nat = nullable(
	object({
		mapping: text,
		filtering: text,
		hairpin: text,
		portPattern: text,
		publicAddresses: listOf(text),
		layers: text,
		evidence: record(because)
	})
);

/** Words are checked as texts only: conclusions are made anew on opening, and another version may have other words. */
const conclusions = object({
	answers: listOf(
		object({
			question: text,
			says: text,
			summary: text,
			because: listOf(because),
			missing: listOf(object({ probe: text, text }))
		})
	),
	nat: object({ ipv4: nat, ipv6: nat }),
	servers: listOf(
		object({
			url: text,
			kind: oneOf('stun', 'turn'),
			transport,
			family,
			state: text,
			rttMs: nullable(number),
			relayedBytes: number,
			error: nullable(object({ rule: text, explanation: text, nextStep: text }))
		})
	),
	peers: listOf(object({ direct: oneOf('yes', 'no', 'unknown') })),
	findings: listOf(object({ rule: text, severity: oneOf('problem', 'warning', 'normal', 'info'), text, where: text }))
});

const iso: Shape = (value, where) =>
	text(value, where) ??
	(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value as string)
		? null
		: {
				code: 'malformed',
				message: `${where} is “${String(value).slice(0, 40)}”; it must be a time such as 2026-11-20T12:00:00.000Z.`,
				where
			});

export const REPORT_SHAPE: Shape = object({
	schema: whole,
	tool: object({ name: oneOf('icelens'), version: text }),
	id: text,
	createdAt: iso,
	environment: object({ browser: text, userAgent: text, platform: text, engine: oneOf('browser', 'node') }),
	config: object({
		iceServers: listOf(object({ urls: listOf(text), username: optional(text) })),
		limits: object({ deadlineMs: number, staggerMs: number, relayBytes: number }),
		plan: listOf(step)
	}),
	observations: listOf(observation),
	conclusions
});

/** Whether this looks like a report of any version, so that a fault can say what else it is. */
export function looksLikeReport(value: unknown): value is Record<string, unknown> & { schema: number } {
	return isRecord(value) && Number.isSafeInteger(value.schema);
}
