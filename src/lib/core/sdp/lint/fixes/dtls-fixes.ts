/** Corrections of DTLS roles, fingerprints and keys. None makes up a fingerprint (RFC 8122, 8842). */
import { attributeLine, bundleWith, fingerprintsOf, hasInOtherForm } from '../../text/transport';
import type { DtlsValues } from '../values/dtls-values';
import type { RoundValues } from '../values/round-values';
import { isReadable, withoutStrayBlanks } from './attribute-fixes';
import { choice, putAfter, remove, replace, safe, safeIf, withProtocol, type FixesOf } from './fix';

export const DTLS_FIXES: FixesOf<keyof DtlsValues> = {
	'fingerprint-digest': ({ line, section, values }) => {
		// RFC 8122 §5 has digits in upper case alone.
		if (values.kind === 'lower-case')
			return safe(
				replace(
					line,
					line.raw.replace(/\S+$/, (digest) => digest.toUpperCase())
				)
			);
		const tidy = withoutStrayBlanks(line);
		return values.kind === 'fault' && tidy !== line.raw && isReadable(tidy, section) ? safe(replace(line, tidy)) : null;
	},
	// A browser neither sends nor reads them, and they are secrets (RFC 8827 §6.5).
	'keys-in-sdp': ({ sdp, line, section, profile }) => {
		const prints = section ? fingerprintsOf(sdp, section) : sdp.session.fingerprints;
		const lines = (section ?? sdp.session).attributes.get(line.name)!;
		return prints.length > 0 ? safeIf(profile === 'webrtc', ...lines.map(remove)) : null;
	},
	// With a fingerprint it means DTLS; an answer keeps the transport of its offer (RFC 9429 §5.1.2).
	'unencrypted-profile': ({ sdp, section }) => {
		if (!section || sdp.role === 'answer' || section.protocol.endsWith('TCP') || fingerprintsOf(sdp, section).length === 0)
			return null;
		return safeIf(sdp.role === 'offer', replace(section.mLine, withProtocol(section, 'UDP/TLS/RTP/SAVPF')));
	},
	'fingerprint-repeated': ({ line, values }) => (values.inSession ? choice(remove(line)) : null),
	// RFC 8842 §5.3: only where the offer has one.
	'tls-id': ({ line, values }) => ('offered' in values ? safe(remove(line)) : null),
	'dtls-role-missing': ({ sdp, line, section, values }) => {
		if (values.kind === 'remark') return safe(replace(line, `a=setup:${values.setup}`));
		if (values.kind === 'unknown' || !section || hasInOtherForm(sdp, section, 'setup')) return null;
		// An offer leaves the role open (RFC 8842 §5.2); an answer chooses, best the active one (RFC 9429 §5.3.1).
		const print = attributeLine(sdp, section, 'fingerprint')!;
		const place = print.section < 0 ? section.lines.findLast(({ raw }) => raw.trim() !== '')! : print;
		return safeIf(
			sdp.role === 'offer' && values.kind === 'open',
			putAfter(place, `a=setup:${sdp.role === 'answer' ? 'active' : 'actpass'}`)
		);
	},
	'offer-dtls-role': ({ line }) => choice(replace(line, 'a=setup:actpass')),
	// The tagged section's role is the one that counts (RFC 9143 §7.1.3).
	'bundled-dtls-differs': ({ sdp, line, section, values }) => {
		const tagged = section && bundleWith(sdp, section)?.tagged;
		if (!tagged) return null;
		// In an offer it may be what the section says where nothing is bundled.
		const setup = attributeLine(sdp, tagged, 'setup')?.argument?.trim();
		if (values.setup) return safeIf(sdp.role === 'answer', replace(line, `a=setup:${setup}`));
		const [print] = fingerprintsOf(sdp, tagged);
		return print ? choice(replace(line, print.line.raw)) : null;
	},
	// RFC 9429 §5.3.1 recommends it.
	'answer-dtls-role': ({ line }) => choice(replace(line, 'a=setup:active')),
	'dtls-role-conflict': ({ line, values: { setup } }) =>
		choice(replace(line, `a=setup:${setup === 'active' ? 'passive' : 'active'}`)),
	'dtls-association-changed': ({ line, values: { setup } }) => (setup ? choice(replace(line, `a=setup:${setup.before}`)) : null)
};

export const ROLE_ROUND_FIXES: FixesOf<keyof RoundValues> = {
	'offer-role-changed': ({ line, values: { side, role } }) =>
		choice(replace(line, `a=setup:${side === 'offer' ? 'actpass' : role}`))
};
