import { describe, expect, test } from 'vitest';
import { makePseudonyms } from '../../base/pseudonyms';
import { readDescription } from './description';
import { lintSingle } from '../lint/lint';
import { redactDescription } from './redact';
import { exampleParts } from '../lint/rules/rule';
import { sdpRuleBook } from '../../report/sdp-rule-book';

test.each([
	['o=alice 1 2 IN IP4 8.8.8.8', 'o=user-1 1 2 IN IP4 203.0.113.1'],
	['o=- 1 2 IN IP6 2606:4700::9', 'o=- 1 2 IN IP6 2001:db8::1'],
	['o=- 1 2 IN IP4 pc.corp.test', 'o=- 1 2 IN IP4 host-1.example'],
	['o=mozilla...THIS_IS_SDPARTA-99.0 1 0 IN IP4 0.0.0.0', 'o=mozilla...THIS_IS_SDPARTA-99.0 1 0 IN IP4 0.0.0.0'],
	['c=IN IP4 192.168.1.7/127', 'c=IN IP4 10.0.0.1/127'],
	['a=rtcp:5000 IN IP4 100.64.1.1', 'a=rtcp:5000 IN IP4 100.64.0.1'],
	['a=ice-ufrag:4ZcD', 'a=ice-ufrag:u001'],
	['a=ice-pwd:2/1muCWoOi3uLifh0NuRHlgk', `a=ice-pwd:p${'0'.repeat(22)}1`],
	['a=fingerprint:sha-256 12:DF:3E', 'a=fingerprint:sha-256 A0:00:01'],
	[
		'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkp|2^20|1:32',
		`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:p${'0'.repeat(18)}1|2^20|1:32`
	],
	[
		'a=candidate:1 1 udp 2113937151 7b0f3e4c-9e5a-4f7e-8f5b-0a1b2c3d4e5f.local 33192 typ host generation 0 ufrag 4ZcD network-cost 999',
		'a=candidate:1 1 udp 2113937151 00000000-0000-4000-8000-000000000001.local 33192 typ host generation 0 ufrag u001 network-cost 999'
	],
	[
		'a=candidate:2 1 udp 1677729535 8.8.8.8 52200 typ srflx raddr 192.168.1.7 rport 40000',
		'a=candidate:2 1 udp 1677729535 203.0.113.1 52200 typ srflx raddr 10.0.0.1 rport 40000'
	],
	['a=candidate:3 1 udp 1 fe80::1234 9 typ host', 'a=candidate:3 1 udp 1 fe80::1 9 typ host'],
	['a=candidate:4 1 udp 1 turn.corp.test 9 typ relay', 'a=candidate:4 1 udp 1 host-1.example 9 typ relay'],
	['a=ssrc:1 cname:alice@pc.corp.test', 'a=ssrc:1 cname:user-1@host-1.example'],
	['a=control:rtsp://admin:secret@10.1.2.3:554/1', 'a=control:rtsp://user-1@10.0.0.1:554/1'],
	['e=alice@corp.test', 'e=user-1@host-1.example'],
	['a=x-server:8.8.8.8:3478', 'a=x-server:203.0.113.1:3478'],
	['ice-pwd:secretsecretsecretsecret', `ice-pwd:p${'0'.repeat(22)}1`],
	['candidate garbage 8.8.8.8', 'candidate garbage 203.0.113.1'],
	['a=rtpmap:111 opus/48000/2', 'a=rtpmap:111 opus/48000/2'],
	['a=tool:libavformat 60.16.100', 'a=tool:libavformat 60.16.100'],
	['a=range:npt=0:10:20', 'a=range:npt=0:10:20'],
	[
		'a=extmap:3 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
		'a=extmap:3 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time'
	]
])('redacts %s', (line, expected) => expect(redactDescription(`${line}\r\n`)).toBe(`${expected}\r\n`));

test('line ends stay, and one maker keeps several descriptions together', () => {
	const pseudonyms = makePseudonyms();
	expect(redactDescription('a=ice-ufrag:abcd\na=ice-ufrag:efgh\r\rc=IN IP4 8.8.8.8', pseudonyms)).toBe(
		'a=ice-ufrag:u001\na=ice-ufrag:u002\r\rc=IN IP4 203.0.113.1'
	);
	expect(redactDescription('a=ice-ufrag:efgh\r\nc=IN IP4 8.8.8.9', pseudonyms)).toBe('a=ice-ufrag:u002\r\nc=IN IP4 203.0.113.2');
});

describe('the linter finds the same before and after', () => {
	const parts = sdpRuleBook().flatMap((rule) =>
		[...exampleParts(rule.good), ...exampleParts(rule.bad)].map((part) => [rule.id, part] as const)
	);
	test.each(parts.filter(([, { text }]) => text.length < 20_000))(
		'what the linter finds stays the same: %s',
		(_, { text, role }) => {
			const findings = (given: string) =>
				lintSingle(readDescription(given, role)).map(({ rule, line, severity }) => `${line} ${rule} ${severity}`);
			const redacted = redactDescription(text);
			expect(findings(redacted)).toEqual(findings(text));
			// Done twice it only renames what is already renamed.
			expect(redactDescription(redacted).length).toBe(redacted.length);
		}
	);
});
