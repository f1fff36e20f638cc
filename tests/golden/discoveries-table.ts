/** What `icelens nat` may see of a server with two addresses and two ports, and the rules that speak of it. */
import { placeOf, type Answered, type Asked, type Discovery, type Endpoint } from '../../src/lib/core/nat/discovery-facts';

const SERVER: Endpoint = { address: '203.0.113.10', port: 3478 };
const OTHER: Endpoint = { address: '203.0.113.11', port: 3479 };
const LOCAL: Endpoint = { address: '192.168.1.2', port: 5000 };
const PUBLIC = '198.51.100.1';

type Place = Asked['to'];
const PLACES: readonly Place[] = ['primary', 'other-port', 'other-address', 'other-both'];

interface Seen {
	/** What the server announces; null: nothing. */
	other?: Endpoint | null;
	/** Of the first answer; null: there is none. */
	first?: Partial<Answered> | null;
	/** The mapped port that each place sees; null: it does not answer. */
	mapped?: (number | null)[];
	/** Places that answer from another one. */
	answersFrom?: Partial<Record<Place, Endpoint>>;
	local?: Endpoint;
	/** Where an answer to each change that was asked for came from; null: none came. */
	filtering?: { both: Partial<Answered> | null; port: Partial<Answered> | null; control?: Endpoint | null };
	hairpin?: Discovery['hairpin'];
}

function asked(to: Place, change: Asked['change'], answer: Partial<Answered> | null): Asked {
	const full = answer && { from: SERVER, mapped: null, origin: null, other: null, error: null, ...answer };
	return full ? { to, change, answer: full, tookMs: 20.4, sent: 1 } : { to, change, answer: null, tookMs: 3750, sent: 5 };
}

function discovery({ other = OTHER, first = {}, mapped = [], answersFrom = {}, local, filtering, hairpin }: Seen): Discovery {
	const ports = mapped.length > 0 ? mapped : [5000];
	const primary = first && { mapped: { address: PUBLIC, port: ports[0]! }, other, ...first };
	const seen: Discovery = {
		server: SERVER,
		local: local ?? LOCAL,
		first: asked('primary', 'nothing', primary),
		mapping: [],
		filtering: null,
		hairpin: hairpin ?? null,
		lifetime: null,
		ports: []
	};
	const answerAt = (to: Place, port: number | null) =>
		port === null ? null : { from: answersFrom[to] ?? placeOf(seen, to)!, mapped: { address: PUBLIC, port } };
	const rest = PLACES.slice(1, ports.length).map((to, i) => asked(to, 'nothing', answerAt(to, ports[i + 1]!)));
	return {
		...seen,
		mapping: primary ? [seen.first, ...rest] : [],
		filtering: filtering
			? {
					both: asked('primary', 'both', filtering.both),
					port: asked('primary', 'port', filtering.port),
					control:
						filtering.control === undefined ? null : asked('primary', 'both', filtering.control && { from: filtering.control })
				}
			: null
	};
}

const OTHER_PORT: Endpoint = { ...SERVER, port: OTHER.port };
const NO_ANSWERS = { both: null, port: null, control: OTHER };
const ALIKE = [5000, 5000, 5000, 5000];

export interface DiscoveryCase {
	name: string;
	seen: Discovery;
	mapping: string;
	filtering: string;
	hairpin: string;
	findings: string[];
}

function row(
	name: string,
	seen: Seen,
	mapping: string,
	more: Partial<Omit<DiscoveryCase, 'name' | 'seen' | 'mapping'>> = {}
): DiscoveryCase {
	return {
		name,
		seen: discovery(seen),
		mapping,
		filtering: 'discovery-filtering-not-asked',
		hairpin: 'discovery-hairpin-not-asked',
		findings: [],
		...more
	};
}

export const DISCOVERY_CASES: readonly DiscoveryCase[] = [
	row('no answer', { first: null }, 'discovery-mapping-no-answer', { findings: ['discovery-no-answer'] }),
	row('the own address', { local: { address: PUBLIC, port: 5000 }, mapped: ALIKE }, 'discovery-no-nat', {
		hairpin: 'discovery-hairpin-no-nat'
	}),
	row('an error', { first: { error: 400 } }, 'discovery-mapping-not-told'),
	row('an answer without a mapped address', { first: { mapped: null } }, 'discovery-mapping-not-told'),
	row('one mapping', { mapped: ALIKE }, 'discovery-mapping-same'),
	row('one mapping, one answer lost', { mapped: [5000, 5000, null, 5000] }, 'discovery-mapping-same'),
	row('two addresses and ports that differ, the rest lost', { mapped: [5000, null, null, 5001] }, 'discovery-mapping-differs'),
	row('another for each port', { mapped: [5000, 5001, 5002, 5003] }, 'discovery-mapping-by-port'),
	row('another for each port, one lost', { mapped: [5000, null, 5002, 5003] }, 'discovery-mapping-by-port'),
	row('another for each address', { mapped: [5000, 5000, 5001, 5001] }, 'discovery-mapping-by-address'),
	row('two addresses that differ, the rest lost', { mapped: [5000, null, 5001, null] }, 'discovery-mapping-differs'),
	row('answers that fit no rule', { mapped: [5000, 5000, 5000, 5001] }, 'discovery-mapping-mixed'),
	row('one address that answers', { mapped: [5000, 5000, null, null] }, 'discovery-one-observer', {
		findings: ['discovery-other-address-is-silent']
	}),

	row(
		'an open filter',
		{ mapped: ALIKE, filtering: { both: { from: OTHER }, port: { from: OTHER_PORT } } },
		'discovery-mapping-same',
		{
			filtering: 'discovery-filtering-open'
		}
	),
	row('a filter by address', { mapped: ALIKE, filtering: { both: null, port: { from: OTHER_PORT } } }, 'discovery-mapping-same', {
		filtering: 'discovery-filtering-by-address'
	}),
	row('a filter by port', { mapped: ALIKE, filtering: NO_ANSWERS }, 'discovery-mapping-same', {
		filtering: 'discovery-filtering-by-port'
	}),
	row(
		'no answer with a mapping for each destination, from an address that is alive',
		{ mapped: [5000, 5001, 5002, 5003], filtering: { ...NO_ANSWERS, control: null } },
		'discovery-mapping-by-port',
		{ filtering: 'discovery-filtering-by-port' }
	),
	row('a control in vain', { mapped: ALIKE, filtering: { ...NO_ANSWERS, control: null } }, 'discovery-mapping-same', {
		filtering: 'discovery-filtering-control-failed'
	}),
	row('a server that stays at its address', { mapped: ALIKE, filtering: { both: {}, port: {} } }, 'discovery-mapping-same', {
		filtering: 'discovery-server-does-not-change',
		findings: ['discovery-change-not-done', 'discovery-change-not-done']
	}),
	row('a server that stays at its port', { mapped: ALIKE, filtering: { both: null, port: {} } }, 'discovery-mapping-same', {
		filtering: 'discovery-server-does-not-change',
		findings: ['discovery-change-not-done']
	}),
	row(
		'a server that refuses to change',
		{ mapped: ALIKE, filtering: { both: { error: 420 }, port: { error: 420 } } },
		'discovery-mapping-same',
		{
			filtering: 'discovery-server-does-not-change',
			findings: ['discovery-change-refused', 'discovery-change-refused']
		}
	),

	row(
		'a packet that came back',
		{ mapped: ALIKE, hairpin: { state: 'yes', from: { address: PUBLIC, port: 5002 }, expected: OTHER, tookMs: 1.4 } },
		'discovery-mapping-same',
		{ hairpin: 'discovery-hairpin-works' }
	),
	row(
		'no packet that came back',
		{ mapped: ALIKE, hairpin: { state: 'no', from: null, expected: OTHER, tookMs: 800 } },
		'discovery-mapping-same',
		{ hairpin: 'discovery-hairpin-fails' }
	),

	row('an answer from elsewhere', { first: { from: OTHER }, mapped: ALIKE }, 'discovery-mapping-from-elsewhere', {
		findings: ['discovery-answer-from-elsewhere']
	}),
	row('a second answer from elsewhere', { mapped: ALIKE, answersFrom: { 'other-port': SERVER } }, 'discovery-mapping-same', {
		findings: ['discovery-answer-from-elsewhere']
	}),
	row('no other address', { other: null }, 'discovery-one-observer', { findings: ['discovery-no-other-address'] }),
	row('its own address', { other: SERVER }, 'discovery-one-observer', { findings: ['discovery-other-address-is-not-another'] }),
	row('its own address with another port', { other: OTHER_PORT }, 'discovery-one-observer', {
		findings: ['discovery-other-address-is-not-another']
	}),
	row('another address with the same port', { other: { ...OTHER, port: SERVER.port } }, 'discovery-one-observer', {
		findings: ['discovery-other-address-is-not-another']
	}),
	row(
		'a private address',
		{ other: { address: '10.0.0.5', port: 3479 }, mapped: [5000, 5000, null, null] },
		'discovery-one-observer',
		{ findings: ['discovery-other-address-is-private', 'discovery-other-address-is-silent'] }
	),
	row(
		'an answer with two mapped addresses',
		{ mapped: ALIKE, first: { plain: { address: '192.0.2.99', port: 5000 } } },
		'discovery-mapping-same',
		{ findings: ['discovery-mapped-address-falsified'] }
	),
	row('an answer that was rewritten', { mapped: ALIKE, first: { origin: LOCAL } }, 'discovery-mapping-same', {
		findings: ['discovery-origin-differs']
	})
];
