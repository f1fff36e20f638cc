/** The questions a check answers, in the order in which they build on each other. */
import type { Question } from './conclusion';

export const QUESTIONS: readonly Question[] = [
	'udp-usable',
	'ipv6-usable',
	'turn-works',
	'needs-turn',
	'calls-will-work',
	'call-quality'
];
