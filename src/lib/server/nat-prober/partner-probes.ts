/** Probes for a partner's page: the page has proven its address to the partner, whose send budget for the page pays for them. */
import type { IceCredentials } from '../../core/nat/prober-messages';
import type { ProberFiltering } from '../../core/observations/observation';
import type { Clock } from '../clock';
import { makeBucket } from '../token-bucket';
import type { DiscoverySockets } from '../turn/discovery-sockets';
import { familyOf } from '../turn/allocation';
import type { Endpoint } from '../udp';
import type { SendBudget } from './send-budget';
import { sendProbe } from './probe-request';

/** Rule 11: the partner's pages get at most this much of the send budget, bytes a second. */
const PARTNER_BYTES_PER_S = 50_000;

/**
 * Sends one probe from each of our first two sockets, as many as `packets` allows: the second socket first, because its silence is
 * the evidence. Resolves with the first answer, or after `waitMs`.
 */
export type PartnerProbes = (
	keys: { page: IceCredentials; own: IceCredentials },
	to: Endpoint,
	packets: number,
	waitMs: number
) => Promise<Omit<ProberFiltering['probes'][number], 'position'>[]>;

export function makePartnerProbes(
	discovery: DiscoverySockets,
	sendBudget: SendBudget,
	clock: Clock,
	tools: Parameters<typeof sendProbe>[3]
): PartnerProbes {
	const takeBytes = makeBucket(clock, { burst: PARTNER_BYTES_PER_S, perS: PARTNER_BYTES_PER_S });
	return (keys, to, packets, waitMs) =>
		new Promise((resolve) => {
			const startedMs = clock.nowMs();
			const ofFamily = discovery.sockets.filter(({ local }) => familyOf(local.address) === familyOf(to.address));
			const here = ofFamily.slice(0, 2).reverse().slice(0, packets);
			const forget: (() => void)[] = [];
			const done = () => {
				forget.forEach((each) => each());
				resolve(probes);
			};
			const probes = here.map(({ local }) => ({
				from: { ...local },
				sent: 0,
				answered: 0,
				firstAnswerMs: null as number | null
			}));
			forget.push(clock.setTimer(waitMs, done));
			here.forEach((socket, i) => {
				const probe = probes[i]!;
				const taken = sendProbe(
					socket,
					to,
					keys,
					tools,
					(bytes) => takeBytes(bytes) && sendBudget.allows(bytes),
					() => {
						probe.answered = 1;
						probe.firstAnswerMs = clock.nowMs() - startedMs;
						done();
					}
				);
				if (!taken) return;
				probe.sent = 1;
				forget.push(taken);
			});
		});
}
