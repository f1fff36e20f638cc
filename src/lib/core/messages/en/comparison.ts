/** What differs between two reports, and what this version judges otherwise than the one that saved a report, in English. */
import { duration, formatUnit } from '../../base/format';
import { entryOf } from '../../base/record';
import type { Unit } from '../../recording/metric';
import type {
	CallFigure,
	ComparedServer,
	ComparisonValues,
	InCall,
	NatField,
	PathOutcome
} from '../../verdict/comparison-values';
import type { MessagesOf } from '../messages';
import { directionName } from './direction-names';
import { headlineTitle } from './headline-title';
import {
	ANSWER_WORDS,
	CALL_FIGURE_WORDS,
	FAMILY_WORDS,
	NAT_FIELD_WORDS,
	PATH_OUTCOME_WORDS,
	SERVER_STATE_WORDS
} from './vocabulary';
import { meetingPathName } from './path-names';

export const COMPARISON: MessagesOf<keyof ComparisonValues> = {
	'compared-verdict': ({ before, after }) => `The verdict changed: was “${headlineTitle(before)}”, is “${headlineTitle(after)}”.`,
	'compared-pair-path': ({ path, before, after }) =>
		`Over ${meetingPathName(path)} the two devices are ${outcome(after)} this time; before: ${outcome(before)}.`,
	'compared-answer': ({ question, before, after }) =>
		`“${questionName(question)}” was answered “${answerName(question, before)}”, now “${answerName(question, after)}”.`,

	'compared-family-seen': ({ family }) => `${FAMILY_WORDS[family]} is seen now, and was not before.`,
	'compared-family-gone': ({ family }) => `${FAMILY_WORDS[family]} is no longer seen.`,
	'compared-nat-unknown': ({ family, field, before }) =>
		`${fieldName(family, field)} is not known this time; it was ${natValue(field, before)}.`,
	'compared-nat-known': ({ family, field, after }) => `${fieldName(family, field)} is known now: ${natValue(field, after)}.`,
	'compared-nat-field': ({ family, field, before, after, towards }) => {
		const how = towards === null ? 'changed' : towards === 'stricter' ? 'became stricter' : 'became more open';
		return `${fieldName(family, field)} ${how}: ${natValue(field, after)}, was ${natValue(field, before)}.`;
	},
	'compared-public-address': ({ family, beforeAddresses, afterAddresses }) =>
		`The public ${FAMILY_WORDS[family]} address was ${addressesName(beforeAddresses)}, is ${addressesName(afterAddresses)}.`,

	'compared-server-state': ({ server, before, after }) => {
		const subject = `${server.kind.toUpperCase()} over ${server.transport.toUpperCase()} (${serverName(server)})`;
		return `${subject} ${entryOf(NOW, after) ?? after}; before: ${stateName(before).toLowerCase()}.`;
	},
	'compared-server-rtt': ({ server, beforeMs, afterMs }) =>
		`The round trip to ${serverName(server)} is ${signed(afterMs - beforeMs, duration)}: ${duration(afterMs)}, was ${duration(beforeMs)}.`,
	'compared-finding-new': ({ finding }, say) => `New: ${say(finding)}`,
	'compared-finding-gone': ({ finding }, say) => `No longer found: ${say(finding)}`,

	'compared-call-rtt': ({ beforeMs, afterMs, ...call }) => figure('rtt', 'ms', call, beforeMs, afterMs),
	'compared-call-loss': ({ beforeRatio, afterRatio, ...call }) => figure('loss', 'share', call, beforeRatio, afterRatio),
	'compared-call-jitter': ({ beforeMs, afterMs, ...call }) => figure('jitter', 'ms', call, beforeMs, afterMs),
	'compared-call-delay': ({ beforeMs, afterMs, ...call }) => figure('delay', 'ms', call, beforeMs, afterMs),
	'compared-call-audio-bitrate': ({ beforeBps, afterBps, ...call }) =>
		figure('audio-bitrate', 'bit/s', call, beforeBps, afterBps),
	'compared-call-video-bitrate': ({ beforeBps, afterBps, ...call }) =>
		figure('video-bitrate', 'bit/s', call, beforeBps, afterBps),
	'compared-call-frame-rate': ({ beforePerSecond, afterPerSecond, ...call }) =>
		figure('frame-rate', '1/s', call, beforePerSecond, afterPerSecond),
	'compared-call-freezes': ({ beforeCount, afterCount, ...call }) => figure('freezes', 'count', call, beforeCount, afterCount),

	'compared-browser': ({ before, after }) => `Measured with ${after}, before with ${before}.`,
	'compared-platform': ({ before, after }) => `Measured on ${after}, before on ${before}.`,
	'compared-redaction': () =>
		'In one of the two, placeholders stand for addresses and names, so servers and addresses cannot be compared.',

	'rejudged-answer': ({ question, before, after }) => rejudged(`“${questionName(question)}”`, before, after),
	'rejudged-family': ({ family, seenNow }) =>
		rejudged(`${FAMILY_WORDS[family]} as a whole`, seenNow ? null : 'seen', seenNow ? 'seen' : null),
	'rejudged-nat-field': ({ family, field, before, after }) =>
		rejudged(`${FAMILY_WORDS[family]} ${NAT_FIELDS[field]}`, before, after),
	'rejudged-public-addresses': ({ family, beforeAddresses, afterAddresses }) =>
		rejudged(
			`${FAMILY_WORDS[family]} public addresses`,
			beforeAddresses.join(', ') || 'none',
			afterAddresses.join(', ') || 'none'
		),
	'rejudged-server': ({ server, before, after }) => rejudged(serverName(server, ' over '), before, after),
	'rejudged-finding-new': ({ finding }, say) => `Found now: ${say(finding)}`,
	'rejudged-finding-gone': ({ finding }, say) => `No longer found: ${say(finding)}`
};

/** What a server does now that it did not do before. */
const NOW: Readonly<Record<string, string>> = {
	works: 'works now',
	'allocates-only': 'allocates a relay that carries nothing now',
	unauthorized: 'refuses the credentials now',
	'quota-reached': 'allocates no more relays now',
	unreachable: 'stopped answering',
	'tls-failed': 'fails at TLS now',
	misconfigured: 'is misconfigured now',
	'not-asked': 'was not asked this time',
	'not-tested': 'was not tested this time',
	unknown: 'gave no clear result this time'
};

const NAT_FIELDS: Record<NatField, string> = {
	mapping: 'mapping',
	filtering: 'filtering',
	hairpin: 'hairpin',
	portPattern: 'port pattern',
	layers: 'layers of NAT'
};

function rejudged(name: string, before: string | null, after: string | null): string {
	if (before === null) return `${name} is new: ${after}.`;
	if (after === null) return `${name} is no longer there; it was ${before}.`;
	return `${name}: was ${before}, is ${after}.`;
}

/** As the row of a comparison has it: `turn:203.0.113.1, IPv4 (2)`. */
export function serverName({ url, family, nth }: ComparedServer, joint = ', '): string {
	return `${url}${family === 'unknown' ? '' : `${joint}${FAMILY_WORDS[family]}`}${nth === 1 ? '' : ` (${nth})`}`;
}

export function questionName(question: string): string {
	return entryOf<{ question: string }>(ANSWER_WORDS, question)?.question ?? question;
}

export function answerName(question: string, says: string): string {
	const words = entryOf<{ says: Readonly<Record<string, string>> }>(ANSWER_WORDS, question);
	return (words && entryOf(words.says, says)) ?? says;
}

export function stateName(state: string): string {
	return entryOf<string>(SERVER_STATE_WORDS, state) ?? state;
}

export function addressesName(addresses: readonly string[]): string {
	return addresses.join(', ') || 'not seen';
}

export function callName(call: number | null): string {
	return call === null ? 'Call' : `Call ${call}`;
}

/** `loss, caller to callee`. */
export function figureName(figure: CallFigure, direction: InCall['direction']): string {
	return `${CALL_FIGURE_WORDS[figure]}${direction ? `, ${directionName(direction)}` : ''}`;
}

function figure(figure: CallFigure, unit: Unit, { call, direction }: InCall, before: number, after: number): string {
	const shown = (value: number) => formatUnit(unit, value);
	return `${callName(call)}: ${figureName(figure, direction)} ${signed(after - before, shown)} (${shown(after)}, was ${shown(before)}).`;
}

function signed(value: number, format: (value: number) => string): string {
	return `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`;
}

function outcome(of: PathOutcome): string {
	return PATH_OUTCOME_WORDS[of].toLowerCase();
}

function fieldName(family: 'ipv4' | 'ipv6', field: NatField): string {
	return `${FAMILY_WORDS[family]} ${NAT_FIELD_WORDS[field].title.toLowerCase()}`;
}

/** In a word, as the row has it. */
export function natName(field: NatField, value: string): string {
	return entryOf(NAT_FIELD_WORDS[field].values, value)?.word ?? value;
}

function natValue(field: NatField, value: string): string {
	return natName(field, value).toLowerCase();
}
