/** The words of the tables about two devices in English. */
import type { PathPrediction } from '../../verdict/pair/pair-conclusion';

type Columns4 = [string, string, string, string];

export const PAIR_TABLE_WORDS = {
	networks: { title: 'Both networks', lead: 'As each device’s own check found its network.', network: 'Network' },
	udp: 'UDP gets through',
	turn: 'TURN servers in use',
	noTurn: 'none in the list',
	relays: (allocate: number, listed: number) => `${allocate} of ${listed} give a relay`,
	notKnown: 'Not known',
	paths: {
		title: 'Paths between the two devices',
		lead: 'What both checks said beforehand, and what happened.',
		columns: ['Path', 'The checks said', 'Because', 'What happened'] satisfies Columns4
	},
	direct: 'Direct',
	any: 'Whatever ICE chooses',
	predicted: { yes: 'connects', no: 'does not connect', unknown: 'not known' } satisfies Record<PathPrediction['works'], string>,
	notPredicted: 'nothing',
	notTried: 'not tried',
	attempt: (number: number, path: string) => `Attempt ${number}, ${path}`,
	clocksDiffer: (offset: string, uncertainty: string) =>
		`The clocks of the two devices differed by ${offset}, known to within ${uncertainty}.`,
	clocksNotCompared: 'The clocks of the two devices could not be compared.',
	reason: (reason: string, sentence: string) => `${reason}. ${sentence}`,
	between: (from: string, to: string) => `${from} to ${to}`,
	steps: { title: (attempt: string) => `${attempt}: time by step`, step: 'Step' },
	loss: {
		title: (attempt: string) => `${attempt}: loss of each direction`,
		lead: 'Sent by one end against received by the other.',
		columns: ['Direction', 'Lost', 'Packets sent'] satisfies [string, string, string]
	},
	pairs: {
		title: (attempt: string) => `${attempt}: candidate pairs`,
		lead: 'As each end saw them.',
		columns: ['End', 'Local', 'Remote', 'Checks sent, answered', 'What became of it'] satisfies [...Columns4, string]
	}
};
