/** Rules about candidates: what they say, and which addresses they bring (RFC 8839, 8445, 8840). */
import { scopeOfText } from '../../../base/ip';
import type { CandidateValue } from '../../text/candidate-fields';
import type { Description, On, Section } from '../../text/description';
import type { PairRule, SingleRule } from './rule';
import { attributeLine, attributeValue, bundleWith, iceOf, ownsTransport, transportSection } from '../../text/transport';
import { clip } from '../../text/values';
import { named } from '../values/section-values';

const WEBRTC = ['webrtc'] as const;
const CANDIDATE_TYPES = ['host', 'srflx', 'prflx', 'relay'];

export const CANDIDATE_RULES: readonly SingleRule[] = [
	{
		id: 'candidate-line',
		code: 'ICE-04',
		severity: 'problem',
		cite: 'RFC 8839 §5.1; RFC 8445 §5.1.2',
		check: ({ sdp, report }) => {
			for (const fault of sdp.faults)
				if (fault.line.name === 'candidate') report(fault.line, fault.fault, { column: fault.column });
		}
	},
	{
		id: 'candidate-tcp-type',
		code: 'ICE-05',
		severity: 'warning',
		cite: 'RFC 6544 §4.5',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				if (value.transport === 'tcp' && value.tcpType === null) report(line, endpointOf(value));
			});
		}
	},
	{
		id: 'candidate-related-address',
		code: 'ICE-06',
		severity: 'warning',
		cite: 'RFC 8839 §5.1',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				if (['srflx', 'prflx', 'relay'].includes(value.type) && (value.relatedAddress === null || value.relatedPort === null)) {
					report(line, { type: value.type, ...endpointOf(value), missing: value.relatedAddress === null ? 'raddr' : 'rport' });
				}
			});
		}
	},
	{
		id: 'candidate-type',
		code: 'ICE-07',
		severity: 'warning',
		cite: 'RFC 8839 §5.1',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				if (value.type !== '' && !CANDIDATE_TYPES.includes(value.type))
					report(
						line,
						{ type: clip(value.type) },
						{
							column: line.argumentColumn + value.typeOffset,
							refusedBy: ['chromium']
						}
					);
			});
		}
	},
	{
		id: 'default-address',
		code: 'ICE-08',
		severity: 'warning',
		cite: 'RFC 8839 §4.2.5, §5.3',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				if (!ownsTransport(sdp, section) || section.candidates.length === 0) continue;
				const connection = section.connections[0] ?? sdp.session.connections[0];
				if (!connection || section.port === 9) continue;
				const { address } = connection.value;
				const scope = scopeOfText(address);
				if (scope === null || scope === 'unspecified') continue;
				if (section.candidates.some(({ value }) => value.address === address && value.port === section.port)) continue;
				if (section.candidates.some(({ value }) => value.scope === null)) continue;
				report(section.connections[0] ? connection.line : section.mLine, {
					address: clip(address),
					port: section.port,
					section: named(section),
					candidates: section.candidates.length
				});
			}
		}
	},
	{
		id: 'ice-lite-candidates',
		code: 'ICE-11',
		severity: 'warning',
		cite: 'RFC 8445 §2.5',
		check: ({ sdp, report }) => {
			if (!sdp.iceLite) return;
			forCandidates(sdp, (_, { line, value }) => {
				if (value.type !== 'host' && CANDIDATE_TYPES.includes(value.type))
					report(line, { type: value.type, ...endpointOf(value) });
			});
		}
	},
	{
		id: 'candidates-missing',
		code: 'ICE-12',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8840 §4.1.1, §8',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				if (!ownsTransport(sdp, section) || section.candidates.length > 0 || attributeLine(sdp, section, 'ice-ufrag') === null)
					continue;
				// With the credentials of the tagged section it shares that one's candidates (RFC 9143 §7.3).
				const tagged = bundleWith(sdp, section)?.tagged ?? section;
				if (tagged !== section && attributeValue(sdp, tagged, 'ice-ufrag') === attributeValue(sdp, section, 'ice-ufrag'))
					continue;
				const end = attributeLine(sdp, section, 'end-of-candidates');
				const trickle = iceOptions(sdp, section).includes('trickle');
				if (end) report(end, { section: named(section), ended: true });
				else if (!trickle) report(section.mLine, { section: named(section), ended: false });
			}
		}
	},
	{
		id: 'hidden-addresses-only',
		code: 'ICE-13',
		severity: 'info',
		cite: 'RFC 8828 §5.2',
		check: ({ sdp, report }) => {
			const hosts = sdp.sections.flatMap((section) => section.candidates).filter(({ value }) => value.type === 'host');
			if (hosts.length > 0 && hosts.every(({ value }) => value.address.endsWith('.local')))
				report(hosts[0]!.line, { hosts: hosts.length });
		}
	},
	{
		id: 'candidate-unreachable-address',
		code: 'ICE-14',
		severity: 'warning',
		cite: 'RFC 8445 §5.1.1.1',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				const scope = value.scope;
				if (value.type !== 'relay' && (scope === 'loopback' || scope === 'link-local' || scope === 'unspecified')) {
					report(
						line,
						{ address: clip(value.address), scope },
						{
							column: line.argumentColumn + value.addressOffset
						}
					);
				}
			});
		}
	},
	{
		id: 'private-addresses-only',
		code: 'ICE-15',
		severity: 'warning',
		cite: 'RFC 8445 §5.1.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				if (!ownsTransport(sdp, section) || section.candidates.length === 0) continue;
				const all = section.candidates.every(
					({ value }) => value.type === 'host' && ['private', 'carrier-grade'].includes(value.scope ?? '')
				);
				if (!all) continue;
				const complete =
					attributeLine(sdp, section, 'end-of-candidates') !== null || !iceOptions(sdp, section).includes('trickle');
				report(
					section.candidates[0]!.line,
					{ section: named(section), candidates: section.candidates.length, complete },
					complete ? {} : { severity: 'info' }
				);
			}
		}
	},
	{
		id: 'relay-private-address',
		code: 'ICE-16',
		severity: 'problem',
		cite: 'RFC 8656 §7.2',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (_, { line, value }) => {
				const scope = value.scope;
				if (
					value.type === 'relay' &&
					scope !== null &&
					['private', 'carrier-grade', 'loopback', 'link-local', 'unspecified'].includes(scope)
				) {
					report(
						line,
						{ address: clip(value.address), scope },
						{
							column: line.argumentColumn + value.addressOffset
						}
					);
				}
			});
		}
	},
	{
		id: 'candidates-out-of-place',
		code: 'ICE-21',
		severity: 'warning',
		cite: 'RFC 8839 §4.4.1.1.2; RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const first = section.candidates[0];
				if (first && (section.rejected || section.bundleOnly))
					report(first.line, { section: named(section), rejected: section.rejected, candidates: section.candidates.length });
			}
		}
	},
	{
		id: 'candidate-user-fragment',
		code: 'ICE-22',
		severity: 'warning',
		cite: 'RFC 8838 §11; RFC 9429 §3.5.2',
		check: ({ sdp, report }) => {
			forCandidates(sdp, (section, { line, value }) => {
				const own = value.extensions.find((extension) => extension.name === 'ufrag');
				const { ufrag } = iceOf(sdp, section);
				if (own && ufrag !== null && own.value !== ufrag)
					report(
						line,
						{ ufrag: clip(own.value), sectionUfrag: clip(ufrag) },
						{
							column: line.argumentColumn + own.offset
						}
					);
			});
		}
	}
];

export const CANDIDATE_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'rtcp-candidates-unneeded',
		code: 'ICE-09',
		severity: 'info',
		cite: 'RFC 5761 §5.1.3',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!section.attributes.has('rtcp-mux') || !offered?.attributes.has('rtcp-mux')) continue;
				const extra = section.candidates.find(({ value }) => value.component === 2);
				if (extra) report('answer', extra.line, { section: named(section) });
			}
		}
	},
	{
		id: 'address-family-mismatch',
		code: 'ICE-24',
		severity: 'warning',
		cite: 'RFC 8421 §4',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered || !ownsTransport(answer, section)) continue;
				const theirs = familiesOf(transportSection(offer, offered));
				const own = familiesOf(section);
				// A hidden or missing address may be of any family; then there is nothing to say.
				if (theirs === null || own === null || [...own].some((family) => theirs.has(family))) continue;
				report('answer', section.candidates[0]!.line, { offered: [...theirs], answered: [...own] });
			}
		}
	}
];

function forCandidates(sdp: Description, visit: (section: Section, candidate: On<CandidateValue>) => void): void {
	for (const section of sdp.sections) for (const candidate of section.candidates) visit(section, candidate);
}

/** Address and port. */
function endpointOf({ address, port }: CandidateValue) {
	return { address: clip(address), port };
}

/** Options of the section, of the session, and of the tagged section of its bundle, as one list. */
function iceOptions(sdp: Description, section: Section): string[] {
	const owner = bundleWith(sdp, section)?.tagged;
	return [sdp.session, section, ...(owner ? [owner] : [])]
		.flatMap((part) => part.attributes.get('ice-options') ?? [])
		.flatMap((line) => (line.argument ?? '').split(/\s+/));
}

function familiesOf(section: Section): Set<'ipv4' | 'ipv6'> | null {
	const families = new Set<'ipv4' | 'ipv6'>();
	for (const { value } of section.candidates) {
		if (value.scope === null) return null;
		families.add(value.address.includes(':') ? 'ipv6' : 'ipv4');
	}
	return families.size === 0 ? null : families;
}
