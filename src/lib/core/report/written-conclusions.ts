/**
 * What is checked of the conclusions in a file: that their frame is there, so that they can be compared with what this version
 * concludes. Words are checked as texts only, and values not at all: conclusions are made anew on opening, and another version
 * may have other words.
 */
import * as v from 'valibot';
import { byField, listOf, number, object, oneOf, recordOf, text, whole, yesOrNo } from '../base/schema';
import { meetingSeat } from '../observations/call-shapes';
import { serverTransport } from '../observations/gathering-shapes';

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
	relayedBytes: number,
	error: v.nullable(object({ rule: text, explanation: saidOrSentence, nextStep: saidOrSentence })),
	observations: listOf(whole)
});

const peer = object({ ...said.entries, direct: oneOf('yes', 'no', 'unknown'), observations: listOf(whole) });

const path = object({ kind: text, url: v.nullable(text) });

const call = object({
	...said.entries,
	kind: oneOf('loopback', 'pair', 'imported', 'other'),
	connection: v.nullable(text),
	connected: oneOf('yes', 'no', 'interrupted', 'unknown'),
	path: v.nullable(path),
	observations: listOf(whole)
});

const side = object({ seat: meetingSeat, name: text });

const pair = object({
	own: meetingSeat,
	sides: object({ host: side, guest: side }),
	predictions: listOf(object({ ...said.entries, path, works: oneOf('yes', 'no', 'unknown') })),
	outcomes: listOf(object({ ...said.entries, observation: whole, path, connected: v.nullable(yesOrNo) }))
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
	observations: listOf(whole)
});

export const writtenConclusions = object({
	headline,
	answers: listOf(answer),
	nat: object({ ipv4: nat, ipv6: nat }),
	servers: listOf(server),
	peers: listOf(peer),
	calls: listOf(call),
	pair: v.nullable(pair),
	findings: listOf(finding)
});
