/** Corrections of candidates and credentials. None makes up an address, a user fragment or a password (RFC 8839). */
import { attributeLine, bundleWith } from '../../text/transport';
import type { IceValues } from '../values/ice-values';
import type { RoundValues } from '../values/round-values';
import { withoutStrayBlanks, isReadable } from './attribute-fixes';
import { choice, putAtEnd, remove, replace, safe, safeIf, spliced, type FixesOf } from './fix';

const CREDENTIALS = ['ice-ufrag', 'ice-pwd'] as const;
const CANDIDATE_TYPES = ['host', 'srflx', 'prflx', 'relay'];

export const ICE_FIXES: FixesOf<keyof IceValues> = {
	// Those of the tagged section are the ones that count (RFC 9143 §7.1.3).
	'bundled-ice-differs': ({ sdp, section }) => {
		const tagged = section && bundleWith(sdp, section)?.tagged;
		const lines = CREDENTIALS.flatMap((name) => {
			const [own, theirs] = [section?.attributes.get(name)?.[0], tagged && attributeLine(sdp, tagged, name)];
			return own && theirs ? [replace(own, theirs.raw)] : [];
		});
		return lines.length > 0 ? choice(...lines) : null;
	},
	'candidate-line': ({ line, section }) => {
		const tidy = withoutStrayBlanks(line);
		return tidy !== line.raw && isReadable(tidy, section) ? safe(replace(line, tidy)) : null;
	},
	// An active one has the discard port (RFC 6544 §4.5).
	'candidate-tcp-type': ({ line, values }) =>
		values.port === 9 ? choice(replace(line, `${line.raw.trimEnd()} tcptype active`)) : null,
	// What stands there where the address is not told (RFC 8839 §5.1).
	'candidate-related-address': ({ line, values: { type, address } }) => {
		if (/ (raddr|rport)\b/.test(line.raw)) return null;
		return safe(
			replace(line, line.raw.replace(`typ ${type}`, `typ ${type} raddr ${address.includes(':') ? '::' : '0.0.0.0'} rport 9`))
		);
	},
	'candidate-type': ({ line, column, values: { type } }) => {
		const lower = type.toLowerCase();
		return CANDIDATE_TYPES.includes(lower) ? safe(replace(line, spliced(line, column, lower.length, lower))) : null;
	},
	'ice-lite-candidates': ({ line }) => choice(remove(line)),
	'candidate-unreachable-address': ({ line }) => choice(remove(line)),
	// Nobody checks those of a section that was refused (RFC 8839 §4.4.1.1.2).
	'candidates-out-of-place': ({ section, values: { rejected } }) =>
		section && safeIf(rejected, ...section.candidates.map(({ line }) => remove(line))),
	'candidate-user-fragment': ({ line }) => choice(remove(line)),
	// RTP and RTCP share one component (RFC 5761 §5.1.3).
	'rtcp-candidates-unneeded': ({ section }) =>
		section && safe(...section.candidates.filter(({ value }) => value.component === 2).map(({ line }) => remove(line)))
};

export const ICE_ROUND_FIXES: FixesOf<keyof RoundValues> = {
	// RFC 9143 §7.1.3 leaves them out and Firefox wants them: those of the bundle.
	'ice-credentials-left-out': ({ sdp, section }) => {
		const tagged = section && bundleWith(sdp, section)?.tagged;
		const lines = tagged ? CREDENTIALS.flatMap((name) => tagged.attributes.get(name)?.[0]?.raw ?? []) : [];
		return section && lines.length === 2 ? choice(putAtEnd(section, ...lines)) : null;
	}
};
