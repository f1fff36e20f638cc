/** The words of two reports side by side in English: groups, rows and what stands in them. */
import { addressesName, answerName, callName, figureName, natName, questionName, serverName, stateName } from './comparison';

export const COMPARISON_WORDS = {
	verdict: 'Verdict',
	pair: 'Two devices',
	answers: 'Answers',
	nat: (family: string) => `NAT, ${family}`,
	seen: 'Seen',
	yes: 'yes',
	no: 'no',
	servers: 'Servers',
	roundTrip: (server: string) => `${server}, round trip`,
	findings: 'Worth knowing',
	notFound: 'not found',
	circumstances: 'Measured with',
	time: 'Time',
	browser: 'Browser',
	platform: 'Platform',
	version: 'Icelens',
	copy: 'Copy',
	redacted: 'redacted',
	asMeasured: 'as measured',
	questionName,
	answerName,
	natName,
	addressesName,
	serverName,
	stateName,
	callName,
	figureName
};
