/**
 * Mean opinion score of speech by the E-model (ITU-T G.107), from what a call measured. Nothing is made up: when an input is missing
 * there is no score. Every input, term and clamp is given out, so that the sum can be shown (messages/en/mos.ts).
 */
import type { CallSummary, DirectionSummary, Mos } from './call-figure-shapes';

export type MosInput = 'network-delay' | 'jitter-buffer-delay' | 'packet-loss';

/** R with all of G.107's default values and no delay, no loss (G.107 Table 2). */
export const R_DEFAULT = 93.2;
/** Ie and Bpl of G.711 with concealment (G.113 Table I.4). ITU-T has no values for Opus: this is the nearest that is published. */
export const IE = 0;
export const BPL = 25.1;
/** BurstR 1: losses by chance. Real losses come in bursts, which sound worse. */
export const BURST_R = 1;
/** One frame of Opus is collected before it can be sent, and its look-ahead (RFC 6716 §2.1.4). */
const CODEC_MS = 26.5;

/** Of a direction, what the score is made from. */
type Scored = Pick<DirectionSummary, 'from' | 'to' | 'oneWayDelayMs' | 'jitterBufferMs' | 'lossRatio' | 'lossFrom'>;

export function mosOf(summary: Pick<CallSummary, 'rttMs' | 'rttFrom'>, direction: Scored): Mos {
	const half = summary.rttMs === null ? null : summary.rttMs.median / 2;
	const inputs = {
		direction: { from: direction.from, to: direction.to },
		networkDelayMs: direction.oneWayDelayMs?.median ?? half,
		networkDelayFrom: direction.oneWayDelayMs ? 'messages' : summary.rttFrom === 'rtcp' ? 'rtcp-round-trip' : 'round-trip',
		jitterBufferMs: direction.jitterBufferMs,
		codecMs: CODEC_MS,
		lossRatio: direction.lossRatio,
		lossFrom: direction.lossFrom
	} as const;
	const { networkDelayMs, jitterBufferMs, lossRatio } = inputs;
	const known = (value: number | null): value is number => value !== null && Number.isFinite(value);
	if (known(networkDelayMs) && known(jitterBufferMs) && known(lossRatio))
		return { ...inputs, ...eModel(networkDelayMs + jitterBufferMs + CODEC_MS, lossRatio), missing: [] };
	const missing: MosInput[] = [];
	if (!known(networkDelayMs)) missing.push('network-delay');
	if (!known(jitterBufferMs)) missing.push('jitter-buffer-delay');
	if (!known(lossRatio)) missing.push('packet-loss');
	return { ...inputs, mos: null, r: null, clamp: 'none', delayMs: null, delayImpairment: null, lossImpairment: null, missing };
}

export interface EModel {
	mos: number;
	r: number;
	clamp: Mos['clamp'];
	delayMs: number;
	delayImpairment: number;
	lossImpairment: number;
}

/** R and MOS for a delay from mouth to ear and a share of lost packets. Echo, noise and loudness at G.107's defaults. */
export function eModel(delayMs: number, lossRatio: number): EModel {
	const delayImpairment = impairmentByDelay(delayMs);
	const ppl = lossRatio * 100;
	const lossImpairment = IE + (95 - IE) * (ppl / (ppl / BURST_R + BPL));
	const r = R_DEFAULT - delayImpairment - lossImpairment;
	const raw = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
	// Between 0 and 6.5 the cubic dips under 1, where the scale has no value.
	const clamp = r < 0 || raw < 1 ? 'low' : r > 100 ? 'high' : 'none';
	const score = clamp === 'low' ? 1 : clamp === 'high' ? 4.5 : raw;
	return { mos: score, r, clamp, delayMs, delayImpairment, lossImpairment };
}

/** G.107 §7.4, eq. (7-27) and (7-28). */
function impairmentByDelay(delayMs: number): number {
	if (delayMs <= 100) return 0;
	const x = Math.log2(delayMs / 100);
	return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}
