import { expect, test } from 'vitest';
import { readDescription } from '../../text/description';
import { implementationOf } from './advice';

test.each([
	['mozilla...THIS_IS_SDPARTA-99.0', 'Firefox of a version that is not told'],
	['mozilla...THIS_IS_SDPARTA-91.5.0', 'Firefox 91.5.0'],
	['FreeSWITCH', 'FreeSWITCH'],
	['-', undefined]
])('of the origin %s the maker is said as far as it is told', (user, name) => {
	const sdp = readDescription(`v=0\r\no=${user} 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n`);
	expect(implementationOf(sdp)?.name).toBe(name);
});
