/** The mean opinion score of a call's audio, in English: in a sentence, and as the sum that it was computed by. */
import { formatUnit } from '../../base/format';
import { list } from '../../base/list';
import { BPL, BURST_R, IE, R_DEFAULT, type MosInput } from '../../call/mos';
import type { Mos } from '../../call/call-figure-shapes';
import type { MosValues } from '../../verdict/call/call-values';
import type { MessagesOf } from '../messages';
import { directionName } from './direction-names';

const INPUT_WORDS: Record<MosInput | 'codec-delay', string> = {
	'network-delay': 'one-way network delay',
	'jitter-buffer-delay': 'jitter buffer delay',
	'codec-delay': 'codec delay',
	'packet-loss': 'packet loss'
};

export const MOS: MessagesOf<keyof MosValues> = {
	'mos-computed': ({ direction, mos, r, clamp }) =>
		`Mean opinion score of the audio, ${directionName(direction)}: ${mos.toFixed(2)} (R ${r.toFixed(1)}).${clamp === 'none' ? '' : ` ${CLAMP_WORDS[clamp]}`}`,
	'mos-not-computed': ({ direction, missing }) =>
		`Mean opinion score of the audio, ${directionName(direction)}: not known, since ${list(missing.map((one) => INPUT_WORDS[one]))} ${missing.length > 1 ? 'were' : 'was'} not measured.`
};

export const CLAMP_WORDS: Record<Mos['clamp'], string> = {
	none: 'R lies within the scale, so nothing was clamped.',
	low: 'R falls below the scale, so the score is held at 1.0.',
	high: 'R is above the scale, so the score is held at 4.5.'
};

export const MOS_WORDS = {
	title: 'Mean opinion score of the audio',
	lead: 'By the E-model (ITU-T G.107), from 1 (bad) to 4.5 (the best of the scale). It was made for telephone networks; its codec values are those of G.711 with concealment, as ITU-T has published none for Opus. Take it as a comparison of paths, not as a grade.',
	unknown: 'Not known',
	missing: (missing: readonly MosInput[]) => `not measured: ${list(missing.map((one) => INPUT_WORDS[one]))}`
};

/** One line of the sum. */
export interface MosLine {
	symbol: string;
	label: string;
	value: string;
	/** Where the value comes from, or how it is computed. */
	from: string;
}

export function mosInputs(score: Mos): MosLine[] {
	return [
		{
			symbol: 'Tn',
			label: INPUT_WORDS['network-delay'],
			value: formatUnit('ms', score.networkDelayMs),
			from: NETWORK_DELAY_FROM[score.networkDelayFrom]
		},
		{
			symbol: 'Tj',
			label: INPUT_WORDS['jitter-buffer-delay'],
			value: formatUnit('ms', score.jitterBufferMs),
			from: 'Mean of the call: jitterBufferDelay over jitterBufferEmittedCount.'
		},
		{
			symbol: 'Tc',
			label: INPUT_WORDS['codec-delay'],
			value: formatUnit('ms', score.codecMs),
			from: 'Taken to be that of Opus, whatever the codec was: a frame of 20 ms and 6.5 ms of look-ahead (RFC 6716 §2.1.4).'
		},
		{
			symbol: 'Ppl',
			label: INPUT_WORDS['packet-loss'],
			value: formatUnit('share', score.lossRatio),
			from: score.lossFrom === 'rtcp' ? 'Reported by the receiver (RTCP).' : 'Counted by the receiver.'
		}
	];
}

const NETWORK_DELAY_FROM: Record<Mos['networkDelayFrom'], string> = {
	messages: 'Measured one way, by messages with a timestamp.',
	'round-trip': 'Half of the round-trip time: the directions cannot be distinguished.',
	'rtcp-round-trip': 'Half of the round-trip time by RTCP: the directions cannot be distinguished.'
};

/** Empty where there is no score. */
export function mosTerms({ mos, r, delayMs, delayImpairment, lossImpairment, lossRatio }: Mos): MosLine[] {
	if (mos === null || r === null || delayMs === null || delayImpairment === null || lossImpairment === null) return [];
	const line = (symbol: string, label: string, value: number, from: string) => ({ symbol, label, value: value.toFixed(2), from });
	return [
		line(
			'Idd',
			'impairment by delay',
			delayImpairment,
			delayMs <= 100
				? `0, as Ta = ${tenth(delayMs)} ms is at most 100 ms`
				: `25 · ((1 + X^6)^(1/6) − 3 · (1 + (X/3)^6)^(1/6) + 2) with X = log2(Ta / 100), Ta = ${tenth(delayMs)} ms`
		),
		line(
			'Ie,eff',
			'impairment by codec and loss',
			lossImpairment,
			`${IE} + (95 − ${IE}) · Ppl / (Ppl / ${BURST_R} + ${BPL}) with Ppl = ${tenth((lossRatio ?? 0) * 100)} %`
		),
		line('R', 'transmission rating factor', r, `${R_DEFAULT} − Idd − Ie,eff`),
		line('MOS', 'mean opinion score', mos, '1 + 0.035 · R + R · (R − 60) · (100 − R) · 7 · 10^−6')
	];
}

function tenth(value: number): string {
	return String(Math.round(value * 10) / 10);
}
