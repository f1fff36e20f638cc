/**
 * What is checked of the conclusions in a file: that their frame is there, so that they can be compared with what this version
 * concludes. Words are checked as texts only, and values not at all: conclusions are made anew on opening, and another version
 * may have other words. What is optional here was not in every file of this schema; whatever this version writes is named here.
 */
import * as v from 'valibot';
import { byField, listOf, number, object, oneOf, recordOf, text, whole, yesOrNo } from '../base/schema';
import {
	callDirection,
	callSummary,
	directionDifference,
	mos,
	oneWayCounts,
	connectionOverview
} from '../call/call-figure-shapes';
import { connectionFigures } from '../call/connection-figure-shapes';
import { meetingSeat } from '../observations/call-shapes';
import { serverTransport } from '../observations/gathering-shapes';
import { line as lineFigures } from '../verdict/call/capacity';
import { recordedMoment } from '../verdict/conclusion';
import { pairSide, pairStep, triedPair } from '../verdict/pair/pair-conclusion';

/** What a rule said: values are read by the rule's own message alone. */
const said = object({ rule: text, values: object({}), text });
const because = object({ ...said.entries, observations: listOf(whole) });

/** Older files have the sentence by itself where a server failed. */
const saidOrSentence = v.union([text, said], 'a text, or what a rule said');

const headline = object({
	...said.entries,
	about: oneOf('check', 'call', 'pair'),
	verdict: text,
	causes: listOf(because),
	nextSteps: listOf(said)
});

const answer = object({
	...said.entries,
	question: text,
	says: text,
	because: listOf(because),
	missing: listOf(object({ ...said.entries, probe: text }))
});

const nat = v.nullable(
	object({
		mapping: text,
		filtering: text,
		hairpin: text,
		portPattern: text,
		publicAddresses: listOf(text),
		layers: text,
		evidence: recordOf(because)
	})
);

const server = object({
	...said.entries,
	url: text,
	username: v.optional(v.nullable(text)),
	kind: oneOf('stun', 'turn'),
	transport: serverTransport,
	family: oneOf('ipv4', 'ipv6', 'unknown'),
	state: text,
	rttMs: v.nullable(number),
	answeredMs: v.optional(v.nullable(number)),
	relayedBytes: number,
	relayAddress: v.optional(v.nullable(text)),
	proof: v.optional(v.nullable(text)),
	error: v.nullable(
		object({
			rule: text,
			code: v.optional(v.nullable(number)),
			text: v.optional(text),
			elapsedMs: v.optional(number),
			explanation: saidOrSentence,
			nextStep: saidOrSentence
		})
	),
	observations: listOf(whole)
});

const peer = object({
	...said.entries,
	peer: v.optional(object({ id: text, mapping: text, filtering: text, udp: text, families: listOf(text) })),
	direct: oneOf('yes', 'no', 'unknown'),
	family: v.optional(v.nullable(text)),
	observations: listOf(whole)
});

/** Of a loopback call, and between two devices: each has words that the other has not. */
const path = object({
	kind: text,
	url: v.nullable(text),
	transport: v.optional(v.nullable(text)),
	far: v.optional(v.nullable(text)),
	farUrl: v.optional(v.nullable(text)),
	relayAt: v.optional(v.nullable(text))
});

const quality = object({
	overall: text,
	items: listOf(
		object({ ...said.entries, limit: text, direction: v.nullable(callDirection), value: v.nullable(number), judgement: text })
	),
	missing: listOf(said)
});

const call = object({
	...said.entries,
	kind: oneOf('loopback', 'pair', 'imported', 'other'),
	connection: v.nullable(text),
	connected: oneOf('yes', 'no', 'interrupted', 'unknown'),
	ending: v.optional(v.nullable(said)),
	path: v.nullable(path),
	ends: v.optional(listOf(object({ ...connectionOverview.entries, path: listOf(said), figures: v.optional(connectionFigures) }))),
	summary: v.optional(v.nullable(callSummary)),
	quality: v.optional(v.nullable(quality)),
	mos: v.optional(listOf(object({ ...said.entries, ...mos.entries }))),
	ways: v.optional(listOf(oneWayCounts)),
	directions: v.optional(listOf(directionDifference)),
	observations: listOf(whole)
});

const line = object({
	...said.entries,
	...lineFigures.entries,
	kind: text,
	notes: listOf(said),
	observations: listOf(whole)
});

const { seat, name, checked, udp, turn } = pairSide.entries;
const side = object({
	seat,
	name,
	checked: v.optional(checked),
	nat: v.optional(nat),
	udp: v.optional(udp),
	turn: v.optional(turn)
});

const prediction = object({ ...said.entries, path, works: oneOf('yes', 'no', 'unknown') });

const end = object({
	seat: meetingSeat,
	steps: listOf(pairStep),
	pairs: listOf(object({ ...said.entries, pair: triedPair, reason: text })),
	chosen: v.nullable(triedPair)
});

const pair = object({
	own: meetingSeat,
	sides: object({ host: side, guest: side }),
	predictions: listOf(prediction),
	outcomes: listOf(
		object({
			...said.entries,
			observation: whole,
			path,
			endedBy: v.optional(text),
			connected: v.nullable(yesOrNo),
			connectMs: v.optional(v.nullable(number)),
			ends: v.optional(object({ host: end, guest: end })),
			directions: v.optional(listOf(oneWayCounts)),
			prediction: v.optional(v.nullable(prediction)),
			local: v.optional(v.nullable(said)),
			agrees: v.optional(v.nullable(yesOrNo))
		})
	)
});

const subject = byField('kind', [
	object({ kind: v.literal('server'), url: text }),
	object({ kind: v.literal('network'), family: v.nullable(text) }),
	object({ kind: v.literal('connection'), id: v.nullable(text) }),
	object({ kind: v.literal('page'), url: v.nullable(text) }),
	object({ kind: v.literal('server-list') })
]);

const finding = object({
	...said.entries,
	id: text,
	subject,
	severity: oneOf('problem', 'warning', 'normal', 'info'),
	explains: listOf(text),
	observations: listOf(whole),
	moment: v.optional(recordedMoment),
	nextStep: v.optional(said)
});

export const writtenConclusions = object({
	headline,
	answers: listOf(answer),
	nat: object({ ipv4: nat, ipv6: nat }),
	servers: listOf(server),
	peers: listOf(peer),
	calls: listOf(call),
	lines: v.optional(listOf(line)),
	pair: v.nullable(pair),
	findings: listOf(finding)
});
