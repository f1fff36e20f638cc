/** Peers on this machine, which a server on the loopback relays to only where it is told to. */
import type { PeerPolicyOptions } from '../../src/lib/server/turn/peer-policy';

export const PEERS_HERE: PeerPolicyOptions = { allow: ['127.0.0.0/8', '::1'] };
