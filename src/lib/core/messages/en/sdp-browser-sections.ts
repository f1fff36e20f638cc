/** Findings about media sections that browsers refuse in English. */
import type { BrowserSectionValues } from '../../sdp/lint/values/browser-section-values';
import type { SdpMessagesOf } from '../sdp-language';
import { sectionName } from './sdp-sections';

export const SDP_BROWSER_SECTIONS: SdpMessagesOf<keyof BrowserSectionValues> = {
	'sctp-port-in-draft': {
		title: 'sctp-port beside the form of a draft',
		advice:
			'Write m=application 9 UDP/DTLS/SCTP webrtc-datachannel, or leave a=sctp-port out: in the draft the m= line has the port.',
		sentence: ({ section }) => `The m= line of the ${sectionName(section)} is that of a draft, where a=sctp-port did not exist.`
	},
	'port-count': {
		title: 'A number of ports in an m= line',
		advice: 'Write one port. Several are for layered streams, which browsers do not have.',
		sentence: ({ section, ports }) => `The ${sectionName(section)} has the port ${ports}.`
	},
	'rid-characters': {
		title: 'A rid with a hyphen or an underscore',
		advice: 'Use letters and digits alone: RFC 8851 allows - and _ too, the header extension that carries the rid does not.',
		sentence: ({ rid }) => `The rid "${rid}" is not letters and digits alone.`
	},
	'fingerprint-left-out': {
		title: 'A bundled section of an answer without fingerprint, and one with it',
		advice: 'Write a=fingerprint in the session part, or in every section.',
		sentence: ({ section }) =>
			`The ${sectionName(section)} leaves a=fingerprint to the first section of its bundle, as RFC 9143 allows.`
	},
	'rtcp-mux-missing': {
		title: 'No rtcp-mux, which browsers require',
		advice: 'Add a=rtcp-mux to every section of audio and video: browsers have no port for RTCP alone.',
		sentence: ({ section, bundled }) =>
			bundled
				? `The ${sectionName(section)} leaves a=rtcp-mux to the first section of its bundle, as RFC 9143 allows.`
				: `The ${sectionName(section)} has no a=rtcp-mux.`
	}
};
