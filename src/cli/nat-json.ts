/** What `icelens nat` found, as one JSON document. */
import { jsonDocument } from '../lib/core/base/escape';
import type { Said, WrittenSaid } from '../lib/core/base/said';
import { everySentence as sentence } from '../lib/core/messages/en/every-sentence';
import type { DiscoveryFinding } from '../lib/core/nat/discovery-findings';
import type { MeasuredNat, NatFindings } from './nat-text';

/** `nat` is what was asked from the address that comes first, the system's own choice; `interfaces`, where asked for, all. */
export function natJson(server: string, measured: readonly MeasuredNat[], { own, between }: NatFindings): string {
	const views = measured.map((each, i) => ({ family: each.family, from: each.from, view: view(each, own[i]!) }));
	const first = (family: MeasuredNat['family']) => views.find((each) => each.family === family)?.view ?? null;
	const interfaces = views.flatMap(({ from, view }) => (from === null ? [] : [{ ...from, ...view }]));
	const document = {
		tool: { name: 'icelens', version: __ICELENS_VERSION__ },
		server,
		nat: { ipv4: first('ipv4'), ipv6: first('ipv6') },
		...(interfaces.length > 0 ? { interfaces } : {}),
		findings: [...own.flat(), ...between].map(withSentence)
	};
	return jsonDocument(document);
}

function view({ conclusion, answers, gateway, place, observed }: MeasuredNat, findings: readonly DiscoveryFinding[]) {
	const { because, findings: _, mappedAddress, ...rest } = conclusion;
	return {
		...rest,
		publicAddresses: mappedAddress === null ? [] : [mappedAddress],
		answers: answers.map(withSentence),
		evidence: Object.fromEntries(Object.entries(because).map(([name, said]) => [name, withSentence(said)])),
		findings: findings.map(withSentence),
		gateway: gateway && { ...gateway, because: withSentence(gateway.because) },
		place: place && { ...place, because: withSentence(place.because) },
		observed
	};
}

function withSentence<T extends Said>(said: T): T & WrittenSaid {
	return { ...said, text: sentence(said) };
}
