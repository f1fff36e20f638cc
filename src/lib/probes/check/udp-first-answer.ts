/** Whether UDP works at all: every server that may answer over UDP is asked, and the first answer ends the test. */
import { isOutside, scopeOfText } from '../../core/base/ip';
import type { Outcome, UdpFirstAnswer } from '../../core/observations/observation';
import { gather, type GatherOptions } from './gathering';
import { refusal } from '../refusal';

export async function awaitUdp(
	urls: readonly string[],
	options: Pick<GatherOptions, 'deadlineMs' | 'signal' | 'pausedMs'>
): Promise<Outcome<UdpFirstAnswer>> {
	try {
		const gathered = await gather(
			{ iceServers: urls.map((url) => ({ urls: url })) },
			// A name may resolve to a server inside the network, whose answer proves nothing about UDP to the outside.
			{ ...options, enoughIn: (_, last) => (last.type === 'srflx' && isOutside(scopeOfText(last.address)) ? 0 : null) }
		);
		return { state: 'seen', data: { urls: [...urls], ...gathered } };
	} catch (error) {
		return refusal(error);
	}
}
