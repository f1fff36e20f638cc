/**
 * Mean opinion score of speech by the E-model (ITU-T G.107), from what a call measured. Nothing is made up: when an input is missing
 * the answer is "cannot say". Every input, term and clamp is given out, so that a screen can show the sum.
 */
import type { CallSummary, DirectionSummary } from './call-summary';

export interface MosInput {
	symbol: string;
	label: string;
	value: number | null;
	unit: 'ms' | 'share' | '';
	/** Where the value comes from. */
	source: string;
}

export interface MosTerm {
	symbol: string;
	label: string;
	value: number;
	/** With the numbers in it. */
	formula: string;
}

export interface Mos {
	/** `caller to callee`. */
	direction: string;
	/** 1 to 4.5; null: cannot say, see `missing`. */
	mos: number | null;
	/** Transmission rating factor R, before the clamp. */
	r: number | null;
	inputs: MosInput[];
	terms: MosTerm[];
	/** What the end of the scale did: R under 0 is 1.0, over 100 is 4.5, and the formula's dip under 1 is 1.0 (G.107 Annex B). */
	clamp: 'none' | 'low' | 'high';
	/** Inputs that were not measured. */
	missing: string[];
	caveat: string;
}

/** R with all of G.107's default values and no delay, no loss (G.107 Table 2). */
const R_DEFAULT = 93.2;
/** Ie and Bpl of G.711 with concealment (G.113 Table I.4). ITU-T has no values for Opus: this is the nearest that is published. */
const IE = 0;
const BPL = 25.1;
/** BurstR 1: losses by chance. Real losses come in bursts, which sound worse. */
const BURST_R = 1;
/** One frame of Opus is collected before it can be sent, and its look-ahead (RFC 6716 §2.1.4). */
const CODEC_MS = 26.5;

const CAVEAT =
	'The E-model was made for telephone networks; its codec values are those of G.711 with concealment, as ITU-T has published none for Opus. Take it as a comparison of paths, not as a grade.';

export function mosOf(summary: CallSummary, direction: DirectionSummary): Mos {
	const half = summary.rttMs === null ? null : summary.rttMs.median / 2;
	const network = direction.oneWayDelayMs?.median ?? half;
	const source = direction.oneWayDelayMs
		? 'Measured one way, by messages with a timestamp.'
		: `Half of the round-trip time${summary.rttFrom === 'rtcp' ? ' (by RTCP)' : ''}: the directions cannot be told apart.`;
	const inputs: MosInput[] = [
		{ symbol: 'Tn', label: 'Delay of the network, one way', value: network, unit: 'ms', source },
		{
			symbol: 'Tj',
			label: 'Delay by the jitter buffer',
			value: direction.jitterBufferMs,
			unit: 'ms',
			source: 'Mean of the call: jitterBufferDelay over jitterBufferEmittedCount.'
		},
		{
			symbol: 'Tc',
			label: 'Delay by the codec',
			value: CODEC_MS,
			unit: 'ms',
			source: 'A frame of 20 ms and 6.5 ms of look-ahead (Opus).'
		},
		{
			symbol: 'Ppl',
			label: 'Packets lost',
			value: direction.lossRatio,
			unit: 'share',
			source: direction.lossFrom === 'rtcp' ? 'Told by the receiver (RTCP).' : 'Counted where they arrive.'
		}
	];
	const name = `${direction.from} to ${direction.to}`;
	const missing = inputs.filter(({ value }) => value === null || !Number.isFinite(value)).map(({ label }) => label);
	if (missing.length > 0) {
		return { direction: name, mos: null, r: null, inputs, terms: [], clamp: 'none', missing, caveat: CAVEAT };
	}
	return {
		direction: name,
		...eModel(network! + direction.jitterBufferMs! + CODEC_MS, direction.lossRatio!),
		inputs,
		missing,
		caveat: CAVEAT
	};
}

/** R and MOS for a delay from mouth to ear and a share of lost packets. Echo, noise and loudness at G.107's defaults. */
export function eModel(delayMs: number, lossRatio: number): Pick<Mos, 'mos' | 'r' | 'terms' | 'clamp'> {
	const idd = delayImpairment(delayMs);
	const ppl = lossRatio * 100;
	const ie = IE + (95 - IE) * (ppl / (ppl / BURST_R + BPL));
	const r = R_DEFAULT - idd - ie;
	const raw = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
	// Between 0 and 6.5 the cubic dips under 1, where the scale has no value.
	const clamp = r < 0 || raw < 1 ? 'low' : r > 100 ? 'high' : 'none';
	const mos = clamp === 'low' ? 1 : clamp === 'high' ? 4.5 : raw;
	const terms: MosTerm[] = [
		{
			symbol: 'Idd',
			label: 'Impairment by delay',
			value: idd,
			formula:
				delayMs <= 100
					? `0, as Ta = ${fixed(delayMs)} ms is at most 100 ms`
					: `25 · ((1 + X^6)^(1/6) − 3 · (1 + (X/3)^6)^(1/6) + 2) with X = log2(Ta / 100), Ta = ${fixed(delayMs)} ms`
		},
		{
			symbol: 'Ie,eff',
			label: 'Impairment by codec and loss',
			value: ie,
			formula: `${IE} + (95 − ${IE}) · Ppl / (Ppl / ${BURST_R} + ${BPL}) with Ppl = ${fixed(ppl)} %`
		},
		{ symbol: 'R', label: 'Rating factor', value: r, formula: `${R_DEFAULT} − Idd − Ie,eff` },
		{ symbol: 'MOS', label: 'Mean opinion score', value: mos, formula: '1 + 0.035 · R + R · (R − 60) · (100 − R) · 7 · 10^−6' }
	];
	return { mos, r, terms, clamp };
}

/** G.107 §7.4, eq. (7-27) and (7-28). */
function delayImpairment(delayMs: number): number {
	if (delayMs <= 100) return 0;
	const x = Math.log2(delayMs / 100);
	return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

function fixed(value: number): string {
	return String(Math.round(value * 10) / 10);
}
