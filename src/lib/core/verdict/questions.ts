/** The questions a check answers, in the order in which they build on each other. */
import type { Question } from './conclusion';

export interface QuestionInfo {
	question: Question;
	/** As a person would ask it. */
	title: string;
}

export const QUESTIONS: readonly QuestionInfo[] = [
	{ question: 'udp-usable', title: 'Can this network use UDP?' },
	{ question: 'ipv6-usable', title: 'Can this network use IPv6?' },
	{ question: 'turn-works', title: 'Do the TURN servers work?' },
	{ question: 'needs-turn', title: 'Does this network need TURN?' },
	{ question: 'calls-will-work', title: 'Will calls work from here?' },
	{ question: 'call-quality', title: 'How good will a call be?' }
];

/** What each probe does, for sentences about what is missing. */
export const PROBE_TITLES: Readonly<Record<string, string>> = {
	'app-reachability': 'Ask the app itself over HTTPS',
	'ice-gathering': 'Gather candidates with the whole list of servers',
	'server-gathering': 'Ask each server in a connection of its own',
	'udp-first-answer': 'Wait for a first answer over UDP',
	'nat-mapping': 'Ask all servers from one socket',
	relay: 'Send data through each relay and back',
	'prober-mapping': 'Let the app see where the packets of one socket come from',
	hairpin: 'Send packets to the own public address',
	'loopback-call': 'Make a call over this network',
	throughput: 'Load the path and time small messages on it',
	'pair-call': 'Call another device',
	'peer-check': 'Let the other device check its network',
	'imported-stats': 'Read a dump of a call made elsewhere'
};
