/** Rules about DTLS roles: who begins the handshake, and what a later round may change (RFC 8842, 4145). */
import type { Description, Section } from '../../text/description';
import type { PairRule, ReportOptions, RoundRule, SingleRule } from './rule';
import {
	attributeLine,
	attributeValue,
	fingerprintsOf,
	hasInOtherForm,
	leaningSections,
	ownsTransport,
	restarted,
	sameSections,
	transportSection
} from '../../text/transport';
import { clip } from '../../text/values';
import type { SdpValues } from '../values/sdp-values';
import { named } from '../values/section-values';

const WEBRTC = ['webrtc'] as const;

/** Of a section that leaves to the tagged one what a first offer may not. */
export const refusedByFirefox = (again: boolean | null): ReportOptions => ({
	severity: again === false ? 'problem' : 'warning',
	refusedBy: ['firefox'],
	saysWhenRefused: true
});

const ROLES: readonly string[] = ['actpass', 'active', 'passive'];

export const DTLS_ROLE_RULES: readonly SingleRule[] = [
	{
		id: 'dtls-role-missing',
		code: 'DTLS-04',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8842 §5.1; RFC 4145 §4',
		check: ({ sdp, again, report }) => {
			for (const part of [sdp.session, ...sdp.live]) {
				for (const line of part.attributes.get('setup') ?? []) {
					// Literals of the grammar are in any case (RFC 8866 §9, RFC 5234 §2.3).
					const text = (line.argument ?? '').trim();
					const value = text.toLowerCase();
					if (ROLES.includes(value)) continue;
					const role = value.split(/\s/)[0]!;
					const fault: SdpValues['dtls-role-missing'] = ROLES.includes(role)
						? { kind: 'remark', setup: role, remark: clip(text.slice(role.length).trim()) }
						: { kind: 'unknown', setup: clip(value) };
					report(line, fault, { column: line.argumentColumn });
				}
			}
			for (const section of sdp.sections) {
				if (
					ownsTransport(sdp, section) &&
					attributeLine(sdp, section, 'fingerprint') &&
					attributeLine(sdp, section, 'setup') === null
				)
					report(section.mLine, { kind: 'open', section: named(section) });
			}
			for (const section of leaningSections(sdp, again)) {
				if (
					attributeLine(sdp, section, 'fingerprint') &&
					attributeLine(sdp, section, 'setup') === null &&
					!hasInOtherForm(sdp, section, 'setup')
				)
					report(section.mLine, { kind: 'in-first-offer', section: named(section) }, refusedByFirefox(again));
			}
		}
	},
	{
		id: 'offer-dtls-role',
		code: 'DTLS-05',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8842 §5.2; RFC 9429 §5.2.1',
		check: ({ sdp, role, report }) => {
			if (role !== 'offer') return;
			for (const part of [sdp.session, ...sdp.live]) {
				const line = part.attributes.get('setup')?.[0];
				const value = line?.argument?.trim();
				if (line && (value === 'active' || value === 'passive')) report(line, { setup: value }, { column: line.argumentColumn });
			}
		}
	},
	{
		id: 'bundled-dtls-differs',
		code: 'DTLS-11',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 9143 §7.1.3, §11',
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
						report(
							print.line,
							{ tagged: named(tagged), setup: null },
							{
								severity
							}
						);
					const line = section.attributes.get('setup')?.[0];
					if (line && setup !== null && line.argument?.trim() !== setup)
						report(
							line,
							{ tagged: named(tagged), setup: { here: clip(line.argument?.trim() ?? ''), tagged: clip(setup) } },
							// The tagged section's value is the one that counts (RFC 9143 §7.1.3); Firefox 153 answers so to added sections.
							{ severity: 'warning' }
						);
				}
			}
		}
	}
];

export const DTLS_ROLE_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'answer-dtls-role',
		code: 'DTLS-06',
		severity: 'problem',
		cite: 'RFC 8842 §5.3; RFC 4145 §4.1',
		check: ({ answer, report }) => {
			for (const part of [answer.session, ...answer.live]) {
				const line = part.attributes.get('setup')?.[0];
				// Browsers read the line of the tagged section alone.
				const follows = answer.bundles.some(({ tagged, sections }) => sections.some((each) => each === part && each !== tagged));
				if (line?.argument?.trim() === 'actpass')
					report('answer', line, {}, { column: line.argumentColumn, refusedBy: follows ? [] : ['chromium', 'firefox'] });
			}
		}
	},
	{
		id: 'dtls-role-conflict',
		code: 'DTLS-08',
		severity: 'problem',
		cite: 'RFC 8842 §5.3',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered || !ownsTransport(answer, section)) continue;
				const line = attributeLine(answer, section, 'setup');
				const [theirs, own] = [attributeValue(offer, transportSection(offer, offered), 'setup'), line?.argument?.trim()];
				if (own === theirs && (own === 'active' || own === 'passive'))
					report('answer', line, { setup: own, section: named(section) });
			}
		}
	}
];

export const DTLS_ROLE_ROUND_RULES: readonly RoundRule[] = [
	{
		id: 'dtls-association-changed',
		code: 'DTLS-09',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8842 §3.1, §5.5; RFC 9429 §5.8.3',
		check: ({ ends, report }) => {
			for (const { before, now, side } of ends) {
				// A whole new identity is its own finding (a different peer).
				if (restarted(before, now)) continue;
				for (const pair of sameSections(before, now)) {
					if (!ownsTransport(now, pair.now)) continue;
					const [was, is] = [printText(before, transportSection(before, pair.before)), printText(now, pair.now)];
					if (was !== '' && is !== '' && was !== is)
						report(side, attributeLine(now, pair.now, 'fingerprint'), { section: named(pair.now), setup: null });
					const [role, roleNow] = [
						attributeValue(before, transportSection(before, pair.before), 'setup'),
						attributeValue(now, pair.now, 'setup')
					];
					if (role !== roleNow && isFixed(role) && isFixed(roleNow))
						report(side, attributeLine(now, pair.now, 'setup'), {
							section: named(pair.now),
							setup: { before: role, now: roleNow }
						});
				}
			}
		}
	}
];

function isFixed(role: string | null): role is 'active' | 'passive' {
	return role === 'active' || role === 'passive';
}

function printText(sdp: Description, section: Section): string {
	return fingerprintsOf(sdp, section)
		.map(({ value }) => `${value.hash} ${value.digest.toUpperCase()}`)
		.sort()
		.join(', ');
}
