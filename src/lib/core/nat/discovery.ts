/**
 * NAT behaviour discovery (RFC 5780) judged: what a client saw from a server with two addresses and two ports, and what it
 * means. The client records where each answer came from; a server that does not do what it announces must not pass for a
 * friendly network.
 */
import { prose } from '../base/said';
import type { Because, Filtering, Hairpin, Mapping, PortPattern } from './conclusion';
import { placeOf, same, show, showPlace, trusted, type Asked, type Discovery } from './discovery-facts';
import { discoveryFindings, type DiscoveryFinding } from './discovery-findings';

export interface DiscoveryConclusion {
	mapping: Mapping;
	filtering: Filtering;
	hairpin: Hairpin;
	portPattern: PortPattern;
	mappedAddress: string | null;
	/** Alive after the first, dead after the second, s; null: not tried, or no such silence was met. */
	lifetime: { aliveS: number | null; deadS: number | null };
	because: { mapping: Because; filtering: Because; hairpin: Because };
	findings: DiscoveryFinding[];
}

const because = (rule: string, text: string): Because => ({ ...prose(rule, text), observations: [] });

export function judgeDiscovery(seen: Discovery): DiscoveryConclusion {
	const mapping = judgeMapping(seen);
	const filtering = judgeDiscoveredFiltering(seen, mapping.is);
	const hairpin = judgeHairpin(seen, mapping.is);
	return {
		mapping: mapping.is,
		filtering: filtering.is,
		hairpin: hairpin.is,
		portPattern: portPattern(seen),
		mappedAddress: seen.first.answer?.mapped?.address ?? null,
		lifetime: lifetime(seen),
		because: { mapping: mapping.why, filtering: filtering.why, hairpin: hairpin.why },
		findings: discoveryFindings(seen)
	};
}

function judgeMapping(seen: Discovery): { is: Mapping; why: Because } {
	const first = seen.first.answer?.mapped ?? null;
	if (!first)
		return {
			is: 'unknown',
			why: because(
				'discovery-no-answer',
				`${show(seen.server)} gave no answer over UDP in ${Math.round(seen.first.tookMs)} ms and ${seen.first.sent} tries.`
			)
		};
	if (same(first, seen.local))
		return {
			is: 'none',
			why: because(
				'discovery-no-nat',
				`${show(seen.server)} sees ${show(first)}, the address this host itself has: there is no NAT.`
			)
		};
	const at = (to: Asked['to']) => trusted(seen, seen.mapping.find((asked) => asked.to === to) ?? null)?.mapped ?? null;
	const [home, port, address, both] = [at('primary'), at('other-port'), at('other-address'), at('other-both')];
	const text = (words: string) =>
		`${seen.mapping.map((asked) => `${showPlace(seen, asked.to)} sees ${asked.answer?.mapped ? show(asked.answer.mapped) : 'nothing'}`).join(', ')}: ${words}`;
	if (home && port && !same(home, port))
		return {
			is: 'address-and-port-dependent',
			why: because('discovery-mapping-by-port', text('every address and port has a mapping of its own.'))
		};
	if (home && address && same(home, address)) {
		if (both && !same(home, both))
			return { is: 'unknown', why: because('discovery-mapping-mixed', text('the answers fit no rule.')) };
		return { is: 'endpoint-independent', why: because('discovery-mapping-same', text('one mapping for every destination.')) };
	}
	if (home && address && both) {
		const is = same(address, both) ? 'address-dependent' : 'address-and-port-dependent';
		return {
			is,
			why: because(
				is === 'address-dependent' ? 'discovery-mapping-by-address' : 'discovery-mapping-by-port',
				text(
					is === 'address-dependent'
						? 'every address has a mapping of its own.'
						: 'every address and port has a mapping of its own.'
				)
			)
		};
	}
	if (home && (address ?? both))
		return {
			is: 'endpoint-dependent',
			why: because(
				'discovery-mapping-differs',
				text('the mapping depends on the destination; on what exactly, the answers do not show.')
			)
		};
	return {
		is: 'unknown',
		why: because(
			'discovery-one-observer',
			`${show(seen.server)} sees ${show(first)}; no second address answered, so nothing can be compared.`
		)
	};
}

function judgeDiscoveredFiltering(seen: Discovery, mapping: Mapping): { is: Filtering; why: Because } {
	const { filtering } = seen;
	if (!filtering)
		return {
			is: 'unknown',
			why: because('discovery-filtering-not-asked', 'Not tested: the server has no other address to answer from.')
		};
	const { both, port, control } = filtering;
	const moved = (asked: Asked | null, place: Asked['to']) =>
		asked?.answer?.error === null && same(asked.answer.from, placeOf(seen, place));
	const stayed = (asked: Asked | null) => asked?.answer?.error === null && same(asked.answer.from, seen.server);
	if (moved(both, 'other-both'))
		return {
			is: 'endpoint-independent',
			why: because(
				'discovery-filtering-open',
				`An answer from ${showPlace(seen, 'other-both')}, which had never been written to, came in after ${Math.round(both.tookMs)} ms.`
			)
		};
	if (both.answer || stayed(port))
		return {
			is: 'unknown',
			why: because(
				'discovery-server-does-not-change',
				'The server did not answer from the other address when asked to, so its answers say nothing about the filter.'
			)
		};
	if (moved(port, 'other-port'))
		return {
			is: 'address-dependent',
			why: because(
				'discovery-filtering-by-address',
				`An answer from ${showPlace(seen, 'other-both')} did not come in, one from ${showPlace(seen, 'other-port')} did: known addresses may send from any port.`
			)
		};
	if (port?.answer)
		return {
			is: 'unknown',
			why: because(
				'discovery-server-does-not-change',
				'The server did not answer from the other port when asked to, so its answers say nothing about the filter.'
			)
		};
	// The control opens the filter for the other address. With a mapping for each destination it opens another one, so that
	// nothing can come in: there the other address has shown by its own answers that it is alive.
	const steady = mapping === 'none' || mapping === 'endpoint-independent';
	const alive =
		moved(control, 'other-both') || (!steady && seen.mapping.some((asked) => asked.to === 'other-both' && trusted(seen, asked)));
	if (!alive)
		return {
			is: 'unknown',
			why: because(
				'discovery-filtering-control-failed',
				`No answer came from ${showPlace(seen, 'other-both')} even after it had been written to: filtered and never sent look alike.`
			)
		};
	const text = `Answers from ${showPlace(seen, 'other-both')} and ${showPlace(seen, 'other-port')} did not come in, in ${both.sent} and ${port?.sent ?? 0} tries: only known addresses and ports may send.`;
	return { is: 'address-and-port-dependent', why: because('discovery-filtering-by-port', text) };
}

function judgeHairpin({ hairpin }: Discovery, mapping: Mapping): { is: Hairpin; why: Because } {
	if (mapping === 'none')
		return { is: 'not-tested', why: because('discovery-hairpin-no-nat', 'There is no NAT, so nothing to turn around.') };
	if (!hairpin) return { is: 'not-tested', why: because('discovery-hairpin-not-asked', 'Not tested.') };
	const text = hairpin.from
		? `A packet to an own public address came back in after ${Math.round(hairpin.tookMs)} ms, from ${show(hairpin.from)}.`
		: `Packets to an own public address did not come back in ${Math.round(hairpin.tookMs)} ms.`;
	return {
		is: hairpin.state,
		why: because(hairpin.state === 'yes' ? 'discovery-hairpin-works' : 'discovery-hairpin-fails', text)
	};
}

/** RFC 4787 §4.2. Sockets were opened one after the other, each with a port of its own. */
function portPattern({ ports }: Discovery): PortPattern {
	if (ports.length < 2) return 'unknown';
	const offsets = ports.map(({ local, mapped }) => mapped - local);
	if (offsets.every((offset) => offset === 0)) return 'preserved';
	if (offsets.every((offset) => offset === offsets[0])) return 'constant-offset';
	const steps = ports.slice(1).map(({ mapped }, i) => mapped - ports[i]!.mapped);
	return steps.every((step) => step > 0 && step <= 8) ? 'sequential' : 'random';
}

function lifetime({ lifetime: tried }: Discovery): DiscoveryConclusion['lifetime'] {
	const silences = [...(tried?.silences ?? [])].sort((a, b) => a.seconds - b.seconds);
	const dead = silences.find(({ alive }) => !alive)?.seconds ?? null;
	const alive = silences.filter((each) => each.alive && (dead === null || each.seconds < dead)).at(-1)?.seconds ?? null;
	return { aliveS: alive, deadS: dead };
}
