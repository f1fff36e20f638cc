/** The report of a network that is described in words. */
import { DEFAULT_LIMITS } from '../../src/lib/core/plan/config';
import { makePlan } from '../../src/lib/core/plan/plan';
import { makeReport } from '../../src/lib/core/report/make';
import { conclude } from '../../src/lib/core/verdict/conclude';
import type { Report } from '../../src/lib/core/report/report';
import { listObservation, makeObservations } from './make-observations';
import type { Case } from './networks-table';

export function describedReport({ name, network }: Case): Report {
	const engine = network.engine ?? 'chromium';
	const config = {
		iceServers: network.servers.map(({ url }) => ({
			urls: [url],
			...(/^turn/.test(url) ? { username: 'user', credential: 'secret' } : {})
		})),
		profile: 'full' as const,
		limits: DEFAULT_LIMITS,
		mediaPermission: false
	};
	const createdAt = '2026-11-20T12:00:00.000Z';
	return makeReport(
		{
			version: '0.1.0',
			id: fileNameOf(name),
			createdAt,
			environment: {
				browser: engine === 'firefox' ? 'Firefox 153' : 'Chromium 156',
				userAgent: 'described, not recorded',
				platform: 'Linux',
				engine: 'browser'
			},
			config,
			plan: makePlan(config, { engine, mediaPermission: 'prompt', appOrigin: 'http://localhost:8478', secureContext: true }),
			observations: [listObservation(config.iceServers, Date.parse(createdAt)), ...makeObservations(network)]
		},
		conclude
	);
}

export function fileNameOf(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
}
