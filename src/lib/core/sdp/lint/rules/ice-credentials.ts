/** Rules about ICE agents: credentials, options, restarts (RFC 8839, 8445). */
import type { Description, Section } from '../../text/description';
import type { PairRule, RoundRule, SingleRule } from './rule';
import {
	attributeLine,
	attributeValue,
	followsInAnswer,
	hasInOtherForm,
	iceOf,
	leaningSections,
	ownsTransport,
	restarted,
	sameSections,
	transportSection
} from '../../text/transport';
import { clip } from '../../text/values';
import { named } from '../values/section-values';

const WEBRTC = ['webrtc'] as const;
const NOT_DECLARATIVE = ['webrtc', 'sip'] as const;
const CREDENTIALS = ['ice-ufrag', 'ice-pwd'] as const;

export const ICE_CREDENTIAL_RULES: readonly SingleRule[] = [
	{
		id: 'ice-credentials-missing',
		code: 'ICE-01',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8839 §5.4; RFC 9429 §5.8.3',
		check: ({ sdp, again, report }) => {
			const missing = (section: Section) => CREDENTIALS.filter((name) => attributeLine(sdp, section, name) === null);
			for (const section of sdp.sections) {
				if (ownsTransport(sdp, section) && missing(section).length > 0)
					report(section.mLine, { section: named(section), attributes: missing(section), inFirstOffer: false });
			}
			for (const section of leaningSections(sdp, again)) {
				if (missing(section).length === 0 || CREDENTIALS.some((name) => hasInOtherForm(sdp, section, name))) continue;
				report(
					section.mLine,
					{ section: named(section), attributes: missing(section), inFirstOffer: true },
					{ severity: again === false ? 'problem' : 'warning', refusedBy: ['chromium', 'firefox'], saysWhenRefused: true }
				);
			}
		}
	},
	{
		id: 'ice-credentials-length',
		code: 'ICE-02',
		severity: 'problem',
		profiles: NOT_DECLARATIVE,
		cite: 'RFC 8839 §5.4',
		check: ({ sdp, report }) => {
			forCredentials(sdp, (line, name, value) => {
				const least = name === 'ice-ufrag' ? 4 : 22;
				if (value.length < least || value.length > 256)
					report(line, { attribute: name, characters: value.length, least }, { column: line.argumentColumn });
			});
		}
	},
	{
		id: 'ice-credentials-characters',
		code: 'ICE-03',
		severity: 'problem',
		profiles: NOT_DECLARATIVE,
		cite: 'RFC 8839 §5.4',
		check: ({ sdp, report }) => {
			forCredentials(sdp, (line, name, value) => {
				const at = value.search(/[^A-Za-z0-9+/]/);
				if (at >= 0)
					report(
						line,
						{ attribute: name, character: clip(value[at]!) },
						{
							column: line.argumentColumn + at,
							refusedBy: followsInAnswer(sdp, sdp.sections[line.section]) ? [] : ['chromium']
						}
					);
			});
		}
	},
	{
		id: 'bundled-ice-differs',
		code: 'ICE-20',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 9143 §7.1.3, §10; RFC 9429 §5.3.1',
		check: ({ sdp, role, again, report }) => {
			// A first offer may still bring one transport for each section, to be used if the peer does not bundle.
			if (role !== 'answer' && again !== true) return;
			for (const bundle of sdp.bundles) {
				const first = bundle.tagged && attributeValue(sdp, bundle.tagged, 'ice-ufrag');
				if (!first) continue;
				for (const section of bundle.sections) {
					const line = section.attributes.get('ice-ufrag')?.[0];
					const value = line?.argument?.trim();
					if (line && !section.rejected && value !== first)
						report(line, { ufrag: clip(value ?? ''), tagged: named(bundle.tagged!), taggedUfrag: clip(first) });
				}
			}
		}
	},
	{
		id: 'ice-options',
		code: 'ICE-23',
		severity: 'info',
		profiles: WEBRTC,
		cite: 'RFC 8839 §4.2.1.5, §5.6',
		check: ({ sdp, report }) => {
			const line =
				sdp.session.attributes.get('ice-options')?.[0] ??
				sdp.sections.flatMap((section) => section.attributes.get('ice-options') ?? [])[0];
			if (line && !(line.argument ?? '').split(/\s+/).includes('ice2'))
				report(line, { options: clip((line.argument ?? '').trim()) });
		}
	}
];

export const ICE_CREDENTIAL_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'ice-lite-both',
		code: 'ICE-10',
		severity: 'warning',
		cite: 'RFC 8445 §6.1.1',
		check: ({ offer, answer, report }) => {
			if (offer.iceLite && answer.iceLite) report('answer', answer.session.attributes.get('ice-lite')?.[0] ?? null, {});
		}
	},
	{
		id: 'ice-credentials-echoed',
		code: 'ICE-17',
		severity: 'problem',
		cite: 'RFC 8839 §5.4',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered || transportSection(answer, section) !== section) continue;
				const [own, theirs] = [iceOf(answer, section), iceOf(offer, offered)];
				if (own.ufrag !== null && own.ufrag === theirs.ufrag && own.pwd === theirs.pwd)
					report('answer', own.line, { ufrag: clip(own.ufrag), section: named(section) });
			}
		}
	}
];

export const ICE_CREDENTIAL_ROUND_RULES: readonly RoundRule[] = [
	{
		id: 'ice-restart-incomplete',
		code: 'ICE-18',
		severity: 'problem',
		cite: 'RFC 8839 §4.4.1.1.1',
		check: ({ ends, report }) => {
			for (const end of ends) {
				for (const pair of sameSections(end.before, end.now)) {
					if (!ownsTransport(end.now, pair.now)) continue;
					const [was, is] = [iceOf(end.before, pair.before), iceOf(end.now, pair.now)];
					if (was.ufrag === null || is.ufrag === null || was.pwd === null || is.pwd === null) continue;
					if ((was.ufrag === is.ufrag) !== (was.pwd === is.pwd))
						report(end.side, is.line, { section: named(pair.now), changed: was.ufrag === is.ufrag ? 'ice-pwd' : 'ice-ufrag' });
				}
			}
		}
	},
	{
		id: 'ice-restart-one-sided',
		code: 'ICE-19',
		severity: 'problem',
		cite: 'RFC 8839 §4.4.2.1; RFC 9429 §5.8.3',
		check: ({ ends, restarts, report }) => {
			const answer = ends.find((end) => end.side === 'answer');
			if (!answer) return;
			const answered = restarted(answer.before, answer.now);
			if (answered === restarts) return;
			const line = iceLineOf(answer.now);
			if (answered) report('answer', line, { by: 'answer' });
			else if (line) report('answer', line, { by: 'offer' });
		}
	}
];

type Line = Section['mLine'];

function forCredentials(sdp: Description, visit: (line: Line, name: (typeof CREDENTIALS)[number], value: string) => void): void {
	for (const part of [sdp.session, ...sdp.live]) {
		for (const name of CREDENTIALS)
			for (const line of part.attributes.get(name) ?? []) visit(line, name, (line.argument ?? '').trim());
	}
}

function iceLineOf(sdp: Description): Line | null {
	for (const section of sdp.live) {
		const { line } = iceOf(sdp, section);
		if (line) return line;
	}
	return null;
}
