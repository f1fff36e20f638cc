/** Rules about attribute lines: repeats, conflicts, their level, values that cannot be read (RFC 8866 §5.13, §6). */
import { codecName, sameCodec } from '../../text/codecs';
import type { Section, ValueFault } from '../../text/description';
import type { SdpLine } from '../../text/document';
import type { SdpFault } from '../../text/faults';
import type { SingleRule } from './rule';
import { clip } from '../../text/values';
import { named } from '../values/section-values';

/** Attributes that stand once in a section, with one value (RFC 9429 §5.8 names most of them "a single"). */
const SINGLE_VALUED = [
	'mid',
	'setup',
	'ice-ufrag',
	'ice-pwd',
	'tls-id',
	'sctp-port',
	'max-message-size',
	'ptime',
	'maxptime',
	'rtcp',
	'simulcast'
];
const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;

export const MEDIA_ONLY = new Set(
	'rtpmap fmtp rtcp-fb rtcp candidate remote-candidates mid rtcp-mux rtcp-mux-only rtcp-rsize ssrc ssrc-group msid rid simulcast sctp-port sctpmap max-message-size label imageattr ptime maxptime framerate bundle-only crypto'.split(
		' '
	)
);
const SESSION_ONLY = new Set(['group', 'ice-lite', 'msid-semantic', 'identity']);

/** Attributes that Chromium refuses when the same line stands twice. */
const REFUSED_TWICE = new Set(['ssrc-group', 'simulcast']);

export const ATTRIBUTE_RULES: readonly SingleRule[] = [
	{
		id: 'repeated-line',
		code: 'SYN-13',
		severity: 'warning',
		cite: 'RFC 8866 §5.13',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				const seen = new Map<string, SdpLine>();
				for (const line of part.lines) {
					if (line.type !== 'a') continue;
					const earlier = seen.get(line.value);
					if (earlier)
						report(
							line,
							{ attribute: clip(line.value), earlierLine: earlier.number },
							{
								refusedBy: REFUSED_TWICE.has(line.name) ? ['chromium'] : []
							}
						);
					else seen.set(line.value, line);
				}
			}
		}
	},
	{
		id: 'conflicting-values',
		code: 'SYN-15',
		severity: 'problem',
		cite: 'RFC 9429 §5.8',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const name of SINGLE_VALUED) {
					const lines = part.attributes.get(name);
					if (!lines || lines.length < 2) continue;
					const other = lines.find((line) => line.argument?.trim() !== lines[0]!.argument?.trim());
					if (other)
						report(other, {
							kind: 'attribute',
							attribute: name,
							here: clip(other.argument ?? ''),
							first: clip(lines[0]!.argument ?? ''),
							firstLine: lines[0]!.number
						});
				}
				const [first, other] = DIRECTIONS.flatMap((name) =>
					(part.attributes.get(name) ?? []).slice(0, 1).map((line) => ({ name, line }))
				).sort((a, b) => a.line.number - b.line.number);
				if (first && other)
					report(other.line, { kind: 'direction', here: other.name, first: first.name, firstLine: first.line.number });
			}
			for (const section of sdp.sections) conflictingMaps(section, report);
		}
	},
	{
		id: 'attribute-level',
		code: 'SYN-16',
		severity: 'warning',
		cite: 'RFC 8866 §6',
		check: ({ sdp, report }) => {
			for (const line of sdp.session.lines)
				if (line.type === 'a' && MEDIA_ONLY.has(line.name)) report(line, { attribute: line.name, section: null });
			for (const section of sdp.sections) {
				for (const line of section.lines)
					if (line.type === 'a' && SESSION_ONLY.has(line.name)) report(line, { attribute: line.name, section: named(section) });
			}
		}
	},
	{
		id: 'attribute-value',
		code: 'SYN-17',
		severity: 'problem',
		cite: 'RFC 8866 §6',
		check: ({ sdp, report }) => {
			// Candidates and msid have rules of their own.
			reportFaults(
				sdp.faults,
				(line) =>
					line.type === 'b' ||
					(line.type === 'a' && line.name !== 'candidate' && line.name !== 'msid' && line.name !== 'fingerprint'),
				report
			);
		}
	}
];

/** Whatever could not be read of the lines that are wanted. */
export function reportFaults(
	faults: readonly ValueFault[],
	wanted: (line: SdpLine) => boolean,
	report: (line: SdpLine, fault: SdpFault, options: { column: number }) => void
): void {
	for (const { line, fault, column } of faults) if (wanted(line)) report(line, fault, { column });
}

/** Two a=rtpmap of one payload type that name different codecs. */
function conflictingMaps(
	section: Section,
	found: (line: SdpLine, values: { kind: 'codec'; payloadType: number; here: string; first: string; firstLine: number }) => void
): void {
	for (const { line, value } of section.rtpMaps) {
		// The reader keeps the first.
		const first = section.codecs.get(value.payloadType);
		if (!first?.line || first.line === line) continue;
		const codec = { ...value, channels: value.channels ?? 1, line };
		const { payloadType } = value;
		if (!sameCodec(first, codec))
			found(line, {
				kind: 'codec',
				payloadType,
				here: clip(codecName(codec)),
				first: clip(codecName(first)),
				firstLine: first.line.number
			});
	}
}
