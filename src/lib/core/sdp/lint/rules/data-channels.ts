/** Rules about data channels: their section, port and message size (RFC 8841). */
import type { Section } from '../../text/description';
import type { PairRule, SingleRule } from './rule';
import { clip, decimal } from '../../text/values';
import { named } from '../values/section-values';

export const DATA_CHANNEL_RULES: readonly SingleRule[] = [
	{
		id: 'sctp-map',
		code: 'DC-01',
		severity: 'warning',
		cite: 'RFC 8841 §5',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const line = section.attributes.get('sctpmap')?.[0];
				if (line) report(line, { value: clip(line.argument ?? '') });
			}
		}
	},
	{
		id: 'sctp-port',
		code: 'DC-02',
		severity: 'problem',
		cite: 'RFC 8841 §5; RFC 9429 §5.8.2',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isData) continue;
				const line = section.attributes.get('sctp-port')?.[0];
				const size = section.attributes.get('max-message-size')?.[0];
				if (!line) {
					if (!section.attributes.has('sctpmap')) report(section.mLine, { kind: 'missing', section: named(section) });
				} else {
					const port = decimal(line.argument?.trim());
					if (port === null || port > 65535)
						report(line, { kind: 'not-a-port', value: clip(line.argument ?? '') }, { column: line.argumentColumn });
				}
				if (size && decimal(size.argument?.trim()) === null)
					report(size, { kind: 'not-a-size', value: clip(size.argument ?? '') }, { column: size.argumentColumn });
			}
		}
	},
	{
		id: 'sctp-transport',
		code: 'DC-03',
		severity: 'warning',
		cite: 'RFC 8841 §4.2',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections)
				if (section.protocol === 'DTLS/SCTP')
					report(
						section.mLine,
						{ section: named(section) },
						{
							column: section.mLine.raw.indexOf('DTLS/SCTP') + 1
						}
					);
		}
	},
	{
		id: 'data-format',
		code: 'DC-04',
		severity: 'problem',
		cite: 'RFC 8841 §4.3; RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				// The draft form, DTLS/SCTP with a port number, has a finding of its own.
				if (!section.isData || !section.media || section.protocol === 'DTLS/SCTP') continue;
				const format = section.formats[0]!;
				if (section.formats.length !== 1 || format.text !== 'webrtc-datachannel')
					report(
						section.mLine,
						{ section: named(section), format: clip(section.formats.map((each) => each.text).join(' ')) },
						{ column: section.mLine.valueColumn + format.offset }
					);
			}
		}
	},
	{
		id: 'data-section-repeated',
		code: 'DC-06',
		severity: 'warning',
		cite: 'RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			const data = sdp.live.filter((section) => section.isData);
			if (data.length > 1)
				report(data[1]!.mLine, { sections: data.length, firstLine: data[0]!.mLine.number }, { refusedBy: ['firefox'] });
		}
	}
];

export const DATA_CHANNEL_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'max-message-size',
		code: 'DC-05',
		severity: 'info',
		cite: 'RFC 8841 §6',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!section.isData || !offered?.isData) continue;
				const line = section.attributes.get('max-message-size')?.[0];
				const [own, theirs] = [sizeOf(section), sizeOf(offered)];
				if (own !== theirs) report('answer', line ?? section.mLine, { offeredBytes: theirs, answeredBytes: own });
			}
		}
	}
];

/** Bytes; 0 means any size, and 64 KiB is what absence means (RFC 8841 §6). */
function sizeOf(section: Section): number {
	return decimal(section.attributes.get('max-message-size')?.[0]?.argument?.trim()) ?? 65536;
}
