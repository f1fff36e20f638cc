/** Rules about simulcast: its layers, and the rids that they are called by (RFC 8851, 8852, 8853). */
import type { Section } from '../../text/description';
import type { PairRule, SingleRule } from './rule';
import { clip } from '../../text/values';
import { named } from '../values/section-values';

const STREAM_ID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';

export const SIMULCAST_RULES: readonly SingleRule[] = [
	{
		id: 'simulcast-unknown-rid',
		code: 'SIM-01',
		severity: 'problem',
		cite: 'RFC 8853 §5.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const known = new Set(section.rids.map(({ value }) => value.id));
				for (const { line, value } of section.simulcast) {
					if (value.draftSyntax && (line.argument ?? '').includes('pt=')) continue;
					const missing = [...value.send, ...value.recv].flat().filter((rid) => !known.has(rid));
					if (missing.length > 0) report(line, { rid: clip(missing[0]!), section: named(section) });
				}
			}
		}
	},
	{
		id: 'simulcast-extension',
		code: 'SIM-02',
		severity: 'problem',
		cite: 'RFC 8852 §3; RFC 8853 §5.5',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const first = section.simulcast[0];
				if (
					!first ||
					!section.isRtp ||
					[...section.extensions, ...sdp.session.extensions].some(({ value }) => value.uri === STREAM_ID_EXTENSION)
				)
					continue;
				report(first.line, { section: named(section) }, { refusedBy: ['chromium'] });
			}
		}
	},
	{
		id: 'simulcast-draft-syntax',
		code: 'SIM-03',
		severity: 'warning',
		cite: 'RFC 8853 §5.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections)
				for (const { line, value } of section.simulcast)
					if (value.draftSyntax) report(line, { value: clip((line.argument ?? '').trim()) });
		}
	},
	{
		id: 'rid-conflict',
		code: 'SIM-04',
		severity: 'problem',
		cite: 'RFC 8851 §4; RFC 8853 §5.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const byId = new Map<string, Section['rids'][number]>();
				for (const rid of section.rids) {
					const earlier = byId.get(rid.value.id);
					if (earlier) report(rid.line, { kind: 'repeated', rid: clip(rid.value.id), earlierLine: earlier.line.number });
					else byId.set(rid.value.id, rid);
				}
				for (const { line, value } of section.simulcast) {
					for (const direction of ['send', 'recv'] as const) {
						const wrong = value[direction].flat().find((id) => byId.get(id) && byId.get(id)!.value.direction !== direction);
						if (wrong !== undefined)
							report(line, {
								kind: 'direction',
								rid: clip(wrong),
								listedUnder: direction,
								direction: byId.get(wrong)!.value.direction
							});
					}
				}
			}
		}
	},
	{
		id: 'rid-payload-type',
		code: 'SIM-05',
		severity: 'warning',
		cite: 'RFC 8851 §4, §5',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const listed = new Set(section.formats.map((format) => format.text));
				for (const { line, value } of section.rids) {
					const missing = value.payloadTypes.find((payloadType) => !listed.has(payloadType.trim()));
					if (missing !== undefined) report(line, { rid: clip(value.id), payloadType: clip(missing) });
				}
			}
		}
	},
	{
		id: 'legacy-simulcast',
		code: 'SIM-07',
		severity: 'warning',
		cite: 'RFC 8853 §5.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const group = section.sourceGroups.find(({ value }) => value.semantics === 'SIM');
				if (group) report(group.line, { kind: 'group', section: named(section), layers: group.value.ssrcs.length });
				const flag = section.attributes.get('x-google-flag')?.[0];
				if (flag) report(flag, { kind: 'flag' });
			}
		}
	}
];

export const SIMULCAST_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'simulcast-not-answered',
		code: 'SIM-06',
		severity: 'warning',
		cite: 'RFC 8853 §5.3.2',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index]?.simulcast[0];
				if (!offered) continue;
				const answered = section.simulcast[0];
				if (!answered) {
					report('answer', section.mLine, {
						kind: 'dropped',
						section: named(section),
						layers: offered.value.send.length || offered.value.recv.length
					});
					continue;
				}
				for (const [mine, theirs] of [
					['recv', 'send'],
					['send', 'recv']
				] as const) {
					const known = new Set(offered.value[theirs].flat());
					const strange = answered.value[mine].flat().find((rid) => !known.has(rid));
					if (strange !== undefined)
						report('answer', answered.line, { kind: 'not-mirrored', rid: clip(strange), answered: mine, offered: theirs });
				}
			}
		}
	}
];
