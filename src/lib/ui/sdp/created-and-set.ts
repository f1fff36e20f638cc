/** What a recorded program changed between creating a description and setting it. */
import { readDescription } from '../../core/sdp/text/description';
import { createdTexts } from '../../core/recording/created-texts';
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
	return [...createdTexts(session.events)].flatMap(([{ peer, description, atMs }, created]) => {
		const { type, sdp } = description!;
		const role = type as MungedStep['role'];
		if (created === sdp) return [];
		const mungings = classifyMunging(readDescription(created, role), readDescription(sdp, role));
		const label = session.peers.find(({ id }) => id === peer)?.label ?? peer;
		return mungings.length > 0 ? [{ peer: label, role, atMs, mungings }] : [];
	});
}
