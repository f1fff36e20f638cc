/** What a report on two devices says beyond a check: both networks, the paths between them, and each attempt. */
import { NOT_MEASURED } from '../../base/format';
import { formatEndpoint } from '../../base/ip';
import { entryOf } from '../../base/record';
import type { Language } from '../../messages/language';
import type { MeetingPath, MeetingSeat, Observation, PairCall } from '../../observations/observation';
import { samePath } from '../../verdict/pair/meeting-path';
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

export function pairTables(report: Report, language: Language): Table[] {
	const { pair } = report.conclusions;
	if (!pair) return [];
	const attempts = pair.outcomes.flatMap((outcome, i) => attempt(report, pair, outcome, i + 1, language));
	return [networks(pair, language), paths(pair, language), ...attempts];
}

function networks({ sides }: PairConclusion, { vocabulary, document }: Language): Table {
	const words = document.pair;
	const { mapping, filtering } = vocabulary.natFields;
	const both = (label: string, read: (side: PairSide) => Cell): Cell[] => [label, read(sides.host), read(sides.guest)];
	const word = ({ values }: typeof mapping, value: string | undefined) =>
		value === undefined ? words.notKnown : (entryOf(values, value)?.word ?? value);
	return {
		id: 'pair-networks',
		title: words.networks.title,
		lead: words.networks.lead,
		columns: [words.networks.network, sides.host.name, sides.guest.name],
		rows: [
			both(mapping.title, ({ nat }) => word(mapping, nat?.mapping)),
			both(filtering.title, ({ nat }) => word(filtering, nat?.filtering)),
			both(document.publicAddress, ({ nat }) => {
				const addresses = nat?.publicAddresses.join(', ') ?? '';
				return addresses === '' ? document.notSeen : { code: addresses };
			}),
			both(words.udp, ({ udp }) => vocabulary.answers['udp-usable'].says[udp]),
			both(words.turn, ({ turn }) => (turn.listed === 0 ? words.noTurn : words.relays(turn.allocate, turn.listed)))
		]
	};
}

function paths({ predictions, outcomes }: PairConclusion, language: Language): Table {
	const { say, document } = language;
	const words = document.pair;
	const said = (outcome: PairOutcome): Cell => ({
		text: say(outcome),
		tone: attemptTone(outcome)
	});
	const predicted = predictions.map((prediction): Cell[] => {
		const outcome = outcomes.findLast((one) => samePath(one.path, prediction.path));
		return [
			pathCell(prediction.path, language),
			words.predicted[prediction.works],
			say(prediction),
			outcome ? said(outcome) : { text: words.notTried, tone: 'unknown' }
		];
	});
	const others = outcomes
		.filter((outcome) => !predictions.some(({ path }) => samePath(outcome.path, path)))
		.map((outcome): Cell[] => [pathCell(outcome.path, language), words.notPredicted, '', said(outcome)]);
	return { id: 'pair-paths', ...words.paths, rows: [...predicted, ...others] };
}

function attempt(
	{ observations }: Report,
	{ sides }: PairConclusion,
	outcome: PairOutcome,
	number: number,
	{ say, quantity, meetingPath, vocabulary, document }: Language
): Table[] {
	const words = document.pair;
	const { ends } = outcome;
	const { host, guest } = sides;
	const clock = clockOf(observations[outcome.observation]);
	const took = (seat: MeetingSeat, id: string): Cell => {
		const step = ends[seat].steps.find((one) => one.id === id);
		const known = step?.fromMs != null && step.toMs !== null;
		return known ? quantity('ms', Math.max(0, step.toMs! - step.fromMs!)) : NOT_MEASURED;
	};
	const clocks = clock
		? words.clocksDiffer(quantity('ms', Math.abs(clock.offsetMs)), quantity('ms', clock.uncertaintyMs))
		: words.clocksNotCompared;
	const title = words.attempt(number, meetingPath(outcome.path));
	const steps = STEPS.map((id): Cell[] => [vocabulary.pairSteps[id], took('host', id), took('guest', id)]);
	const tried = SEATS.flatMap((seat) =>
		ends[seat].pairs.map(({ pair, reason, ...judged }): Cell[] => [
			sides[seat].name,
			endpoint(pair.local),
			endpoint(pair.remote),
			`${pair.requestsSent ?? NOT_MEASURED}, ${pair.responsesReceived ?? NOT_MEASURED}`,
			words.reason(vocabulary.pairReasons[reason], say(judged))
		])
	);
	const lost = outcome.directions.map(({ from, lossRatio, packetsSent }): Cell[] => [
		from === 'caller' ? words.between(host.name, guest.name) : words.between(guest.name, host.name),
		quantity('share', lossRatio),
		packetsSent === null ? NOT_MEASURED : String(packetsSent)
	]);
	return [
		{
			id: `pair-steps-${number}`,
			title: words.steps.title(title),
			lead: clocks,
			columns: [words.steps.step, host.name, guest.name],
			rows: steps
		},
		{ id: `pair-loss-${number}`, ...words.loss, title: words.loss.title(title), rows: lost },
		{ id: `pair-pairs-${number}`, ...words.pairs, title: words.pairs.title(title), rows: tried }
	];
}

function clockOf(observation: Observation | undefined): PairCall['clock'] {
	return observation?.probe === 'pair-call' && observation.outcome.state === 'seen' ? observation.outcome.data.clock : null;
}

function pathCell(path: MeetingPath, { meetingPath, document: { pair: words } }: Language): Cell {
	return path.kind === 'relay' ? { code: meetingPath(path) } : path.kind === 'direct' ? words.direct : words.any;
}

function endpoint(candidate: PairEndpoint | null): Cell {
	if (!candidate) return NOT_MEASURED;
	const { type, address, port } = candidate;
	return { code: address === null || address === '' ? type : `${type} ${formatEndpoint(address, port)}` };
}
