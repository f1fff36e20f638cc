/** Which candidates of two ends may make a pair. */
import { parseIp } from '../../base/ip';
import type { SignalledCandidate } from './signalled-candidates';

/** A name in the place of an address, or one that somebody made unreadable. */
export const isHidden = (address: string) => address === '' || address.endsWith('.local') || /^x+([.:]x+)+$/i.test(address);

/** Of TCP, one that connects and does not listen, whose port is 9 (RFC 6544 §4.5). */
export const isActiveTcp = ({ transport, port }: SignalledCandidate) => transport.toLowerCase() === 'tcp' && port === 9;

/** Whether candidates of both ends may make a pair (RFC 8445 §6.1.2.2, RFC 6544 §6.2); null where addresses are hidden. */
export function haveCommon(own: readonly SignalledCandidate[], others: readonly SignalledCandidate[]): boolean | null {
	if ([...own, ...others].some(({ address }) => isHidden(address) || !parseIp(address))) return null;
	const kind = ({ transport, address }: SignalledCandidate) => `${parseIp(address)!.family} ${transport.toLowerCase()}`;
	return own.some((one) => others.some((other) => kind(one) === kind(other) && !(isActiveTcp(one) && isActiveTcp(other))));
}
