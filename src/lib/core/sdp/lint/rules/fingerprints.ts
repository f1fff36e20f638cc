/** Rules about keys: fingerprints, keys in the description, the transport profile (RFC 8122, 8842, 8827). */
import { entryOf } from '../../../base/record';
import type { Description, Section } from '../../text/description';
import type { SdpLine } from '../../text/document';
import type { PairRule, ReportOptions, SingleRule } from './rule';
import { attributeLine, hasInOtherForm, leaningSections, ownsTransport } from '../../text/transport';
import { clip } from '../../text/values';
import { named } from '../values/section-values';
import { refusedByFirefox } from './dtls-roles';

const WEBRTC = ['webrtc'] as const;

/** Bytes of a digest by hash name (RFC 8122 §5 and the registry it makes). */
const DIGEST_BYTES: Record<string, number> = {
	md2: 16,
	md5: 16,
	'sha-1': 20,
	'sha-224': 28,
	'sha-256': 32,
	'sha-384': 48,
	'sha-512': 64
};

export const FINGERPRINT_RULES: readonly SingleRule[] = [
	{
		id: 'fingerprint-missing',
		code: 'DTLS-01',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8122 §5; RFC 8827 §6.5; RFC 9429 §5.8.3',
		check: ({ sdp, again, report }) => {
			for (const section of sdp.sections) {
				if (!ownsTransport(sdp, section) || !needsDtls(section) || fingerprintLine(sdp, section)) continue;
				report(section.mLine, { section: named(section), inFirstOffer: false });
			}
			for (const section of leaningSections(sdp, again)) {
				if (!needsDtls(section) || fingerprintLine(sdp, section) || hasInOtherForm(sdp, section, 'fingerprint')) continue;
				report(section.mLine, { section: named(section), inFirstOffer: true }, refusedByFirefox(again));
			}
		}
	},
	{
		id: 'fingerprint-digest',
		code: 'DTLS-02',
		severity: 'problem',
		cite: 'RFC 8122 §5',
		check: ({ sdp, report }) => {
			for (const fault of sdp.faults)
				if (fault.line.name === 'fingerprint')
					report(fault.line, { kind: 'fault', fault: fault.fault }, { column: fault.column });
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const { line, value } of part.fingerprints) {
					const column = line.argumentColumn + value.offset;
					const bytes = value.digest.split(':');
					const wanted = entryOf(DIGEST_BYTES, value.hash);
					if (!bytes.every((byte) => /^[0-9A-Fa-f]{2}$/.test(byte)))
						report(line, { kind: 'not-hex', digest: clip(value.digest) }, { column });
					else if (wanted !== undefined && bytes.length !== wanted)
						report(line, { kind: 'length', hash: value.hash, bytes: bytes.length, wanted }, { column });
					else if (/[a-f]/.test(value.digest))
						report(
							line,
							{ kind: 'lower-case' },
							{
								column,
								refusedBy: ['firefox']
							}
						);
				}
			}
		}
	},
	{
		id: 'fingerprint-hash',
		code: 'DTLS-03',
		severity: 'warning',
		cite: 'RFC 8122 §5',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const { line, value } of part.fingerprints) {
					const column = line.argumentColumn;
					if (value.hash === 'md5' || value.hash === 'md2')
						report(line, { hash: value.hash, strength: 'forbidden' }, { column, severity: 'problem' });
					else if (value.hash === 'sha-1') report(line, { hash: value.hash, strength: 'weak' }, { column });
					else if (entryOf(DIGEST_BYTES, value.hash) === undefined)
						report(
							line,
							{ hash: clip(value.hash), strength: 'unknown' },
							{
								column,
								severity: 'problem',
								refusedBy: ['chromium', 'firefox']
							}
						);
				}
			}
		}
	},
	{
		id: 'keys-in-sdp',
		code: 'DTLS-07',
		severity: 'problem',
		profiles: ['webrtc', 'sip'],
		cite: 'RFC 8827 §6.5; RFC 9429 §5.2.1',
		check: ({ sdp, profile, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const name of ['crypto', 'key-mgmt'] as const) {
					const line = part.attributes.get(name)?.[0];
					if (!line) continue;
					// Beside a fingerprint browsers pass over it.
					const passedOver = part.fingerprints.length > 0 || sdp.session.fingerprints.length > 0;
					const options: ReportOptions = profile === 'sip' || passedOver ? { severity: 'warning' } : {};
					report(line, { attribute: name }, options);
				}
			}
		}
	},
	{
		id: 'unencrypted-profile',
		code: 'DTLS-12',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 9429 §5.1.2; RFC 8827 §6.5',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (section.isRtp && section.media && /^(RTP\/AVP|RTP\/AVPF|RTP\/SAVP|RTP\/AVP\/TCP)$/.test(section.protocol)) {
					// RTP/AVPF and RTP/SAVP with a fingerprint are taken as what they mean (RFC 9429 §5.1.2).
					const lenient = fingerprintLine(sdp, section) !== null;
					report(
						section.mLine,
						{ section: named(section), transport: section.protocol },
						{
							column: section.mLine.raw.indexOf(section.protocol) + 1,
							...(lenient ? { severity: 'warning' as const } : {})
						}
					);
				}
			}
		}
	},
	{
		id: 'fingerprint-repeated',
		code: 'DTLS-13',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8122 §5',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				if (part.fingerprints.length < 2) continue;
				const { line } = part.fingerprints[1]!;
				if (part === sdp.session)
					report(line, { fingerprints: part.fingerprints.length, inSession: true }, { refusedBy: ['chromium'] });
				else report(line, { fingerprints: part.fingerprints.length, inSession: false }, { severity: 'info' });
			}
		}
	}
];

export const FINGERPRINT_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'tls-id',
		code: 'DTLS-10',
		severity: 'warning',
		cite: 'RFC 8842 §4, §5.3',
		check: ({ offer, answer, report }) => {
			for (const [side, sdp] of [
				['offer', offer],
				['answer', answer]
			] as const) {
				for (const part of [sdp.session, ...sdp.sections]) {
					for (const line of part.attributes.get('tls-id') ?? []) {
						if (!/^[A-Za-z0-9+/_-]{20,255}$/.test((line.argument ?? '').trim()))
							report(
								side,
								line,
								{ malformed: clip(line.argument ?? '') },
								{
									column: line.argumentColumn
								}
							);
					}
				}
			}
			const line = firstLine(answer, 'tls-id');
			if (line && !firstLine(offer, 'tls-id')) report('answer', line, { offered: false });
		}
	}
];

function needsDtls(section: Section): boolean {
	return /(TLS|DTLS|SAVPF)/.test(section.protocol);
}

function fingerprintLine(sdp: Description, section: Section): SdpLine | null {
	return attributeLine(sdp, section, 'fingerprint');
}

function firstLine(sdp: Description, name: string): SdpLine | null {
	for (const part of [sdp.session, ...sdp.sections]) {
		const line = part.attributes.get(name)?.[0];
		if (line) return line;
	}
	return null;
}
