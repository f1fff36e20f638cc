/** What browsers refuse of a media section though a lenient reader takes it (recorded by tests/mutations, and asked one by one). */
import { attributeLine, bundleWith, followsInAnswer, hasInOtherForm, nameOf } from '../../text/transport';
import { clip } from '../../text/values';
import type { Refuser, SingleRule } from './rule';

const WEBRTC = ['webrtc'] as const;
const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];
const BOTH: readonly Refuser[] = ['chromium', 'firefox'];

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';

export const BROWSER_SECTION_RULES: readonly SingleRule[] = [
	{
		id: 'sctp-port-in-draft',
		code: 'BRW-17',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'sctp-port beside the form of a draft',
		cite: 'RFC 8841 §4, §5',
		advice:
			'Write m=application 9 UDP/DTLS/SCTP webrtc-datachannel, or leave a=sctp-port out: in the draft the m= line has the port.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const line = section.attributes.get('sctp-port')?.[0];
				if (line && section.protocol === 'DTLS/SCTP')
					report(line, `The m= line of the ${nameOf(section)} is that of a draft, where a=sctp-port did not exist.`, {
						refusedBy: CHROMIUM
					});
			}
		},
		good: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000`,
		bad: `
			m=application 9 DTLS/SCTP 5000
			a=sctp-port:5000`
	},
	{
		id: 'port-count',
		code: 'BRW-18',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'A number of ports in an m= line',
		cite: 'RFC 8866 §5.14',
		advice: 'Write one port. Several are for layered streams, which browsers do not have.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const ports = /^\S+ +(\d+\/\d+) /.exec(section.mLine.value)?.[1];
				if (ports === undefined) continue;
				const column = section.mLine.raw.indexOf(ports) + 1;
				const words = `The ${nameOf(section)} has the port ${clip(ports)}.`;
				if (section.isData) report(section.mLine, words, { column, severity: 'problem', refusedBy: BOTH });
				else report(section.mLine, words, { column, refusedBy: CHROMIUM });
			}
		},
		good: 'm=audio 9 UDP/TLS/RTP/SAVPF 0',
		bad: 'm=audio 9/2 UDP/TLS/RTP/SAVPF 0'
	},
	{
		id: 'rid-characters',
		code: 'BRW-19',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'A rid with a hyphen or an underscore',
		cite: 'RFC 8851 §10; RFC 8852 §3',
		advice: 'Use letters and digits alone: RFC 8851 allows - and _ too, the header extension that carries the rid does not.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections)
				for (const { line, value } of section.rids)
					if (/[-_]/.test(value.id))
						report(line, `The rid "${clip(value.id)}" is not letters and digits alone.`, {
							column: line.argumentColumn,
							refusedBy: FIREFOX
						});
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi_1 send`
	},
	{
		id: 'fingerprint-left-out',
		code: 'BRW-20',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'A bundled section of an answer without fingerprint, and one with it',
		cite: 'RFC 9143 §7.1.3',
		advice: 'Write a=fingerprint in the session part, or in every section.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live)
				if (
					followsInAnswer(sdp, section) &&
					attributeLine(sdp, section, 'fingerprint') === null &&
					sdp.bundles.some(({ tagged, sections }) => sections.includes(section) && (tagged?.fingerprints.length ?? 0) > 0)
				)
					report(
						section.mLine,
						`The ${nameOf(section)} leaves a=fingerprint to the first section of its bundle, as RFC 9143 allows.`,
						{
							refusedBy: FIREFOX
						}
					);
		},
		good: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			a=fingerprint:${PRINT}
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1
			a=fingerprint:${PRINT}`,
		bad: `
			# answer
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			a=fingerprint:${PRINT}
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1`
	},
	{
		id: 'rtcp-mux-missing',
		code: 'BND-16',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'No rtcp-mux, which browsers require',
		cite: 'RFC 9429 §4.1.1; RFC 9143 §7.1.3',
		advice: 'Add a=rtcp-mux to every section of audio and video: browsers have no port for RTCP alone.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (
					!section.isRtp ||
					section.bundleOnly ||
					section.attributes.has('rtcp-mux') ||
					hasInOtherForm(sdp, section, 'rtcp-mux')
				)
					continue;
				const bundle = bundleWith(sdp, section);
				if (!bundle) report(section.mLine, `The ${nameOf(section)} has no a=rtcp-mux.`, { refusedBy: BOTH });
				// One with credentials of its own breaks RFC 9143 (bundle-rtcp-mux); the others may follow the tagged section, and are refused.
				else if (bundle.tagged !== section && !section.attributes.has('ice-ufrag') && !section.attributes.has('ice-pwd'))
					report(
						section.mLine,
						`The ${nameOf(section)} leaves a=rtcp-mux to the first section of its bundle, as RFC 9143 allows.`,
						{
							severity: 'warning',
							refusedBy: BOTH
						}
					);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=rtcp-mux`,
		bad: 'm=audio 9 UDP/TLS/RTP/SAVPF 0'
	}
];
