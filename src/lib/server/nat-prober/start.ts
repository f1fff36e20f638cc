/** Starts the prober as the settings say: on the externally reachable addresses of this machine, near the STUN port. */
import { parseIp, scopeOf } from '../../core/base/ip';
import type { NoProber } from '../../core/plan/skip-values';
import type { Partner } from './partner';
import { startProber, type Prober } from './prober';

/** The prober's ports lie this far above the STUN port, so that one range can be opened for all. */
const PORT_OFFSET = 10;

export interface RunningProber {
	prober: Prober | null;
	/** Why there is none; null where there is one. */
	noProber: NoProber | null;
	notes: string[];
}

export async function startConfiguredProber(
	addresses: readonly string[],
	stunPort: number,
	partner: Partner | null = null
): Promise<RunningProber> {
	const outside = addresses.filter((address) => scopeOf(parseIp(address)!) !== 'loopback');
	if (outside.length === 0)
		return {
			prober: null,
			noProber: 'this-machine-only',
			notes: []
		};
	const ports =
		stunPort === 0 || stunPort + PORT_OFFSET + 1 > 65535
			? ([0, 0] as const)
			: ([stunPort + PORT_OFFSET, stunPort + PORT_OFFSET + 1] as const);
	const wanted = await startProber({ addresses: outside, ports, partner });
	const started = wanted.ok ? wanted : await startProber({ addresses: outside, partner });
	if (!started.ok)
		return {
			prober: null,
			noProber: 'not-started',
			notes: [`The NAT prober is off: ${started.error.message}`]
		};
	const notes =
		wanted.ok || ports[0] === 0
			? []
			: [
					`Port ${ports[0]} or ${ports[1]} was taken, so the NAT prober is on ${[...new Set(started.value.endpoints.map(({ port }) => port))].join(' and ')}.`
				];
	return { prober: started.value, noProber: null, notes };
}
