/** What a report on two devices says beyond a check: its verdict, both networks, the paths between them, and each attempt. */
import { formatMs } from '../../base/format';
import type { MeetingSeat } from '../../observations/observation';
import type { CandidateView } from '../../stats/connection';
import { headline } from '../../verdict/headline';
import { concludePair, meetingPathName, samePath, STEPS, type PairConclusion, type PairOutcome } from '../../verdict/pair';
import type { Side } from '../../verdict/pair-prediction';
import type { Report } from '../report';
import { ANSWER_WORDS, entryOf, FILTERING_WORDS, MAPPING_WORDS, PAIR_REASON_WORDS, PAIR_STEP_WORDS } from '../vocabulary';
import type { Cell, ReportDocument, Table, Tone } from './document-shape';
import { formatUnit } from './values';

const SEATS: readonly MeetingSeat[] = ['host', 'guest'];

/** Whether the two connect is the verdict, not what one of the networks is like. null where nothing came of an attempt. */
export function pairHead(report: Report): Pick<ReportDocument, 'headline' | 'verdict' | 'tone' | 'reasons'> | null {
	const pair = concludePair(report.config.limits, report.observations);
	const tried = pair?.outcomes.filter(({ connected }) => connected !== null) ?? [];
	const last = tried.at(-1);
	if (!pair || !last) return null;
	const direct = tried.find((outcome) => outcome.connected && !isRelayed(outcome));
	const best = direct ?? tried.find(({ connected }) => connected);
	const reasons = tried.map(({ text, agrees }) =>
		agrees === false ? `${text} This is not what the two checks had said.` : text
	);
	const head = (verdict: string, tone: Tone, text: string) => ({
		headline: { ...headline(report.conclusions), text },
		verdict,
		tone,
		reasons: reasons.filter((reason) => reason !== text)
	});
	if (direct) return head('The two connect directly', 'fine', direct.text);
	if (best) return head('The two connect over a relay', 'normal', best.text);
	if (tried.every(({ data }) => data.endedBy === 'stopped' || data.endedBy === 'peer-left'))
		return head('Ended before they connected', 'unknown', last.text);
	const { host, guest } = pair.sides;
	return head('The two did not connect', 'problem', `${host.name} and ${guest.name} did not connect.`);
}

/** Whether any packet of the call went through a relay, as the pair that carried it says. */
export function isRelayed({ data, ends }: PairOutcome): boolean {
	if (data.path.kind === 'relay') return true;
	return SEATS.some((seat) => [ends[seat].chosen?.local, ends[seat].chosen?.remote].some((one) => one?.type === 'relay'));
}

export function pairTables(report: Report): Table[] {
	const pair = concludePair(report.config.limits, report.observations);
	if (!pair) return [];
	return [networks(pair), paths(pair), ...pair.outcomes.flatMap((outcome, i) => attempt(outcome, i + 1))];
}

function networks({ sides }: PairConclusion): Table {
	const both = (label: string, read: (side: Side) => Cell): Cell[] => [label, read(sides.host), read(sides.guest)];
	const nat = ({ view }: Side) => view.nat.ipv4 ?? view.nat.ipv6;
	const word = (table: Readonly<Record<string, { word: string }>>, value: string | undefined) =>
		value === undefined ? 'Not known' : (entryOf(table, value)?.word ?? value);
	return {
		id: 'pair-networks',
		title: 'Both networks',
		lead: 'As each device’s own check found its network.',
		columns: ['Network', sides.host.name, sides.guest.name],
		rows: [
			both('Mapping', (side) => word(MAPPING_WORDS, nat(side)?.mapping)),
			both('Filtering', (side) => word(FILTERING_WORDS, nat(side)?.filtering)),
			both('Public address', (side) => {
				const addresses = nat(side)?.publicAddresses.join(', ') ?? '';
				return addresses === '' ? 'Not seen' : { code: addresses };
			}),
			both('UDP gets through', ({ view }) => entryOf(ANSWER_WORDS['udp-usable'].says, view.says['udp-usable'] ?? 'unknown')!),
			both('TURN servers in use', ({ view }) => {
				const turn = view.servers.filter(({ kind }) => kind === 'turn');
				const work = turn.filter(({ state }) => state === 'works' || state === 'allocates-only');
				return turn.length === 0 ? 'none in the list' : `${work.length} of ${turn.length} give a relay`;
			})
		]
	};
}

const PREDICTED = { yes: 'connects', no: 'does not connect', unknown: 'not known' } as const;

function paths({ predictions, outcomes }: PairConclusion): Table {
	const said = ({ connected, agrees, text }: PairOutcome): Cell => ({
		text,
		tone: connected === null ? 'unknown' : connected ? 'fine' : agrees === true ? 'normal' : 'problem'
	});
	const predicted = predictions.map((prediction): Cell[] => {
		const outcome = outcomes.findLast((one) => samePath(one.data.path, prediction.path));
		return [
			pathCell(prediction.path),
			PREDICTED[prediction.works],
			prediction.text,
			outcome ? said(outcome) : { text: 'not tried', tone: 'unknown' }
		];
	});
	const others = outcomes
		.filter((outcome) => !predictions.some(({ path }) => samePath(outcome.data.path, path)))
		.map((outcome): Cell[] => [pathCell(outcome.data.path), 'nothing', '', said(outcome)]);
	return {
		id: 'pair-paths',
		title: 'Paths between the two devices',
		lead: 'What both checks said beforehand, and what happened.',
		columns: ['Path', 'The checks said', 'Because', 'What happened'],
		rows: [...predicted, ...others]
	};
}

function attempt(outcome: PairOutcome, number: number): Table[] {
	const { data, ends } = outcome;
	const took = (seat: MeetingSeat, id: string): Cell => {
		const step = ends[seat].steps.find((one) => one.id === id);
		return step?.fromMs == null || step.toMs === null ? '–' : formatMs(Math.max(0, step.toMs - step.fromMs));
	};
	const clock = data.clock
		? `The clocks of the two devices differed by ${formatMs(Math.abs(data.clock.offsetMs))}, known to within ${formatMs(data.clock.uncertaintyMs)}.`
		: 'The clocks of the two devices could not be compared.';
	const title = `Attempt ${number}, ${meetingPathName(data.path)}`;
	const steps = STEPS.map((id): Cell[] => [PAIR_STEP_WORDS[id], took('host', id), took('guest', id)]);
	const tried = SEATS.flatMap((seat) =>
		ends[seat].pairs.map(({ pair, reason, text }): Cell[] => [
			data.names[seat],
			endpoint(pair.local),
			endpoint(pair.remote),
			`${pair.requestsSent ?? '–'}, ${pair.responsesReceived ?? '–'}`,
			`${PAIR_REASON_WORDS[reason]}. ${text}`
		])
	);
	const lost = outcome.directions.map(({ from, lossRatio, packetsSent }): Cell[] => [
		from === 'caller' ? `${data.names.host} to ${data.names.guest}` : `${data.names.guest} to ${data.names.host}`,
		formatUnit('share', lossRatio),
		packetsSent === null ? '–' : String(packetsSent)
	]);
	return [
		{
			id: `pair-steps-${number}`,
			title: `${title}: time by step`,
			lead: clock,
			columns: ['Step', data.names.host, data.names.guest],
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

function pathCell(path: PairOutcome['data']['path']): Cell {
	return path.kind === 'relay' ? { code: meetingPathName(path) } : path.kind === 'direct' ? 'Direct' : 'Whatever ICE chooses';
}

function endpoint(candidate: CandidateView | null): Cell {
	if (!candidate) return '–';
	const { type, address, port } = candidate;
	return { code: address === null || address === '' ? type : `${type} ${address}${port === null ? '' : `:${port}`}` };
}
