/** What a report on two devices says beyond a check: both networks, the paths between them, and each attempt. */
import { duration, formatUnit } from '../../base/format';
import { formatEndpoint } from '../../base/ip';
import { entryOf } from '../../base/record';
import { sentence } from '../../messages/en/sentence';
import { ANSWER_WORDS, FILTERING_WORDS, MAPPING_WORDS, PAIR_REASON_WORDS, PAIR_STEP_WORDS } from '../../messages/en/vocabulary';
import type { MeetingPath, MeetingSeat, Observation, PairCall } from '../../observations/observation';
import { meetingPathName, samePath } from '../../verdict/pair/meeting-path';
import {
	STEPS,
	type PairConclusion,
	type PairEndpoint,
	type PairOutcome,
	type PairSide
} from '../../verdict/pair/pair-conclusion';
import type { Report } from '../report';
import { attemptTone } from '../tones';
import type { Cell, Table } from './document-shape';

const SEATS: readonly MeetingSeat[] = ['host', 'guest'];

export function pairTables(report: Report): Table[] {
	const { pair } = report.conclusions;
	if (!pair) return [];
	return [networks(pair), paths(pair), ...pair.outcomes.flatMap((outcome, i) => attempt(report, pair, outcome, i + 1))];
}

function networks({ sides }: PairConclusion): Table {
	const both = (label: string, read: (side: PairSide) => Cell): Cell[] => [label, read(sides.host), read(sides.guest)];
	const word = (table: Readonly<Record<string, { word: string }>>, value: string | undefined) =>
		value === undefined ? 'Not known' : (entryOf(table, value)?.word ?? value);
	return {
		id: 'pair-networks',
		title: 'Both networks',
		lead: 'As each device’s own check found its network.',
		columns: ['Network', sides.host.name, sides.guest.name],
		rows: [
			both('Mapping', ({ nat }) => word(MAPPING_WORDS, nat?.mapping)),
			both('Filtering', ({ nat }) => word(FILTERING_WORDS, nat?.filtering)),
			both('Public address', ({ nat }) => {
				const addresses = nat?.publicAddresses.join(', ') ?? '';
				return addresses === '' ? 'Not seen' : { code: addresses };
			}),
			both('UDP gets through', ({ udp }) => ANSWER_WORDS['udp-usable'].says[udp]),
			both('TURN servers in use', ({ turn }) =>
				turn.listed === 0 ? 'none in the list' : `${turn.allocate} of ${turn.listed} give a relay`
			)
		]
	};
}

const PREDICTED = { yes: 'connects', no: 'does not connect', unknown: 'not known' } as const;

function paths({ predictions, outcomes }: PairConclusion): Table {
	const said = (outcome: PairOutcome): Cell => ({
		text: sentence(outcome),
		tone: attemptTone(outcome)
	});
	const predicted = predictions.map((prediction): Cell[] => {
		const outcome = outcomes.findLast((one) => samePath(one.path, prediction.path));
		return [
			pathCell(prediction.path),
			PREDICTED[prediction.works],
			sentence(prediction),
			outcome ? said(outcome) : { text: 'not tried', tone: 'unknown' }
		];
	});
	const others = outcomes
		.filter((outcome) => !predictions.some(({ path }) => samePath(outcome.path, path)))
		.map((outcome): Cell[] => [pathCell(outcome.path), 'nothing', '', said(outcome)]);
	return {
		id: 'pair-paths',
		title: 'Paths between the two devices',
		lead: 'What both checks said beforehand, and what happened.',
		columns: ['Path', 'The checks said', 'Because', 'What happened'],
		rows: [...predicted, ...others]
	};
}

function attempt({ observations }: Report, { sides }: PairConclusion, outcome: PairOutcome, number: number): Table[] {
	const { ends } = outcome;
	const clock = clockOf(observations[outcome.observation]);
	const took = (seat: MeetingSeat, id: string): Cell => {
		const step = ends[seat].steps.find((one) => one.id === id);
		return step?.fromMs == null || step.toMs === null ? '–' : duration(Math.max(0, step.toMs - step.fromMs));
	};
	const clocks = clock
		? `The clocks of the two devices differed by ${duration(Math.abs(clock.offsetMs))}, known to within ${duration(clock.uncertaintyMs)}.`
		: 'The clocks of the two devices could not be compared.';
	const title = `Attempt ${number}, ${meetingPathName(outcome.path)}`;
	const steps = STEPS.map((id): Cell[] => [PAIR_STEP_WORDS[id], took('host', id), took('guest', id)]);
	const tried = SEATS.flatMap((seat) =>
		ends[seat].pairs.map(({ pair, reason, ...judged }): Cell[] => [
			sides[seat].name,
			endpoint(pair.local),
			endpoint(pair.remote),
			`${pair.requestsSent ?? '–'}, ${pair.responsesReceived ?? '–'}`,
			`${PAIR_REASON_WORDS[reason]}. ${sentence(judged)}`
		])
	);
	const lost = outcome.directions.map(({ from, lossRatio, packetsSent }): Cell[] => [
		from === 'caller' ? `${sides.host.name} to ${sides.guest.name}` : `${sides.guest.name} to ${sides.host.name}`,
		formatUnit('share', lossRatio),
		packetsSent === null ? '–' : String(packetsSent)
	]);
	return [
		{
			id: `pair-steps-${number}`,
			title: `${title}: time by step`,
			lead: clocks,
			columns: ['Step', sides.host.name, sides.guest.name],
			rows: steps
		},
		{
			id: `pair-loss-${number}`,
			title: `${title}: loss of each direction`,
			lead: 'Sent by one end against received by the other.',
			columns: ['Direction', 'Lost', 'Packets sent'],
			rows: lost
		},
		{
			id: `pair-pairs-${number}`,
			title: `${title}: candidate pairs`,
			lead: 'As each end saw them.',
			columns: ['End', 'Local', 'Remote', 'Checks sent, answered', 'What became of it'],
			rows: tried
		}
	];
}

function clockOf(observation: Observation | undefined): PairCall['clock'] {
	return observation?.probe === 'pair-call' && observation.outcome.state === 'seen' ? observation.outcome.data.clock : null;
}

function pathCell(path: MeetingPath): Cell {
	return path.kind === 'relay' ? { code: meetingPathName(path) } : path.kind === 'direct' ? 'Direct' : 'Whatever ICE chooses';
}

function endpoint(candidate: PairEndpoint | null): Cell {
	if (!candidate) return '–';
	const { type, address, port } = candidate;
	return { code: address === null || address === '' ? type : `${type} ${formatEndpoint(address, port)}` };
}
