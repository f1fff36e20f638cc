/** What must stay through the rounds of a connection: meanings of numbers, groups, roles and ports (RFC 3264 §8, 8285, 9143, 8842). */
import { codecName, sameCodec } from '../../text/codecs';
import type { Description, Section } from '../../text/description';
import { attributeLine, attributeValue, bundleWith, restarted, sameSections, transportSection } from '../../text/transport';
import { named } from '../values/section-values';
import { clip } from '../../text/values';
import type { RoundRule, Refuser } from './rule';

const WEBRTC = ['webrtc'] as const;
const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];
const BOTH: readonly Refuser[] = ['chromium', 'firefox'];

type Role = 'active' | 'passive';
const OPPOSITE: Readonly<Record<Role, Role>> = { active: 'passive', passive: 'active' };
const isFixed = (setup: string | null): setup is Role => setup === 'active' || setup === 'passive';

export const EXCHANGE_LATER_RULES: readonly RoundRule[] = [
	{
		id: 'extension-id-reassigned',
		code: 'EXT-04',
		severity: 'problem',
		cite: 'RFC 8285 §6',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				for (const pair of continued(before, now)) {
					const earlier = pair.before.extensions.map(({ value }) => value);
					for (const { line, value } of pair.now.extensions) {
						const was = earlier.find((each) => each.id === value.id);
						if (was && was.uri !== value.uri)
							report(
								side,
								line,
								{ kind: 'other-uri', id: value.id, before: clip(was.uri, 70), uri: clip(value.uri, 70) },
								{
									column: line.argumentColumn,
									// An extension that had another id besides is read by each browser as it likes.
									refusedBy: earlier.some((each) => each.uri === value.uri) ? [] : BOTH
								}
							);
						const moved = earlier.find((each) => each.uri === value.uri && each.rest === value.rest);
						if (!was && moved && !earlier.some((each) => each.uri === value.uri && each.id === value.id))
							report(
								side,
								line,
								{ kind: 'other-id', id: value.id, beforeId: moved.id, uri: clip(value.uri, 70) },
								{
									column: line.argumentColumn
								}
							);
					}
				}
			}
		}
	},
	{
		id: 'payload-type-reassigned',
		code: 'OA-19',
		severity: 'problem',
		cite: 'RFC 3264 §8.3.2',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				for (const pair of continued(before, now)) {
					for (const codec of pair.now.listed) {
						const was = pair.before.codecs.get(codec.payloadType);
						if (was && !sameCodec(was, codec))
							report(side, codec.line ?? pair.now.mLine, {
								payloadType: codec.payloadType,
								before: clip(codecName(was)),
								codec: clip(codecName(codec))
							});
					}
				}
			}
		}
	},
	{
		id: 'offer-role-changed',
		code: 'DTLS-14',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8842 §5.2, §5.5',
		check: ({ before, ends, report }) => {
			for (const end of ends) {
				const restarts = restarted(end.before, end.now);
				const other = end.before === before.offer ? before.answer : before.offer;
				for (const pair of continued(end.before, end.now)) {
					const line = attributeLine(end.now, pair.now, 'setup');
					const section = other?.sections[pair.before.index];
					if (!line || !section || (bundleWith(end.now, pair.now)?.tagged ?? pair.now) !== pair.now) continue;
					const [was, theirs] = [setupOf(end.before, pair.before), setupOf(other!, section)];
					const role = isFixed(was) ? was : isFixed(theirs) ? OPPOSITE[theirs] : null;
					// A fixed role that changes without a restart has a finding of its own (dtls-association-changed).
					if (role === null || (isFixed(was) && !restarts)) continue;
					const said = line.argument?.trim() ?? null;
					if (isFixed(said) && said !== role)
						report(
							end.side,
							line,
							{ role, side: end.side, said },
							{
								column: line.argumentColumn,
								// A restart may begin a new association (RFC 8842 §5.5).
								severity: restarts ? 'warning' : 'problem',
								refusedBy: CHROMIUM
							}
						);
				}
			}
		}
	},
	{
		id: 'ice-credentials-left-out',
		code: 'ICE-25',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 9143 §7.1.3; RFC 8839 §4.4.1.1.1',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				for (const section of now.live) {
					const bundle = bundleWith(now, section);
					if (!bundle?.tagged || bundle.tagged === section || attributeLine(now, bundle.tagged, 'ice-ufrag') === null) continue;
					const earlier = before.sections[section.index];
					const had = earlier && !earlier.rejected && attributeLine(before, earlier, 'ice-ufrag') !== null;
					if (side === 'answer' && !had) continue;
					if (attributeLine(now, section, 'ice-ufrag') === null && attributeLine(now, section, 'ice-pwd') === null)
						report(side, section.mLine, { section: named(section), before: had === true }, { refusedBy: FIREFOX });
				}
			}
		}
	},
	{
		id: 'sctp-port-changed',
		code: 'DC-09',
		severity: 'warning',
		cite: 'RFC 8841 §9.3',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				for (const pair of continued(before, now)) {
					const line = pair.now.attributes.get('sctp-port')?.[0];
					const was = attributeValue(before, pair.before, 'sctp-port');
					const is = line?.argument?.trim();
					if (line && was !== null && is !== was && is !== undefined)
						report(
							side,
							line,
							{ before: clip(was), port: clip(is) },
							{
								column: line.argumentColumn,
								refusedBy: CHROMIUM
							}
						);
				}
			}
		}
	}
];

/** Sections at the same place that are the same ones still: a recycled section has another mid (RFC 9429 §5.2.2). */
function continued(before: Description, now: Description): { before: Section; now: Section }[] {
	return sameSections(before, now).filter((pair) => pair.before.kind === pair.now.kind && pair.before.mid === pair.now.mid);
}

function setupOf(sdp: Description, section: Section): string | null {
	return attributeValue(sdp, transportSection(sdp, section), 'setup');
}
