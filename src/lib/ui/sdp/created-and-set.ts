/** What a recorded program changed between creating a description and setting it. */
import { readDescription } from '../../core/sdp/text/description';
import type { HandshakeSession } from '../../core/recording/handshake';
import { classifyMunging, type Munging } from '../../core/sdp/compare/munging';

export interface MungedStep {
	/** The connection, for people. */
	peer: string;
	role: 'offer' | 'answer';
	atMs: number | null;
	mungings: Munging[];
}

/** One entry for each description of the recording that was set otherwise than it was created. */
export function mungedSteps(session: HandshakeSession): MungedStep[] {
	const created = new Map<string, string>();
	const steps: MungedStep[] = [];
	for (const { peer, call, description, atMs } of session.events) {
		if (!description || (description.type !== 'offer' && description.type !== 'answer')) continue;
		const { type, sdp } = description;
		const key = `${peer} ${type}`;
		if (call === 'create-offer' || call === 'create-answer') created.set(key, sdp);
		else if (call === 'set-local') {
			const before = created.get(key);
			created.delete(key);
			if (before === undefined || before === '' || sdp === '' || before === sdp) continue;
			const mungings = classifyMunging(readDescription(before, type), readDescription(sdp, type));
			const label = session.peers.find(({ id }) => id === peer)?.label ?? peer;
			if (mungings.length > 0) steps.push({ peer: label, role: type, atMs, mungings });
		}
	}
	return steps;
}
