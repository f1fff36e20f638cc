/** Rules about RTP header extensions: their ids in a section, in a bundle and across an exchange (RFC 8285). */
import type { Section } from '../../text/description';
import type { PairRule, Refuser, ReportOptions, SingleRule } from './rule';
import { clip } from '../../text/values';
import { named } from '../values/section-values';

/** RFC 6904 §4: the URI that says the extension named behind it is encrypted. */
const ENCRYPTED = /^urn:ietf:params:rtp-hdrext:encrypt(?: |$)/;

export const HEADER_EXTENSION_RULES: readonly SingleRule[] = [
	{
		id: 'extension-id-collision',
		code: 'BND-06',
		severity: 'problem',
		cite: 'RFC 9143 §12; RFC 8285 §7',
		check: ({ sdp, report }) => {
			for (const bundle of sdp.bundles) {
				const taken = new Map<number, { uri: string; section: Section }>();
				for (const section of bundle.sections) {
					if (section.rejected) continue;
					for (const { line, value } of section.extensions) {
						const earlier = taken.get(value.id);
						if (!earlier) taken.set(value.id, { uri: value.uri, section });
						else if (earlier.uri !== value.uri && earlier.section !== section)
							report(
								line,
								{
									id: value.id,
									uri: clip(value.uri, 70),
									earlier: { section: named(earlier.section), uri: clip(earlier.uri, 70) }
								},
								// Firefox takes it in a first round only.
								{ refusedBy: ['chromium'], acceptedBy: [] }
							);
					}
				}
			}
		}
	},
	{
		id: 'extension-id',
		code: 'EXT-01',
		severity: 'problem',
		cite: 'RFC 8285 §4.2, §5, §6',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const mixed = section.attributes.has('extmap-allow-mixed') || sdp.session.attributes.has('extmap-allow-mixed');
				const seen = new Map<number, string>();
				const firefox: readonly Refuser[] = section.rejected ? [] : ['firefox'];
				for (const { line, value } of section.extensions) {
					const column = line.argumentColumn;
					if (ENCRYPTED.test(value.uri) && ENCRYPTED.test(value.rest)) report(line, { kind: 'encrypted-twice' }, { column });
					const earlier = seen.get(value.id);
					if (earlier !== undefined)
						report(
							line,
							{ kind: 'repeated', id: value.id, section: named(section) },
							{
								column,
								refusedBy: earlier === value.uri ? ['firefox'] : []
							}
						);
					else if (value.id === 0 || (value.id > 255 && value.id < 4096) || value.id > 4351)
						report(line, { kind: 'range', id: value.id }, { column });
					else if (value.id === 15 && !mixed) report(line, { kind: 'reserved', id: value.id }, { column, refusedBy: firefox });
					else if (value.id >= 15 && value.id < 256)
						report(line, { kind: 'two-byte', id: value.id, mixed }, { column, severity: 'warning', refusedBy: firefox });
					seen.set(value.id, value.uri);
				}
			}
		}
	},
	{
		id: 'extension-direction',
		code: 'EXT-03',
		severity: 'info',
		cite: 'RFC 8285 §5',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				for (const { line, value } of section.extensions) {
					if (
						(value.direction === 'sendonly' && section.direction === 'recvonly') ||
						(value.direction === 'recvonly' && section.direction === 'sendonly')
					) {
						report(line, { id: value.id, direction: value.direction, sectionDirection: section.direction });
					}
				}
			}
		}
	}
];

export const HEADER_EXTENSION_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'extension-not-offered',
		code: 'EXT-02',
		severity: 'problem',
		cite: 'RFC 8285 §7',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered) continue;
				const all = [...offered.extensions, ...offer.session.extensions].map(({ value }) => value);
				for (const { line, value } of section.extensions) {
					const ids = all.filter((each) => each.uri === value.uri).map((each) => each.id);
					// Ids from 4096 ask the answerer to choose one (RFC 8285 §7).
					// Chromium refuses some that give an offered id to another extension.
					const taken = all.some((each) => each.id === value.id && each.uri !== value.uri);
					const options: ReportOptions = { refusedBy: value.id > 255 ? [] : ['firefox'], ...(taken ? { acceptedBy: [] } : {}) };
					if (ids.length === 0)
						report('answer', line, { uri: clip(value.uri, 90), kind: 'not-offered', section: named(section) }, options);
					else if (!ids.includes(value.id) && !ids.some((id) => id >= 4096))
						report(
							'answer',
							line,
							{ uri: clip(value.uri, 90), kind: 'other-id', id: value.id, offeredIds: ids },
							{ column: line.argumentColumn, ...options }
						);
				}
			}
		}
	}
];
