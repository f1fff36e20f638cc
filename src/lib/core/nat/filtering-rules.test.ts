import { sentence } from '../messages/en/sentence';
import { describe, expect, it } from 'vitest';
import type { FilterProbe, Observation, SocketPosition, ProberFiltering, TurnFiltering } from '../observations/observation';
import { indexObservations } from '../observations/observation-index';
import type { Filtering, Mapping } from './conclusion';
import { FILTERING_RULES, filteringEvidence, judgeFiltering } from './filtering-rules';

const RELAY = { address: '203.0.113.10', port: 49160 };
const MAPPED = { address: '198.51.100.1', port: 40000 };

type Short = `${'far' | 'near'} ${'passed' | 'blocked' | NonNullable<FilterProbe['why']>}`;

function probe(short: Short, more: Partial<FilterProbe> = {}): FilterProbe {
	const [where, state] = short.split(' ') as ['far' | 'near', FilterProbe['state'] | NonNullable<FilterProbe['why']>];
	const told = state === 'passed' || state === 'blocked' || state === 'inconclusive';
	return {
		opened: where === 'far' ? 'other-address' : 'relay-address',
		observer: where === 'far' ? 'stun:203.0.113.20:3478' : 'stun:203.0.113.10:3478',
		mapped: MAPPED,
		relay: RELAY,
		state: told ? state : 'inconclusive',
		why: told ? null : (state as FilterProbe['why']),
		probingMs: state === 'passed' ? 18 : 1220,
		controlMs: state === 'blocked' ? 33 : null,
		controlPort: state === 'blocked' ? MAPPED.port : null,
		...more
	};
}

function observed(...probes: FilterProbe[]): Observation {
	const data: TurnFiltering = { method: 'turn', family: 'ipv4', server: 'turn:203.0.113.10:3478', probes };
	return {
		probe: 'nat-filtering',
		step: 'nat-filtering early',
		target: null,
		startedMs: 0,
		tookMs: 1400,
		outcome: { state: 'seen', data }
	};
}

function judge(probes: FilterProbe[], mapping: Mapping = 'endpoint-independent') {
	return judgeFiltering(filteringEvidence(indexObservations([observed(...probes)]), 'ipv4', mapping));
}

const CASES: { what: string; probes: Short[]; filtering: Filtering; rule: string }[] = [
	{
		what: 'open to all',
		probes: ['far passed', 'far passed', 'near passed'],
		filtering: 'endpoint-independent',
		rule: 'filtering-lets-strangers-in'
	},
	{
		what: 'open to all, one stray block',
		probes: ['far passed', 'far blocked', 'near passed', 'far passed'],
		filtering: 'endpoint-independent',
		rule: 'filtering-lets-strangers-in'
	},
	{
		what: 'by address',
		probes: ['far blocked', 'far blocked', 'near passed', 'near passed'],
		filtering: 'address-dependent',
		rule: 'filtering-goes-by-address'
	},
	{
		what: 'by address, one stray pass from another address',
		probes: ['far passed', 'far blocked', 'near passed', 'far blocked', 'near passed'],
		filtering: 'address-dependent',
		rule: 'filtering-goes-by-address'
	},
	{
		what: 'by address and port',
		probes: ['far blocked', 'far blocked', 'near blocked'],
		filtering: 'address-and-port-dependent',
		rule: 'filtering-goes-by-address-and-port'
	},
	{
		what: 'by address and port, one stray near pass',
		probes: ['far blocked', 'far blocked', 'near passed', 'near blocked', 'near blocked'],
		filtering: 'address-and-port-dependent',
		rule: 'filtering-goes-by-address-and-port'
	},
	{
		what: 'one address: strictest',
		probes: ['near blocked'],
		filtering: 'address-and-port-dependent',
		rule: 'filtering-goes-by-address-and-port'
	},
	{
		what: 'one address: not the strictest',
		probes: ['near passed', 'near passed'],
		filtering: 'unknown',
		rule: 'filtering-not-by-port'
	},
	{ what: 'one pass alone proves nothing', probes: ['far passed'], filtering: 'unknown', rule: 'filtering-inconclusive' },
	{
		what: 'one pass each way',
		probes: ['far passed', 'far blocked'],
		filtering: 'unknown',
		rule: 'filtering-contradicts-itself'
	},
	{
		what: 'other address blocked, relay address not opened',
		probes: ['far blocked', 'far blocked', 'near not-opened'],
		filtering: 'unknown',
		rule: 'filtering-strangers-kept-out'
	},
	{
		what: 'the relay is broken',
		probes: ['far control-failed', 'far control-failed', 'near control-failed'],
		filtering: 'unknown',
		rule: 'filtering-inconclusive'
	},
	{
		what: 'no relay',
		probes: ['far no-relay', 'far no-relay', 'near no-relay'],
		filtering: 'unknown',
		rule: 'filtering-inconclusive'
	},
	{
		what: 'a lost control beside good ones',
		probes: ['far control-failed', 'far blocked', 'near blocked'],
		filtering: 'address-and-port-dependent',
		rule: 'filtering-goes-by-address-and-port'
	}
];

describe('filtering rules', () => {
	it.each(CASES)('$what: $filtering', ({ probes, filtering, rule }) => {
		const judged = judge(probes.map((short) => probe(short)));
		expect(judged.filtering).toBe(filtering);
		expect(judged.because.rule).toBe(rule);
		expect(judged.because.observations).toEqual([0]);
		expect(sentence(judged.because)).not.toMatch(/undefined|NaN|null/);
		expect(judged.missing === null).toBe(filtering !== 'unknown');
	});

	it('is unknown, and never good news, when nothing was tested', () => {
		const judged = judgeFiltering(filteringEvidence(indexObservations([]), 'ipv4', 'endpoint-independent'));
		expect(judged).toMatchObject({ filtering: 'unknown', because: { rule: 'filtering-not-measured', observations: [] } });
		expect(judged.missing).toBe('add-somebody-who-sends-unasked');
	});

	it('says the measured values', () => {
		const { because } = judge([probe('far passed'), probe('far passed', { probingMs: 25 })]);
		expect(sentence(because)).toBe(
			'2 unsolicited probes from 203.0.113.10:49160, whose address had not been contacted, were received within 25 ms: any address may send to a mapped port.'
		);
	});

	it('leaves the other family alone', () => {
		const judged = judgeFiltering(filteringEvidence(indexObservations([observed(probe('near blocked'))]), 'ipv6', 'none'));
		expect(judged.because.rule).toBe('filtering-not-measured');
	});

	describe('when every destination has a mapping of its own', () => {
		const elsewhere = { observer: 'stun:203.0.113.20:3478', controlPort: 50001 };

		it('a block says nothing when another mapping was opened than the one that was probed', () => {
			const judged = judge([probe('far blocked'), probe('near blocked', elsewhere)], 'address-and-port-dependent');
			expect(judged).toMatchObject({ filtering: 'unknown', because: { rule: 'filtering-strangers-kept-out' } });
		});

		it('a block counts when the probed mapping belongs to the relay’s address', () => {
			const judged = judge([probe('far blocked'), probe('near blocked', { controlPort: 50001 })], 'address-and-port-dependent');
			expect(judged.filtering).toBe('address-and-port-dependent');
		});

		it('a block counts when the relay saw the probed mapping, whatever is known otherwise', () => {
			const judged = judge([probe('near blocked', { ...elsewhere, controlPort: MAPPED.port })], 'unknown');
			expect(judged.filtering).toBe('address-and-port-dependent');
		});
	});

	describe('with a prober', () => {
		type Answers = Partial<Record<SocketPosition, [sent: number, answered: number]>>;
		const probed = (probes: Answers, more: Partial<ProberFiltering> = {}): Observation => {
			const data: ProberFiltering = {
				method: 'prober',
				family: 'ipv4',
				server: '203.0.113.10:3488',
				mapped: MAPPED,
				proven: true,
				roundTripMs: 20,
				probes: Object.entries(probes).map(([position, [sent, answered]]) => ({
					position: position as SocketPosition,
					from: { address: position.includes('port') || position === 'same' ? '203.0.113.10' : '203.0.113.11', port: 3489 },
					sent,
					answered,
					firstAnswerMs: answered > 0 ? 40 : null
				})),
				tookMs: 1300,
				...more
			};
			return { ...observed(), outcome: { state: 'seen', data } } as Observation;
		};
		const four = (same: number, port: number, address: number, both: number): Answers => ({
			same: [6, same],
			'other-port': [5, port],
			'other-address': [5, address],
			'other-both': [5, both]
		});
		const says = (probes: Answers, more?: Partial<ProberFiltering>, turn: FilterProbe[] = []) =>
			judgeFiltering(
				filteringEvidence(
					indexObservations([probed(probes, more), ...(turn.length ? [observed(...turn)] : [])]),
					'ipv4',
					'endpoint-independent'
				)
			);

		const cases: {
			what: string;
			probes: Answers;
			more?: Partial<ProberFiltering>;
			turn?: Short[];
			filtering: Filtering;
			rule: string;
		}[] = [
			{
				what: 'a probe from another address is answered',
				probes: four(1, 0, 0, 1),
				filtering: 'endpoint-independent',
				rule: 'filtering-prober-let-in'
			},
			{
				what: 'probes from the other port are answered',
				probes: four(5, 4, 0, 0),
				filtering: 'address-dependent',
				rule: 'filtering-prober-by-address'
			},
			{
				what: 'no unsolicited probe is answered',
				probes: four(5, 0, 0, 0),
				filtering: 'address-and-port-dependent',
				rule: 'filtering-prober-by-address-and-port'
			},
			{ what: 'the control came back once only', probes: four(1, 0, 0, 0), filtering: 'unknown', rule: 'filtering-inconclusive' },
			{
				what: 'too few probes',
				probes: { same: [6, 5], 'other-port': [2, 0] },
				filtering: 'unknown',
				rule: 'filtering-inconclusive'
			},
			{
				what: 'one address, no probe from the other port is answered',
				probes: { same: [6, 5], 'other-port': [5, 0] },
				filtering: 'address-and-port-dependent',
				rule: 'filtering-prober-by-address-and-port'
			},
			{
				what: 'one address, probes from the other port are answered',
				probes: { same: [6, 5], 'other-port': [5, 5] },
				filtering: 'unknown',
				rule: 'filtering-not-by-port'
			},
			{
				what: 'no check came',
				probes: {},
				more: { mapped: null, proven: false, roundTripMs: null },
				filtering: 'unknown',
				rule: 'filtering-inconclusive'
			},
			{
				what: 'the source never answered',
				probes: { same: [12, 0] },
				more: { proven: false },
				filtering: 'unknown',
				rule: 'filtering-inconclusive'
			},
			{
				what: 'both methods agree',
				probes: four(5, 0, 0, 0),
				turn: ['far blocked', 'far blocked', 'near blocked'],
				filtering: 'address-and-port-dependent',
				rule: 'filtering-goes-by-address-and-port'
			},
			{
				what: 'both methods disagree',
				probes: four(1, 0, 0, 1),
				turn: ['far blocked', 'far blocked', 'near blocked'],
				filtering: 'unknown',
				rule: 'filtering-methods-disagree'
			},
			{
				what: 'the relay found nothing',
				probes: four(5, 4, 0, 0),
				turn: ['far control-failed', 'near control-failed'],
				filtering: 'address-dependent',
				rule: 'filtering-prober-by-address'
			}
		];
		describe('and its partner', () => {
			const PARTNER = '203.0.113.20';
			type Partner = NonNullable<ProberFiltering['partner']>;
			const CONTROL: NonNullable<Partner['control']> = {
				at: { address: PARTNER, port: 3488 },
				from: { address: MAPPED.address, port: 5001 },
				probedFrom: { address: PARTNER, port: 3489 },
				sent: 3,
				answered: 3,
				roundTripMs: 30
			};
			const withPartner = (
				partner: Partial<Partner>,
				first: [number, number],
				second: [number, number],
				port = 3
			): Observation => {
				const own = probed({ same: [6, 5], 'other-port': [5, port] });
				const data = (own.outcome as { data: ProberFiltering }).data;
				data.probes.push(
					...[first, second].map(([sent, answered], i) => ({
						position: (['other-address', 'other-both'] as const)[i]!,
						from: { address: PARTNER, port: 3488 + i },
						sent,
						answered,
						firstAnswerMs: answered > 0 ? 60 : null
					}))
				);
				data.partner = { host: 'partner.example.org', why: null, waitedMs: 600, control: CONTROL, ...partner };
				return own;
			};
			const rest = 'filtering-prober-partner-tells-nothing';
			it.each<[string, Observation, Filtering, string]>([
				[
					'is answered without a control',
					withPartner({ control: null }, [1, 1], [1, 0]),
					'endpoint-independent',
					'filtering-prober-let-in'
				],
				[
					'is not answered, and the control passes',
					withPartner({}, [7, 0], [7, 0]),
					'address-dependent',
					'filtering-prober-by-address'
				],
				['is not answered, without a control', withPartner({ control: null }, [7, 0], [7, 0]), 'unknown', rest],
				['sends too few probes', withPartner({}, [7, 0], [4, 0]), 'unknown', rest],
				['probes with its other socket only', withPartner({}, [14, 0], [0, 0]), 'unknown', rest],
				['loses packets in the control', withPartner({ control: { ...CONTROL, sent: 9 } }, [7, 0], [7, 0]), 'unknown', rest],
				[
					'is answered in the control once only',
					withPartner({ control: { ...CONTROL, sent: 1, answered: 1 } }, [7, 0], [7, 0]),
					'unknown',
					rest
				],
				[
					'is slower than its probes were waited for',
					withPartner({ control: { ...CONTROL, roundTripMs: 700 } }, [7, 0], [7, 0]),
					'unknown',
					rest
				],
				[
					'sees the device at another mapped address',
					withPartner({ control: { ...CONTROL, from: { address: '198.51.100.99', port: 5001 } } }, [7, 0], [7, 0]),
					'unknown',
					rest
				],
				...(['unreachable', 'refused', 'clock', 'no-family', 'same-address', 'busy', 'not-heard', 'not-answered'] as const).map(
					(why): [string, Observation, Filtering, string] => [why, withPartner({ why }, [7, 0], [7, 0]), 'unknown', rest]
				)
			])('%s', (_what, observation, filtering, rule) => {
				const judged = judgeFiltering(filteringEvidence(indexObservations([observation]), 'ipv4', 'endpoint-independent'));
				expect(judged).toMatchObject({ filtering, because: { rule } });
				expect(sentence(judged.because)).toContain('partner.example.org');
				expect(sentence(judged.because)).not.toMatch(/undefined|NaN|null/);
			});
		});

		it.each(cases)('$what: $filtering', ({ probes, more, turn = [], filtering, rule }) => {
			const judged = says(
				probes,
				more,
				turn.map((short) => probe(short))
			);
			expect(judged).toMatchObject({ filtering, because: { rule } });
			expect(sentence(judged.because)).not.toMatch(/undefined|NaN|null/);
		});
	});

	it('names each rule once', () => {
		const ids = FILTERING_RULES.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});
});
