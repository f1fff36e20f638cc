/** Calls between two real baresips: what they write is no problem and no warning but what is judged. */
import { expect, test } from 'vitest';
import type { Profile } from '../../../src/lib/core/sdp/lint/rules/rule';
import { callByBaresip, type BaresipSetup } from '../../support/baresip';
import { describeWith } from '../../support/require';
import { keepProgramCall, unjudgedOf } from '../../support/sdp-programs';

interface Kind extends BaresipSetup {
	/** What the caller writes when the call is up, with keys where there are any. */
	says: RegExp;
	profile?: Profile;
}

const UP = /Call established/;
const ENCRYPTED = /DTLS-SRTP complete/;
const VIDEO = ['vp8', 'fakevideo'];
const WEBRTC: Kind = {
	modules: ['ice', 'dtls_srtp'],
	account: ';medianat=ice;mediaenc=dtls_srtp',
	config: ['rtcp_mux yes'],
	says: ENCRYPTED,
	profile: 'webrtc'
};

const KINDS: Record<string, Kind> = {
	'plain RTP': { modules: [], says: UP },
	'plain RTP with video': { modules: VIDEO, says: UP },
	'one port for RTP and RTCP': { modules: [], config: ['rtcp_mux yes'], says: UP },
	'keys in the description': { modules: ['srtp'], account: ';mediaenc=srtp', says: UP },
	ICE: { modules: ['ice'], account: ';medianat=ice', says: /connectivity check is complete/ },
	'DTLS-SRTP': { modules: ['dtls_srtp'], account: ';mediaenc=dtls_srtp', says: ENCRYPTED },
	'ICE, DTLS-SRTP and two ports': { ...WEBRTC, config: [], profile: 'sip' },
	'ICE, DTLS-SRTP and one port': WEBRTC,
	'ICE, DTLS-SRTP and one port with video': { ...WEBRTC, modules: [...WEBRTC.modules, ...VIDEO] }
};

describeWith(['baresip'], 'calls between baresips', () => {
	test.each(Object.entries(KINDS))('%s', async (name, { says, profile = 'sip', ...setup }) => {
		const { version, offer, answer } = await callByBaresip(setup, says);
		const call = {
			name: `baresip-baresip ${name}`,
			profile,
			versions: [version],
			exchanges: [{ from: 'a' as const, offer, answer }]
		};
		keepProgramCall(call);
		expect(unjudgedOf(call)).toEqual([]);
	});
});
