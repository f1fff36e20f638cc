/** The shape of a report, schema 2, for checking files. Kept beside the types; a test parses what makeReport makes. */
import { isRecord } from '../base/record';
import type { NatFiltering, ProbeId } from '../observations/observation';
import {
	byField,
	described,
	listOf,
	nullable,
	number,
	object,
	oneOf,
	optional,
	record,
	schemaOf,
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
	farType: optional(nullable(text)),
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

const partnerWhy = nullable(
	oneOf('unreachable', 'refused', 'clock', 'no-family', 'same-address', 'busy', 'not-heard', 'not-answered')
);
const place = object({ address: text, port: whole });

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
		partner: optional(
			object({
				host: text,
				why: partnerWhy,
				waitedMs: number,
				control: nullable(object({ at: place, from: place, knocked: place, sent: whole, answered: whole, roundTripMs: number }))
			})
		),
		tookMs: number
	})
};

const callPath = object({
	kind: oneOf('any', 'host', 'srflx', 'relay'),
	url: nullable(text),
	transport: nullable(transport),
	far: nullable(oneOf('relay', 'direct')),
	farUrl: optional(nullable(text))
});

const rawValue = described(
	(value, where) => (value === null || typeof value === 'string' || typeof value === 'boolean' ? null : number(value, where)),
	{ type: ['null', 'string', 'boolean', 'number'] }
);

const columnFrame = object({ field: text, tMs: listOf(number), v: listOf(rawValue), alignment: oneOf('exact', 'approximate') });

/** A column whose two lists differ in length would give every value another's time. */
const column = described((value, where) => {
	const fault = columnFrame(value, where);
	if (fault) return fault;
	const { tMs, v } = value as { tMs: unknown[]; v: unknown[] };
	if (tMs.length === v.length) return null;
	const message = `${where} has ${tMs.length} times and ${v.length} values; they must be as many.`;
	return { code: 'malformed', message, where };
}, schemaOf(columnFrame));

const handshakeEvent = object({
	atMs: nullable(number),
	peer: text,
	call: text,
	phase: oneOf('called', 'done', 'failed', 'event'),
	description: optional(object({ type: text, sdp: text })),
	candidate: optional(text),
	state: optional(text),
	error: optional(text),
	name: optional(text)
});

const pausedMs = object({ hidden: number, stalled: number });

const recording = object({
	format: text,
	formatName: text,
	clock: oneOf('epoch', 'start', 'none'),
	userAgent: nullable(text),
	connections: listOf(
		object({
			id: text,
			label: text,
			url: nullable(text),
			configuration: nullable(text),
			startMs: nullable(number),
			endMs: nullable(number),
			events: listOf(handshakeEvent),
			tracks: listOf(object({ id: text, type: text, columns: listOf(column) })),
			page: optional(
				object({
					overMs: number,
					pausedMs,
					stalls: whole,
					longestStallMs: number,
					lateMs: nullable(object({ mean: number, p95: number }))
				})
			)
		})
	),
	media: listOf(object({ atMs: nullable(number), method: text, outcome: text, detail: nullable(text) })),
	notes: listOf(object({ rule: text, text, where: text, atMs: optional(number) }))
});

const loopbackCall = object({
	purpose: oneOf('call', 'comparison'),
	path: callPath,
	paths: listOf(object({ atMs: number, path: callPath })),
	media: object({
		source: oneOf('devices', 'synthetic'),
		audioOnly: yesOrNo,
		width: number,
		height: number,
		frameRate: number,
		codec: nullable(text),
		bitrateCapBps: nullable(number)
	}),
	connectMs: nullable(number),
	mediaMs: nullable(number),
	endedBy: oneOf('running', 'stopped', 'duration', 'not-connected', 'path-lost', 'page-left', 'failed'),
	error: nullable(text),
	errors: listOf(candidateError),
	marks: listOf(object({ atMs: number, kind: text, text })),
	recording,
	keptEvery: whole
});

const pingRun = object({ sent: whole, received: whole, delayMs: nullable(object({ median: number, p95: number })) });

const throughput = object({
	path: callPath,
	connectMs: number,
	idle: object({ forth: pingRun, back: pingRun }),
	loads: listOf(
		object({
			direction: oneOf('forth', 'back'),
			seconds: number,
			bytes: whole,
			bitrateBps: nullable(number),
			forth: pingRun,
			back: pingRun
		})
	),
	endedBy: oneOf('done', 'stopped', 'path-lost')
});

const seat = oneOf('host', 'guest');

const pairCall = object({
	own: seat,
	names: object({ host: text, guest: text }),
	path: object({
		kind: oneOf('direct', 'relay', 'any'),
		url: nullable(text),
		transport: nullable(transport),
		relayAt: optional(nullable(seat))
	}),
	endedBy: oneOf('running', 'stopped', 'not-connected', 'path-lost', 'peer-left', 'failed'),
	error: nullable(text),
	clock: nullable(object({ offsetMs: number, uncertaintyMs: number })),
	firstFrameMs: object({ host: nullable(number), guest: nullable(number) }),
	recording,
	keptEvery: whole
});

/** The other device's observations are observations: the same shape, one level down. */
const peerCheck = object({
	seat,
	name: text,
	browser: text,
	deadlineMs: number,
	observations: listOf((value, where) => observation(value, where))
});

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
	'udp-first-answer': object({ ...gathered, urls: listOf(text) }),
	'nat-mapping': object({ ...gathered, observers: listOf(text) }),
	'nat-filtering': byField('method', FILTERING_METHODS),
	relay: object({ url: text, runs: listOf(relayRun) }),
	'prober-mapping': object({
		family,
		seen: listOf(
			object({
				corner: oneOf('same', 'other-port', 'other-address', 'other-both'),
				at: object({ address: text, port: whole }),
				from: filterEndpoint
			})
		),
		partner: optional(object({ host: text, why: partnerWhy })),
		sockets: optional(whole)
	}),
	hairpin: object({
		family: oneOf('ipv4', 'ipv6'),
		observer: text,
		mapped: listOf(filterEndpoint),
		state: oneOf('returned', 'arrived', 'lost', 'inconclusive'),
		why: nullable(text),
		triedMs: nullable(number),
		controlMs: nullable(number)
	}),
	'loopback-call': loopbackCall,
	throughput,
	'pair-call': pairCall,
	'peer-check': peerCheck,
	'imported-stats': object({ fileName: text, recording, keptEvery: whole })
};

const failureCode = oneOf('timeout', 'blocked', 'refused', 'unauthorized', 'unsupported', 'malformed', 'aborted', 'internal');

const observationFrame = object({
	probe: text,
	step: text,
	target: nullable(text),
	startedMs: number,
	tookMs: number,
	pausedMs: optional(pausedMs),
	outcome: byField('state', {
		seen: object({ data: object({}) }),
		failed: object({ code: failureCode, message: text }),
		skipped: object({ why: text })
	})
});

const observation = described(
	(value, where) => {
		const fault = observationFrame(value, where);
		if (fault) return fault;
		const { probe, outcome } = value as { probe: string; outcome: { state: string; data?: unknown } };
		const data = Object.hasOwn(PROBE_DATA, probe) ? PROBE_DATA[probe as ProbeId] : undefined;
		return outcome.state === 'seen' && data ? data(outcome.data, `${where}.outcome.data`) : null;
	},
	{
		...schemaOf(observationFrame),
		allOf: Object.entries(PROBE_DATA).map(([probe, data]) => ({
			if: { properties: { probe: { const: probe }, outcome: { properties: { state: { const: 'seen' } } } } },
			then: { properties: { outcome: { properties: { data: schemaOf(data) } } } }
		}))
	}
);

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

/** What a rule said: values are read by the rule's own sentence alone. */
const said = { rule: text, values: object({}), text };
const because = object({ ...said, observations: listOf(whole) });
const saidAlone = object(said);
/** Older files have the sentence by itself where a server failed. */
const saidOrSentence = described((value, where) => (typeof value === 'string' ? null : saidAlone(value, where)), {
	anyOf: [schemaOf(saidAlone), schemaOf(text)]
});

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

const headline = object({
	...said,
	about: oneOf('check', 'call', 'pair'),
	verdict: text,
	causes: listOf(because),
	nextSteps: listOf(saidAlone)
});

const subject = byField('kind', {
	server: object({ url: text }),
	network: object({ family: nullable(text) }),
	connection: object({ id: nullable(text) }),
	page: object({ url: nullable(text) }),
	'server-list': object({})
});

const pairPath = object({ kind: text, url: nullable(text) });

/** Words are checked as texts only: conclusions are made anew on opening, and another version may have other words. */
const conclusions = object({
	headline,
	answers: listOf(
		object({ ...said, question: text, says: text, because: listOf(because), missing: listOf(object({ ...said, probe: text })) })
	),
	nat: object({ ipv4: nat, ipv6: nat }),
	servers: listOf(
		object({
			...said,
			url: text,
			kind: oneOf('stun', 'turn'),
			transport,
			family,
			state: text,
			rttMs: nullable(number),
			relayedBytes: number,
			error: nullable(object({ rule: text, explanation: saidOrSentence, nextStep: saidOrSentence })),
			observations: listOf(whole)
		})
	),
	peers: listOf(object({ ...said, direct: oneOf('yes', 'no', 'unknown'), observations: listOf(whole) })),
	calls: listOf(
		object({
			...said,
			kind: oneOf('loopback', 'pair', 'imported', 'other'),
			connection: nullable(text),
			connected: oneOf('yes', 'no', 'interrupted', 'unknown'),
			path: nullable(pairPath),
			observations: listOf(whole)
		})
	),
	pair: nullable(
		object({
			own: seat,
			sides: object({ host: object({ seat, name: text }), guest: object({ seat, name: text }) }),
			predictions: listOf(object({ ...said, path: pairPath, works: oneOf('yes', 'no', 'unknown') })),
			outcomes: listOf(object({ ...said, observation: whole, path: pairPath, connected: nullable(yesOrNo) }))
		})
	),
	findings: listOf(
		object({
			...said,
			id: text,
			subject,
			severity: oneOf('problem', 'warning', 'normal', 'info'),
			explains: listOf(text),
			observations: listOf(whole)
		})
	)
});

const ISO_UTC = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$';

const iso = described(
	(value, where) =>
		text(value, where) ??
		(new RegExp(ISO_UTC).test(value as string)
			? null
			: {
					code: 'malformed',
					message: `${where} is “${String(value).slice(0, 40)}”; it must be a time such as 2026-11-20T12:00:00.000Z.`,
					where
				}),
	{ type: 'string', pattern: ISO_UTC }
);

const measured = {
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
	observations: listOf(observation)
};

/** A report without its conclusions: what can be judged. */
export const MEASURED_SHAPE: Shape = object(measured);

export const REPORT_SHAPE: Shape = object({
	...measured,
	conclusions,
	redacted: optional(yesOrNo),
	trimmed: optional(listOf(text))
});

/** Whether this looks like a report of any version, so that a fault can say what else it is. */
export function looksLikeReport(value: unknown): value is Record<string, unknown> & { schema: number } {
	return isRecord(value) && Number.isSafeInteger(value.schema);
}
