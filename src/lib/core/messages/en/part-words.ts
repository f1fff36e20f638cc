/** What a rule declares to read, in English: for the rule book. */
import type { ProbeId } from '../../observations/observation';
import type { JudgedPart } from '../../verdict/check/headline-rule';
import type { Question } from '../../verdict/conclusion';
import type { Part } from '../../verdict/reading';
import { PROBE_TITLES } from './next-steps';
import { ANSWER_WORDS } from './vocabulary';

const JOINED: Readonly<Record<Exclude<Part, Question | ProbeId>, string>> = {
	list: 'the list of servers as it was before anybody was asked',
	nat: 'the NAT of each address family',
	servers: 'the servers table',
	packetSources: 'from where relays and the prober received packets',
	interfaces: 'what servers saw of each interface of this device',
	facts: 'what each server did',
	limit: 'kinds of candidates that this browser leaves out',
	missing: 'address families that this device lacks',
	udpOutside: 'servers outside that answered over UDP',
	udpInside: 'servers inside this network that answered over UDP',
	udpHeard: 'an answer over UDP to the connection that asked several servers',
	ipv6Heard: 'an answer over UDP and IPv6 to the connection that asked several servers',
	udpSomewhere: 'servers that answered over UDP, from inside this network or from outside',
	udpSilent: 'servers that were silent over UDP',
	udpSilence: 'the silence of all servers that were asked over UDP at once',
	controls: 'what answered from outside over TCP, TLS or HTTPS',
	listed: 'whether the list of servers is known',
	pending: 'servers that have not been observed yet',
	finished: 'whether every server of the list was observed',
	urls: 'the URLs of all servers',
	hosts: 'the addresses of this device that the browser shows',
	calls: 'calls of this page with itself',
	pair: 'the attempts of two devices'
};

const OF_HEADLINES: Readonly<Record<Exclude<JudgedPart, Question>, string>> = {
	kind: 'what the report is about',
	servers: 'the servers table',
	tried: 'the connection attempts of two devices that had a result',
	names: 'the names of the two devices',
	calls: 'how each call went',
	faults: 'problems and warnings that nothing else explains',
	endings: 'what ended media or the connection of a single call',
	urls: 'what came of the URL that was asked',
	network: 'what checks of a network by other programs found',
	recorded: 'how many connections the dumps hold',
	networkSteps: 'the next steps for this network alone'
};

export function partWords(part: Part): string {
	if (isQuestion(part)) return answerWords(part);
	return part in JOINED
		? JOINED[part as keyof typeof JOINED]
		: `what was observed on the step “${PROBE_TITLES[part as ProbeId]}”`;
}

export function headlinePartWords(part: JudgedPart): string {
	return isQuestion(part) ? answerWords(part) : OF_HEADLINES[part];
}

function isQuestion(part: Part | JudgedPart): part is Question {
	return part in ANSWER_WORDS;
}

function answerWords(question: Question): string {
	return `the answer to “${ANSWER_WORDS[question].question}”`;
}
