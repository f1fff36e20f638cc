/** What browsers refuse of a media section though a lenient reader takes it (recorded by tests/mutations, and asked one by one). */
import { attributeLine, bundleWith, followsInAnswer, hasInOtherForm } from '../../text/transport';
import { named } from '../values/section-values';
import { clip } from '../../text/values';
import type { SingleRule, Refuser } from './rule';

const WEBRTC = ['webrtc'] as const;
const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];
const BOTH: readonly Refuser[] = ['chromium', 'firefox'];

export const BROWSER_SECTION_RULES: readonly SingleRule[] = [
	{
		id: 'sctp-port-in-draft',
		code: 'BRW-17',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8841 §4, §5',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const line = section.attributes.get('sctp-port')?.[0];
				if (line && section.protocol === 'DTLS/SCTP')
					report(
						line,
						{ section: named(section) },
						{
							refusedBy: CHROMIUM
						}
					);
			}
		}
	},
	{
		id: 'port-count',
		code: 'BRW-18',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8866 §5.14',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const ports = /^\S+ +(\d+\/\d+) /.exec(section.mLine.value)?.[1];
				if (ports === undefined) continue;
				const column = section.mLine.raw.indexOf(ports) + 1;
				const values = { section: named(section), ports: clip(ports) };
				if (section.isData) report(section.mLine, values, { column, severity: 'problem', refusedBy: BOTH });
				else report(section.mLine, values, { column, refusedBy: CHROMIUM });
			}
		}
	},
	{
		id: 'rid-characters',
		code: 'BRW-19',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8851 §10; RFC 8852 §3',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections)
				for (const { line, value } of section.rids)
					if (/[-_]/.test(value.id))
						report(
							line,
							{ rid: clip(value.id) },
							{
								column: line.argumentColumn,
								refusedBy: FIREFOX
							}
						);
		}
	},
	{
		id: 'fingerprint-left-out',
		code: 'BRW-20',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 9143 §7.1.3',
		check: ({ sdp, report }) => {
			for (const section of sdp.live)
				if (
					followsInAnswer(sdp, section) &&
					attributeLine(sdp, section, 'fingerprint') === null &&
					sdp.bundles.some(({ tagged, sections }) => sections.includes(section) && (tagged?.fingerprints.length ?? 0) > 0)
				)
					report(
						section.mLine,
						{ section: named(section) },
						{
							refusedBy: FIREFOX
						}
					);
		}
	},
	{
		id: 'rtcp-mux-missing',
		code: 'BND-16',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 9429 §4.1.1; RFC 9143 §7.1.3',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.isRtp || section.attributes.has('rtcp-mux') || hasInOtherForm(sdp, section, 'rtcp-mux')) continue;
				const bundle = bundleWith(sdp, section);
				// It has no transport of its own to say it of (RFC 9429 §5.2.1), and Firefox asks for it all the same.
				if (section.bundleOnly)
					report(section.mLine, { section: named(section), bundled: true }, { severity: 'warning', refusedBy: ['firefox'] });
				else if (!bundle) report(section.mLine, { section: named(section), bundled: false }, { refusedBy: BOTH });
				// One with credentials of its own breaks RFC 9143 (bundle-rtcp-mux); the others may follow the tagged section, and are refused.
				else if (bundle.tagged !== section && !section.attributes.has('ice-ufrag') && !section.attributes.has('ice-pwd'))
					report(
						section.mLine,
						{ section: named(section), bundled: true },
						{
							severity: 'warning',
							refusedBy: BOTH
						}
					);
			}
		}
	}
];
