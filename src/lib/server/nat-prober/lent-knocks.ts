/** Knocks for a partner's page: it has proven to the partner where it stands, and the partner spends what it may be sent. */
import type { IceCredentials } from '../../core/nat/prober-messages';
import type { ProberFiltering } from '../../core/observations/observation';
import type { Clock } from '../clock';
import { makeBucket } from '../token-bucket';
import type { DiscoverySockets } from '../turn/discovery-sockets';
import { familyOf } from '../turn/allocation';
import type { Endpoint } from '../udp';
import type { SendBudget } from './send-budget';
import { knockAt } from './knock';

/** Rule 11: of what the prober sends at all, so much is for the partner's pages, bytes a second. */
const LENT_BYTES_PER_S = 50_000;

/** Once from each of our first two sockets, the second first, as far as `packets` go: its silence is what will count; resolves with the first answer, or after `waitMs`. */
export type LentKnocks = (
	keys: { page: IceCredentials; own: IceCredentials },
	to: Endpoint,
	packets: number,
	waitMs: number
) => Promise<Omit<ProberFiltering['knocks'][number], 'corner'>[]>;

export function makeLentKnocks(
	discovery: DiscoverySockets,
	sendBudget: SendBudget,
	clock: Clock,
	tools: Parameters<typeof knockAt>[3]
): LentKnocks {
	const takeBytes = makeBucket(clock, { burst: LENT_BYTES_PER_S, perS: LENT_BYTES_PER_S });
	return (keys, to, packets, waitMs) =>
		new Promise((resolve) => {
			const startedMs = clock.nowMs();
			const ofFamily = discovery.sockets.filter(({ local }) => familyOf(local.address) === familyOf(to.address));
			const here = ofFamily.slice(0, 2).reverse().slice(0, packets);
			const forget: (() => void)[] = [];
			const done = () => {
				forget.forEach((each) => each());
				resolve(knocks);
			};
			const knocks = here.map(({ local }) => ({
				from: { ...local },
				sent: 0,
				answered: 0,
				firstAnswerMs: null as number | null
			}));
			forget.push(clock.setTimer(waitMs, done));
			here.forEach((socket, i) => {
				const knock = knocks[i]!;
				const taken = knockAt(
					socket,
					to,
					keys,
					tools,
					(bytes) => takeBytes(bytes) && sendBudget.allows(bytes),
					() => {
						knock.answered = 1;
						knock.firstAnswerMs = clock.nowMs() - startedMs;
						done();
					}
				);
				if (!taken) return;
				knock.sent = 1;
				forget.push(taken);
			});
		});
}
