/** Whether UDP gets out at all: every server that may answer over it is asked, and the first answer ends the waiting. */
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
			// A name may lead to a server inside, whose answer says nothing about the way out.
			{ ...options, enoughIn: (_, last) => (last.type === 'srflx' && isOutside(scopeOfText(last.address)) ? 0 : null) }
		);
		return { state: 'seen', data: { urls: [...urls], ...gathered } };
	} catch (error) {
		return refusal(error);
	}
}
