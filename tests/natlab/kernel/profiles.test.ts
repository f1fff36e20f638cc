import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROFILE_NAMES, profile, type ProfileName, type Truth } from '../profiles';
import { hostAt, inLabs } from './blueprint';
import { groundTruth, startObservers, type GroundTruth, type Observers } from './ground-truth';
import { makeLab, type Lab } from './lab';
import { BUILDABLE, describeInLab, whyNoNat64 } from './need';

/** TCP as the profile's egress says; `null`: must not connect. */
function expectedTcp(name: ProfileName, family: 'ipv4' | 'ipv6'): GroundTruth['tcp'] {
	const egress = profile(name).routers[0]!.egress;
	if (family === 'ipv6' && profile(name).routers[0]!.ipv6 === 'blackhole')
		return { port443: 'silent', port7003: 'silent', web: 'silent' };
	const open = (port: 'port443' | 'port7003' | 'web') => {
		if (egress === 'no-tcp') return 'silent';
		if (egress === 'tcp-443') return port === 'port443' ? 'connected' : 'silent';
		if (egress === 'web') return port === 'web' ? 'connected' : 'silent';
		return 'connected';
	};
	return { port443: open('port443'), port7003: open('port7003'), web: open('web') };
}

function expectedTruth(name: ProfileName, family: 'ipv4' | 'ipv6', truth: Truth): GroundTruth {
	const blocked = truth.mapping === 'blocked';
	const steady = truth.mapping === 'none' || (truth.mapping === 'endpoint-independent' && name !== 'linux-plain');
	return {
		...truth,
		...(blocked ? { hairpin: 'no', ports: 'preserved' } : {}),
		afterEarlyPacket: blocked ? 'lost' : steady ? 'same' : 'changed',
		tcp: expectedTcp(name, family)
	};
}

describeInLab('a kernel NAT', () => {
	it.skip.each(PROFILE_NAMES.filter((name) => !BUILDABLE.includes(name)))(`%s [skipped: ${whyNoNat64}]`, () => undefined);

	describe.each(inLabs(BUILDABLE).map((names) => ({ names })))('behind $names.0 and others', ({ names }) => {
		let lab: Lab;
		let observers: Observers;
		beforeAll(async () => {
			lab = await makeLab(...names);
			observers = await startObservers(lab);
		});
		afterAll(async () => {
			await observers?.stop();
			await lab?.close();
		});

		it.concurrent.each(names.map((name, i) => [name, hostAt(i)] as const))('%s does what the table says', async (name, host) => {
			for (const family of ['ipv4', 'ipv6'] as const) {
				const truth = profile(name)[family];
				if (truth) expect(await groundTruth(lab, observers, host, family)).toEqual(expectedTruth(name, family, truth));
				else expect(lab.hosts[host]![family]).toEqual([]);
			}
		});
	});
});
