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
