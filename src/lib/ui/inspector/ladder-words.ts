/** What the handshake ladder says besides its steps (core/messages/en/ladder.ts). */
export const ladderWords = {
	empty: 'Nothing was recorded.',
	label: (lanes: readonly string[]) => `Offer and answer between ${lanes.join(' and ')}`,
	thisEnd: 'this end',
	took: (time: string) => `took ${time}`,
	later: (time: string) => `${time} later`,
	kinds: { action: 'Action', message: 'Message', state: 'State', problem: 'Problem' },
	to: (from: string, to: string) => `from ${from} to ${to}`,
	at: (lane: string) => `at ${lane}`,
	sdp: (type: string) => `The ${type}`,
	candidates: 'Candidates',
	open: 'Open in the SDP workbench',
	copy: 'Copy',
	more: (count: number) => `Show ${count} more steps`,
	endOfCandidates: 'end of candidates'
};
