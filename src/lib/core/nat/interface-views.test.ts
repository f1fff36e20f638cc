import { expect, test } from 'vitest';
import { makeObservations } from '../../../../tests/golden/make-observations';
import type { CandidateRecord, NatMapping, Observation } from '../observations/observation';
import { indexObservations } from '../observations/observation-index';
import { interfaceViews } from './interface-views';

const [CABLE, WIFI] = ['192.168.1.2', '192.168.7.2'];

/** Two interfaces, of which the second is behind a NAT of its own: a port more for each answer where it depends on the destination. */
function observations(
	{ shown = true, dependent = false }: { shown?: boolean; dependent?: boolean },
	change: (shared: NatMapping) => void = () => {}
): Observation[] {
	const made = structuredClone(
		makeObservations({
			devices: [CABLE, WIFI].map((address) => ({ address, family: 'ipv4' })),
			microphone: shown,
			nat: (_, port) => ({ address: '198.51.100.1', port }),
			servers: [10, 11, 20].map((end) => ({ url: `stun:203.0.113.${end}:3478` }))
		})
	);
	for (const { probe, outcome } of made) {
		if (outcome.state !== 'seen' || !('candidates' in (outcome.data as object))) continue;
		const { candidates } = outcome.data as { candidates: CandidateRecord[] };
		const own = candidates.filter(({ relatedAddress }) => relatedAddress === WIFI);
		for (const candidate of own) candidate.address = '192.0.2.9';
		if (dependent && probe === 'nat-mapping') candidates.push({ ...own[0]!, url: 'stun:203.0.113.20:3478', port: 777 });
		if (probe === 'nat-mapping') change(outcome.data as NatMapping);
	}
	return made;
}

const said = (made: Observation[]) =>
	interfaceViews(indexObservations(made), 'ipv4').map(({ address, seenAs, mapping }) => [address, ...seenAs, mapping]);

test('each interface has what servers saw of it, and a mapping of its own', () => {
	expect(said(observations({}))).toEqual([
		[CABLE, '198.51.100.1', 'endpoint-independent'],
		[WIFI, '192.0.2.9', 'endpoint-independent']
	]);
	expect(said(observations({ dependent: true }))).toEqual([
		[CABLE, '198.51.100.1', 'endpoint-independent'],
		[WIFI, '192.0.2.9', 'endpoint-dependent']
	]);
});

const error = { atMs: 20, url: 'stun:203.0.113.99:3478', errorCode: 701, errorText: '', address: null, port: null };
test.each<[string, (shared: NatMapping) => void]>([
	['an error came, which may be about an answer on this interface', (shared) => shared.errors.push(error)],
	['the browser was not done', (shared) => Object.assign(shared, { completeMs: null, endedBy: 'deadline' })],
	['the browser tells no errors', (shared) => (shared.noErrorEvents = true)]
])('equal answers prove no mapping for all destinations where %s', (_, change) => {
	expect(said(observations({}, change)).map((each) => each.at(-1))).toEqual(['unknown', 'unknown']);
});

test('nothing is known of interfaces that the browser hides', () => {
	expect(said(observations({ shown: false }))).toEqual([]);
});
