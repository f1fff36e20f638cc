import { expect, test } from 'vitest';
import { told } from '../../../messages/en/sdp';
import { lintSingle } from '../lint';

const withSetup = (setup: string) =>
	['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 0', `a=setup:${setup}`, ''].join('\r\n');

test.each([
	['active <- Correct here?', '"<- Correct here?" stands behind a=setup:active'],
	['actpass // both', '"// both" stands behind a=setup:actpass'],
	['acktive', 'a=setup is "acktive"; it is actpass, active or passive.'],
	['holdconn', 'a=setup is holdconn, which does not exist for DTLS.']
])('of a=setup:%s it is said what is wrong', (setup, said) => {
	const sentences = lintSingle(withSetup(setup))
		.filter(({ rule }) => rule === 'dtls-role-missing')
		.map((each) => told(each).text);
	expect(sentences).toHaveLength(1);
	expect(sentences[0]).toContain(said);
});

test.each(['active', 'ACTPASS'])('a=setup:%s is a role', (setup) => {
	expect(lintSingle(withSetup(setup)).filter(({ rule }) => rule === 'dtls-role-missing')).toEqual([]);
});
