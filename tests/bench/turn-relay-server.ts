/** The child of `turn-relay.ts`: the embedded server alone in its process. */
import { bandwidthOf } from '../../src/lib/server/turn/bandwidth';
import { startTurnServer } from '../../src/lib/server/turn/turn-server';
import { PEERS_HERE } from '../support/peers-here';

const started = await startTurnServer({
	port: 0,
	users: { alice: 'secret' },
	peers: PEERS_HERE,
	bandwidth: bandwidthOf(100_000, 100_000)
});
if (!started.ok) throw new Error(started.error.message);
process.send!(started.value.endpoints[0]!.port);
process.once('disconnect', () => process.exit());
