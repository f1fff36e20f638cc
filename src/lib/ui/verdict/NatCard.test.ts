/** What the NAT card says of each network, in the words of RFC 4787. */
import { getByRole, getByText } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { hairpinTest } from '../../../../tests/golden/paths-table';
import { natOf, reportOf, REPORTS, withNewParts } from '../../../../tests/support/components/reports';
import { sessionOf, show, textOf } from '../../../../tests/support/components/show';
import { judgeAgain } from '../../core/report/judge-again';
import type { NatConclusion, Report } from '../../core/report/report';
import NatCard from './NatCard.svelte';

/** What people read for each value of each field. */
const WORDS = {
	Mapping: {
		none: 'None',
		'endpoint-independent': 'Endpoint-independent',
		'address-dependent': 'Address-dependent',
		'address-and-port-dependent': 'Address-and-port-dependent',
		'endpoint-dependent': 'Endpoint-dependent',
		unknown: 'Not known'
	},
	Filtering: {
		'endpoint-independent': 'Endpoint-independent',
		'address-dependent': 'Address-dependent',
		'address-and-port-dependent': 'Address-and-port-dependent',
		unknown: 'Not known'
	},
	Layers: {
		none: 'None',
		single: 'One NAT',
		double: 'Signs of two NATs',
		'carrier-grade': 'Signs of carrier-grade NAT',
		unknown: 'Not known'
	},
	'Port pattern': {
		preserved: 'Preserved',
		'constant-offset': 'Constant offset',
		sequential: 'Sequential',
		random: 'Random',
		unknown: 'Not known'
	},
	Hairpin: { yes: 'Yes', no: 'No', unknown: 'Not known', 'not-tested': 'Not tested' }
};
const FIELDS = {
	Mapping: 'mapping',
	Filtering: 'filtering',
	Layers: 'layers',
	'Port pattern': 'portPattern',
	Hairpin: 'hairpin'
} as const;
type Name = keyof typeof FIELDS;

const wordOf = (view: NatConclusion, name: Name) => (WORDS[name] as Record<string, string>)[view[FIELDS[name]]];

async function cardOf(report: Report) {
	const page = show(NatCard, { nat: natOf(report) }, await sessionOf(report));
	const [ipv4, ipv6] = [...page.querySelectorAll<HTMLElement>('.family')];
	return { page, ipv4: ipv4!, ipv6: ipv6! };
}

/** The reports, and those with a hairpin test, which runs only when asked for. */
const ALL = [
	...REPORTS,
	...(['returned', 'arrived', 'lost', 'inconclusive'] as const).map((state) => {
		const report = reportOf('full cone');
		return {
			name: `hairpin ${state}`,
			report: judgeAgain({ ...report, observations: [...report.observations, hairpinTest({ state })] })
		};
	})
];

/** The part of a family that a field's name stands over. */
function fieldOf(family: HTMLElement, name: string): HTMLElement {
	const term = [...family.querySelectorAll('dt')].find((one) => textOf(one).startsWith(name));
	return term!.parentElement!.querySelector('dd')!;
}

const DISTINCT = withNewParts(ALL, (report) =>
	(['ipv4', 'ipv6'] as const).flatMap((family) => {
		const view = natOf(report)[family];
		if (view === null) return [`no ${family}`];
		return Object.values(FIELDS).map((field) => `${family} ${field} ${view[field]} ${view.evidence[field]?.rule}`);
	})
);

test.each(DISTINCT)(
	'$name: each property in its word, with the sentence and the evidence that it rests on',
	async ({ report }) => {
		const card = await cardOf(report);
		for (const family of ['ipv4', 'ipv6'] as const) {
			const view = natOf(report)[family];
			if (view === null) {
				const name = family === 'ipv4' ? 'IPv4' : 'IPv6';
				getByText(card[family], `No ${name} answer from outside, so nothing can be said about it.`);
				continue;
			}
			for (const name of Object.keys(FIELDS) as Name[]) {
				const field = fieldOf(card[family], name);
				const word = field.querySelector('.word')!;
				expect(textOf(word), name).toBe(wordOf(view, name));
				const known = !['unknown', 'not-tested'].includes(view[FIELDS[name]]);
				expect(word.classList.contains('unknown'), name).toBe(!known);
				const because = view.evidence[FIELDS[name]];
				if (because) expect(textOf(field.querySelector('.because')).startsWith(because.text)).toBe(true);
				const links = [...field.querySelectorAll('a')].map((link) => link.getAttribute('href'));
				expect(links).toEqual((because?.observations ?? []).map((index) => `#evidence-${index + 1}`));
			}
			const addresses = textOf(fieldOf(card[family], 'Public address').querySelector('.word'));
			expect(addresses).toBe(view.publicAddresses.length === 0 ? 'Not seen' : view.publicAddresses.join(', '));
		}
	}
);

test.each(Object.keys(FIELDS) as Name[])('%s: these reports have more than one value of it', (name) => {
	const views = DISTINCT.flatMap(({ report }) => [natOf(report).ipv4, natOf(report).ipv6]).filter((view) => view !== null);
	const values = new Set(views.map((view) => view[FIELDS[name]]));
	for (const value of values) expect(WORDS[name]).toHaveProperty(value);
	expect(values.size).toBeGreaterThan(1);
});

test('a value of a later version is shown as it stands, never as one that is known to be good', async () => {
	const report = reportOf('full cone');
	const nat = natOf(report);
	const later = { ...nat.ipv4!, mapping: 'of-a-later-version' as NatConclusion['mapping'], evidence: {} };
	const page = show(NatCard, { nat: { ...nat, ipv4: later } }, await sessionOf(report));
	expect(textOf(fieldOf(page.querySelector('.family')!, 'Mapping'))).toBe('of-a-later-version');
});

test('what is not known and has no reason is told how it could be', async () => {
	const report = reportOf('home router, all servers work');
	const nat = natOf(report);
	const page = show(NatCard, { nat: { ...nat, ipv4: { ...nat.ipv4!, evidence: {} } } }, await sessionOf(report));
	expect(textOf(fieldOf(page.querySelector('.family')!, 'Hairpin'))).toBe(
		'Not tested Matters only for two devices behind the same NAT that cannot reach each other by their internal addresses.'
	);
});

test('both families stand under their headings', async () => {
	const { page } = await cardOf(reportOf('dualstack-chromium.recorded'));
	for (const name of ['IPv4', 'IPv6']) getByRole(page, 'heading', { level: 3, name });
});
