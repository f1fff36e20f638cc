/** Error events of the ICE screen, as the browser raised them. */
import { expect, test } from 'vitest';
import { show, textOf, textsOf } from '../../../../tests/support/components/show';
import type { CandidateErrorRecord } from '../../core/observations/observation';
import ErrorList from './ErrorList.svelte';

const REFUSED: CandidateErrorRecord = {
	atMs: 110,
	url: 'turn:192.0.2.1:3478?transport=udp',
	errorCode: 401,
	errorText: 'Unauthorized.',
	address: null,
	port: null
};

test('an event is listed once with its times, however often the browser repeats it', () => {
	const other = { ...REFUSED, errorCode: 701, errorText: '', address: '192.0.2.9', port: 4000, atMs: 11_200 };
	const page = show(ErrorList, { errors: [REFUSED, { ...REFUSED, atMs: 130 }, other] });
	expect(textOf(page.querySelector('summary'))).toBe('Errors of this gathering: 2 events');
	expect(textsOf(page, 'li')).toEqual([
		`${REFUSED.url} 401 “Unauthorized.” after 110 ms, 130 ms`,
		`${REFUSED.url} 701 with no message after 11.2 s, from 192.0.2.9:4000`
	]);
});
