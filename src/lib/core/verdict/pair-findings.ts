/** What stands out between two devices. */
import { percent } from '../stats/figures';
import type { FindingRule } from './findings';
import { concludePair, meetingPathName, type PairOutcome } from './pair';
import type { View } from './view';

/** Below one packet in a hundred loss is not heard (ITU-T G.113); over a minute of video that is some 100 packets. */
const LOSS_RATIO = 0.01;
/** Fewer packets than these tell nothing about one in a hundred. */
const PACKETS_AT_LEAST = 500;
/** The clocks of two devices agree to some 20 ms, so that in a shorter time what is on its way may look like loss. */
const OVER_MS_AT_LEAST = 10_000;

function outcomes(view: View): PairOutcome[] {
	return concludePair(view.limits, view.observations)?.outcomes ?? [];
}

const where = ({ data }: PairOutcome) => data.path.url ?? 'network';

export const PAIR_FINDING_RULES: readonly FindingRule[] = [
	{
		id: 'pair-not-connected',
		severity: 'problem',
		cite: 'RFC 8445 §7',
		title: 'Two devices did not connect over any path that was tried.',
		find: (v) => {
			const tried = outcomes(v).filter(({ connected }) => connected !== null);
			if (tried.length === 0 || tried.some(({ connected }) => connected)) return [];
			return [{ text: tried.map(({ text }) => text).join(' '), where: 'network' }];
		}
	},
	{
		id: 'pair-prediction-differs',
		severity: 'warning',
		cite: 'RFC 4787 §4, §5',
		title: 'What happened between two devices is not what their networks’ checks led to expect.',
		find: (v) =>
			outcomes(v)
				.filter(({ agrees }) => agrees === false)
				.map((outcome) => ({
					text: `Over ${meetingPathName(outcome.data.path)} the two checks said ${outcome.prediction!.works === 'yes' ? 'that they would connect, and they did not' : 'that they would not connect, and they did'}: ${outcome.prediction!.text} One of the networks behaved otherwise than when it was checked.`,
					where: where(outcome)
				}))
	},
	{
		id: 'pair-loss-direction',
		severity: 'warning',
		cite: 'ITU-T G.113',
		title: 'Packets are lost in one direction between two devices.',
		find: (v) =>
			outcomes(v).flatMap((outcome) => {
				const { names } = outcome.data;
				const [there, back] = outcome.directions;
				if (!there || !back) return [];
				const lossy = [
					{ way: there, other: back, from: names.host, to: names.guest },
					{ way: back, other: there, from: names.guest, to: names.host }
				].filter(
					({ way }) =>
						(way.lossRatio ?? 0) >= LOSS_RATIO &&
						(way.packetsSent ?? 0) >= PACKETS_AT_LEAST &&
						(way.overMs ?? 0) >= OVER_MS_AT_LEAST
				);
				return lossy.map(({ way, other, from, to }) => ({
					text: `From ${from} to ${to} ${percent(way.lossRatio!)} of ${way.packetsSent} packets were lost; the other way ${other.lossRatio === null ? 'is not known' : percent(other.lossRatio)}.`,
					where: where(outcome)
				}));
			})
	}
];
