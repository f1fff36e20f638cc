/** Findings about session descriptions in English. */
import type { Finding, Refuser } from '../../sdp/lint/rules/rule';
import { wordsOf, type FindingWords, type SdpLanguage } from '../sdp-language';
import { SDP_ADVICE } from './sdp-advice';
import { SDP_BROWSER_LINES } from './sdp-browser-lines';
import { SDP_BROWSER_SECTIONS } from './sdp-browser-sections';
import { SDP_BROWSER_VALUES } from './sdp-browser-values';
import { SDP_BUNDLE } from './sdp-bundle';
import { SDP_CODECS } from './sdp-codecs';
import { SDP_DTLS } from './sdp-dtls';
import { SDP_EXCHANGE } from './sdp-exchange';
import { SDP_ICE } from './sdp-ice';
import { SDP_MUNGING } from './sdp-munging';
import { SDP_PAYLOAD_TYPES } from './sdp-payload-types';
import { SDP_ROUNDS } from './sdp-rounds';
import { SDP_SOURCES } from './sdp-sources';
import { SDP_SYNTAX } from './sdp-syntax';

const BROWSERS: Readonly<Record<Refuser, string>> = { chromium: 'Chromium', firefox: 'Firefox' };

export const SDP_ENGLISH: SdpLanguage = {
	rules: {
		...SDP_SYNTAX,
		...SDP_BROWSER_LINES,
		...SDP_BROWSER_VALUES,
		...SDP_BROWSER_SECTIONS,
		...SDP_PAYLOAD_TYPES,
		...SDP_CODECS,
		...SDP_ICE,
		...SDP_DTLS,
		...SDP_BUNDLE,
		...SDP_EXCHANGE,
		...SDP_ROUNDS,
		...SDP_MUNGING,
		...SDP_SOURCES,
		...SDP_ADVICE
	},
	refused: ([refuser, ...others], [accepting]) =>
		others.length > 0
			? `${[refuser, ...others].map((each) => BROWSERS[each!]).join(' and ')} refuse it.`
			: `${BROWSERS[refuser!]} refuses it${accepting ? `, ${BROWSERS[accepting]} accepts it` : ''}.`,
	more: (findings) => `(${findings} more like this.)`
};

/** A finding with its sentence and what to do. */
export function told<F extends Finding>(finding: F): F & FindingWords {
	return { ...finding, ...wordsOf(SDP_ENGLISH, finding) };
}
