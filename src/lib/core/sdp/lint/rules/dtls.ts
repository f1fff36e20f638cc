/** Rules about keys: fingerprints, DTLS roles, the transport profile (RFC 8122, 8842, 8827). */
import type { Description, Section } from '../../text/description';
import type { SdpLine } from '../../text/document';
import type { ProsePairRule, ReportOptions, ProseRoundRule, ProseSingleRule } from './rule';
import {
	attributeLine,
	attributeValue,
	fingerprintsOf,
	hasInOtherForm,
	leaningSections,
	nameOf,
	ownsTransport,
	restarted,
	sameSections,
	transportSection
} from '../../text/transport';
import { clip } from '../../text/values';

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

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
const OTHER_PRINT = 'sha-256 29:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2';

const ONLY_LATER = 'in a first offer Firefox refuses that, and only later ones may leave it to the tagged section of the bundle.';

const leaning = (again: boolean | null): ReportOptions => ({
	severity: again === false ? 'problem' : 'warning',
	refusedBy: ['firefox'],
	saysWhenRefused: true
});

export const DTLS_RULES: readonly ProseSingleRule[] = [
	{
		id: 'fingerprint-missing',
		code: 'DTLS-01',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'No certificate fingerprint',
		cite: 'RFC 8122 §5; RFC 8827 §6.5; RFC 9429 §5.8.3',
		advice:
			'Have the other side use DTLS-SRTP and write a=fingerprint: browsers refuse media without it. In a bundle the tagged section alone needs it.',
		check: ({ sdp, again, report }) => {
			for (const section of sdp.sections) {
				if (!ownsTransport(sdp, section) || !needsDtls(section) || fingerprintLine(sdp, section)) continue;
				report(section.mLine, `The ${nameOf(section)} has no a=fingerprint, in itself or in the session part.`);
			}
			for (const section of leaningSections(sdp, again)) {
				if (!needsDtls(section) || fingerprintLine(sdp, section) || hasInOtherForm(sdp, section, 'fingerprint')) continue;
				report(section.mLine, `The ${nameOf(section)} has no a=fingerprint: ${ONLY_LATER}`, leaning(again));
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass`
	},
	{
		id: 'fingerprint-digest',
		code: 'DTLS-02',
		severity: 'problem',
		title: 'A fingerprint that is not a digest of its hash',
		cite: 'RFC 8122 §5',
		advice:
			'Write the hash name, a blank, and every byte of the certificate digest as two upper-case hex digits with colons between.',
		check: ({ sdp, report }) => {
			for (const fault of sdp.faults)
				if (fault.line.name === 'fingerprint') report(fault.line, fault.message, { column: fault.column });
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const { line, value } of part.fingerprints) {
					const column = line.argumentColumn + value.offset;
					const bytes = value.digest.split(':');
					const wanted = DIGEST_BYTES[value.hash];
					if (!bytes.every((byte) => /^[0-9A-Fa-f]{2}$/.test(byte)))
						report(line, `The digest "${clip(value.digest)}" is not pairs of hex digits with colons between.`, { column });
					else if (wanted !== undefined && bytes.length !== wanted)
						report(line, `The ${value.hash} digest has ${bytes.length} bytes; ${value.hash} gives ${wanted}.`, { column });
					else if (/[a-f]/.test(value.digest))
						report(line, 'The digest is in lower case; the specification asks for upper case.', {
							column,
							refusedBy: ['firefox']
						});
				}
			}
		},
		good: `a=fingerprint:${PRINT}`,
		bad: 'a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC'
	},
	{
		id: 'fingerprint-hash',
		code: 'DTLS-03',
		severity: 'warning',
		title: 'A weak or unknown hash',
		cite: 'RFC 8122 §5',
		advice: 'Use sha-256, which every implementation has.',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const { line, value } of part.fingerprints) {
					const column = line.argumentColumn;
					if (value.hash === 'md5' || value.hash === 'md2')
						report(line, `${value.hash} must not be used for fingerprints.`, { column, severity: 'problem' });
					else if (value.hash === 'sha-1') report(line, 'sha-1 is weak; browsers still take it.', { column });
					else if (DIGEST_BYTES[value.hash] === undefined)
						report(line, `The hash "${clip(value.hash)}" is not known.`, {
							column,
							severity: 'problem',
							refusedBy: ['chromium', 'firefox']
						});
				}
			}
		},
		good: `a=fingerprint:${PRINT}`,
		bad: 'a=fingerprint:sha-1 DF:FA:FB:08:3B:3C:54:1D:D7:D4:05:77:A0:72:9B:14:08:6D:0F:4C'
	},
	{
		id: 'dtls-role-missing',
		code: 'DTLS-04',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'a=setup missing or unknown',
		cite: 'RFC 8842 §5.1; RFC 4145 §4',
		advice: 'Write a=setup:actpass in an offer, a=setup:active or a=setup:passive in an answer.',
		check: ({ sdp, again, report }) => {
			for (const part of [sdp.session, ...sdp.live]) {
				for (const line of part.attributes.get('setup') ?? []) {
					// Literals of the grammar are in any case (RFC 8866 §9, RFC 5234 §2.3).
					const value = (line.argument ?? '').trim().toLowerCase();
					if (!['actpass', 'active', 'passive'].includes(value)) {
						report(
							line,
							value === 'holdconn'
								? 'a=setup is holdconn, which does not exist for DTLS.'
								: `a=setup is "${clip(value)}"; it is actpass, active or passive.`,
							{ column: line.argumentColumn }
						);
					}
				}
			}
			for (const section of sdp.sections) {
				if (ownsTransport(sdp, section) && fingerprintLine(sdp, section) && attributeLine(sdp, section, 'setup') === null)
					report(section.mLine, `The ${nameOf(section)} does not say a=setup, so who begins the DTLS handshake is open.`);
			}
			for (const section of leaningSections(sdp, again)) {
				if (
					fingerprintLine(sdp, section) &&
					attributeLine(sdp, section, 'setup') === null &&
					!hasInOtherForm(sdp, section, 'setup')
				)
					report(section.mLine, `The ${nameOf(section)} has no a=setup: ${ONLY_LATER}`, leaning(again));
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}
			a=setup:actpass`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}
			a=setup:holdconn`
	},
	{
		id: 'offer-dtls-role',
		code: 'DTLS-05',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'An offer that is not actpass',
		cite: 'RFC 8842 §5.2; RFC 9429 §5.2.1',
		advice: 'Offer a=setup:actpass, in later offers too, and let the answerer choose.',
		check: ({ sdp, role, report }) => {
			if (role !== 'offer') return;
			for (const part of [sdp.session, ...sdp.live]) {
				const line = part.attributes.get('setup')?.[0];
				const value = line?.argument?.trim();
				if (line && (value === 'active' || value === 'passive'))
					report(line, `This offer says a=setup:${value}.`, { column: line.argumentColumn });
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active`
	},
	{
		id: 'keys-in-sdp',
		code: 'DTLS-07',
		severity: 'problem',
		profiles: ['webrtc', 'sip'],
		title: 'Keys written into the description (SDES, MIKEY)',
		cite: 'RFC 8827 §6.5; RFC 9429 §5.2.1',
		advice:
			'Use DTLS-SRTP (a=fingerprint and a=setup); browsers do not use a=crypto, and whoever reads the description can decrypt a call that does.',
		check: ({ sdp, profile, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const name of ['crypto', 'key-mgmt']) {
					const line = part.attributes.get(name)?.[0];
					if (!line) continue;
					// Beside a fingerprint browsers pass over it.
					const passedOver = part.fingerprints.length > 0 || sdp.session.fingerprints.length > 0;
					const options: ReportOptions = profile === 'sip' || passedOver ? { severity: 'warning' } : {};
					report(line, `a=${name} carries a key in the description.`, options);
				}
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}`,
		bad: `
			m=audio 9 RTP/SAVPF 111
			a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:FvLcvU2P3ZWmQxgPAgcDu7Zl9vftYElFOjEzhWs5`
	},
	{
		id: 'bundled-dtls-differs',
		code: 'DTLS-11',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'Bundled sections with different fingerprints or DTLS roles',
		cite: 'RFC 9143 §7.1.3, §11',
		advice: 'Write the same a=fingerprint and a=setup in all sections of a bundle, or only in the first.',
		check: ({ sdp, role, again, report }) => {
			const severity = role === 'answer' || again === true ? 'problem' : 'warning';
			for (const { tagged, sections } of sdp.bundles) {
				if (!tagged) continue;
				const prints = printText(sdp, tagged);
				const setup = attributeValue(sdp, tagged, 'setup');
				for (const section of sections) {
					if (section === tagged || section.rejected) continue;
					const print = section.fingerprints[0];
					if (print && prints !== '' && printText(sdp, section) !== prints)
						report(print.line, `The fingerprint differs from that of the ${nameOf(tagged)}, and both are in one bundle.`, {
							severity
						});
					const line = section.attributes.get('setup')?.[0];
					if (line && setup !== null && line.argument?.trim() !== setup)
						report(
							line,
							`a=setup is ${clip(line.argument?.trim() ?? '')} here and ${clip(setup)} in the ${nameOf(tagged)}, and both are in one bundle.`,
							// The tagged section's value is the one that counts (RFC 9143 §7.1.3); Firefox 153 answers so to added sections.
							{ severity: 'warning' }
						);
				}
			}
		},
		good: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=setup:active
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=setup:active`,
		bad: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=setup:active
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=mid:1
			a=setup:passive`
	},
	{
		id: 'unencrypted-profile',
		code: 'DTLS-12',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'A transport without DTLS-SRTP',
		cite: 'RFC 9429 §5.1.2; RFC 8827 §6.5',
		advice: 'Offer UDP/TLS/RTP/SAVPF to a browser (in Asterisk: webrtc=yes, or avpf and media encryption dtls).',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (section.isRtp && section.media && /^(RTP\/AVP|RTP\/AVPF|RTP\/SAVP|RTP\/AVP\/TCP)$/.test(section.protocol)) {
					// RTP/AVPF and RTP/SAVP with a fingerprint are taken as what they mean (RFC 9429 §5.1.2).
					const lenient = fingerprintLine(sdp, section) !== null;
					report(section.mLine, `The ${nameOf(section)} uses ${section.protocol}, which browsers do not speak.`, {
						column: section.mLine.raw.indexOf(section.protocol) + 1,
						...(lenient ? { severity: 'warning' as const } : {})
					});
				}
			}
		},
		good: 'm=audio 9 UDP/TLS/RTP/SAVPF 0',
		bad: 'm=audio 4000 RTP/AVP 0'
	},
	{
		id: 'fingerprint-repeated',
		code: 'DTLS-13',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'Several fingerprints at one level',
		cite: 'RFC 8122 §5',
		advice: 'Write one fingerprint for each section: the specification allows several, and not every browser takes them.',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				if (part.fingerprints.length < 2) continue;
				const { line } = part.fingerprints[1]!;
				if (part === sdp.session)
					report(line, `${part.fingerprints.length} fingerprints stand in the session part.`, { refusedBy: ['chromium'] });
				else report(line, `${part.fingerprints.length} fingerprints stand at the same level.`, { severity: 'info' });
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=fingerprint:${PRINT}
			a=fingerprint:${OTHER_PRINT}`
	}
];

export const DTLS_PAIR_RULES: readonly ProsePairRule[] = [
	{
		id: 'answer-dtls-role',
		code: 'DTLS-06',
		severity: 'problem',
		title: 'An answer that is actpass',
		cite: 'RFC 8842 §5.3; RFC 4145 §4.1',
		advice: 'Answer a=setup:active (or passive): the line was copied from the offer.',
		check: ({ answer, report }) => {
			for (const part of [answer.session, ...answer.live]) {
				const line = part.attributes.get('setup')?.[0];
				if (line?.argument?.trim() === 'actpass')
					report('answer', line, 'The answer says a=setup:actpass and so leaves open who begins the DTLS handshake.', {
						column: line.argumentColumn
					});
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:actpass`
	},
	{
		id: 'dtls-role-conflict',
		code: 'DTLS-08',
		severity: 'problem',
		title: 'Both ends take the same DTLS role',
		cite: 'RFC 8842 §5.3',
		advice: 'Answer with the opposite role; with two clients or two servers the connection stays in "connecting".',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered || !ownsTransport(answer, section)) continue;
				const line = attributeLine(answer, section, 'setup');
				const [theirs, own] = [attributeValue(offer, transportSection(offer, offered), 'setup'), line?.argument?.trim()];
				if (own === theirs && (own === 'active' || own === 'passive'))
					report('answer', line, `Offer and answer both say a=setup:${own} for the ${nameOf(section)}.`);
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:passive`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=setup:active`
	},
	{
		id: 'tls-id',
		code: 'DTLS-10',
		severity: 'warning',
		title: 'tls-id malformed, or only in the answer',
		cite: 'RFC 8842 §4, §5.3',
		advice: 'Write a=tls-id with 20 to 255 letters, digits, +, /, - or _, and answer it only where it was offered.',
		check: ({ offer, answer, report }) => {
			for (const [side, sdp] of [
				['offer', offer],
				['answer', answer]
			] as const) {
				for (const part of [sdp.session, ...sdp.sections]) {
					for (const line of part.attributes.get('tls-id') ?? []) {
						if (!/^[A-Za-z0-9+/_-]{20,255}$/.test((line.argument ?? '').trim()))
							report(side, line, `a=tls-id "${clip(line.argument ?? '')}" is not 20 to 255 of the allowed characters.`, {
								column: line.argumentColumn
							});
					}
				}
			}
			const line = firstLine(answer, 'tls-id');
			if (line && !firstLine(offer, 'tls-id')) report('answer', line, 'The answer has a=tls-id and the offer has none.');
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=tls-id:91bbf309c0990a6bec11e38ba2933cee
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=tls-id:eec3392ab83e11ceb6a0990c903fbb19`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			# answer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=tls-id:eec3392ab83e11ceb6a0990c903fbb19`
	}
];

export const DTLS_ROUND_RULES: readonly ProseRoundRule[] = [
	{
		id: 'dtls-association-changed',
		code: 'DTLS-09',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'New DTLS identity or role without an ICE restart',
		cite: 'RFC 8842 §3.1, §5.5; RFC 9429 §5.8.3',
		advice: 'Keep fingerprint, tls-id and role through a connection, or restart ICE together with the change.',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				// A whole new identity is its own finding (a different peer).
				if (restarted(before, now)) continue;
				for (const pair of sameSections(before, now)) {
					if (!ownsTransport(now, pair.now)) continue;
					const [was, is] = [printText(before, transportSection(before, pair.before)), printText(now, pair.now)];
					if (was !== '' && is !== '' && was !== is)
						report(
							side,
							fingerprintLine(now, pair.now),
							`The fingerprint of the ${nameOf(pair.now)} changed since the last round and the ICE credentials did not.`
						);
					const [role, roleNow] = [
						attributeValue(before, transportSection(before, pair.before), 'setup'),
						attributeValue(now, pair.now, 'setup')
					];
					if (role !== roleNow && isFixed(role) && isFixed(roleNow))
						report(
							side,
							attributeLine(now, pair.now, 'setup'),
							`The DTLS role of the ${nameOf(pair.now)} was ${role} in the last round and is ${roleNow} now.`
						);
				}
			}
		},
		good: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}`,
		bad: `
			# offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			a=fingerprint:${PRINT}
			# next offer
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=ice-ufrag:aaaa
			a=fingerprint:${OTHER_PRINT}`
	}
];

function isFixed(role: string | null): boolean {
	return role === 'active' || role === 'passive';
}

function needsDtls(section: Section): boolean {
	return /(TLS|DTLS|SAVPF)/.test(section.protocol);
}

function fingerprintLine(sdp: Description, section: Section): SdpLine | null {
	return attributeLine(sdp, section, 'fingerprint');
}

function printText(sdp: Description, section: Section): string {
	return fingerprintsOf(sdp, section)
		.map(({ value }) => `${value.hash} ${value.digest.toUpperCase()}`)
		.sort()
		.join(', ');
}

function firstLine(sdp: Description, name: string): SdpLine | null {
	for (const part of [sdp.session, ...sdp.sections]) {
		const line = part.attributes.get(name)?.[0];
		if (line) return line;
	}
	return null;
}
