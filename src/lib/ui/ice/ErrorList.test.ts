/** Errors of the ICE screen: each with what it means and what to do, and servers of which nothing was heard. */
import { getByText } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { show, textsOf } from '../../../../tests/support/components/show';
import type { CandidateErrorRecord } from '../../core/observations/observation';
import ErrorList from './ErrorList.svelte';
import type { GatherRun } from './ice-session.svelte';

const REFUSED: CandidateErrorRecord = {
	atMs: 110,
	url: 'turn:192.0.2.1:3478?transport=udp',
	errorCode: 401,
	errorText: 'Unauthorized.',
	address: null,
	port: null
};

function listOf(urls: string[], errors: CandidateErrorRecord[]): HTMLElement {
	const iceServers = urls.map((url) => ({ urls: url, username: 'ann', credential: 'hunter2-never-shown' }));
	const run: GatherRun = {
		permission: 'not-granted',
		state: 'ended',
		configuration: { iceServers },
		candidates: [],
		errors,
		gathered: { engine: 'chromium', candidates: [], errors, completeMs: 150, endedBy: 'complete' },
		tookMs: 150,
		refusal: ''
	};
	return show(ErrorList, { run });
}

test('an error is explained with the next step, and told once however often the browser repeats it', () => {
	const page = listOf([REFUSED.url], [REFUSED, { ...REFUSED, atMs: 130 }]);
	expect(textsOf(page, 'li p:not(.head)')).toEqual([
		'UDP 192.0.2.1:3478 answered after 110 ms with error 401 (“Unauthorized.”): it is reachable, and refuses this user name or credential.',
		'Next step: Compare user name and credential with the server, spaces included. With a shared secret: it must be the same on both sides, and the clocks right.'
	]);
	expect(page.innerHTML).not.toContain('hunter2');
});

test('a server of which nothing was heard is explained too', () => {
	const page = listOf(['turn:192.0.2.9:3478'], []);
	getByText(page, 'turn:192.0.2.9:3478');
	expect(textsOf(page, 'li p:not(.head)')).toEqual([
		'The browser was done after 150 ms, with neither a relay from UDP 192.0.2.9:3478 nor an error. It seems not to have tried.',
		expect.stringMatching(/^Next step: Check whether a policy or extension restricts WebRTC/)
	]);
});

test('without any says so', () => {
	expect(textsOf(listOf([], []), 'p.muted')).toHaveLength(1);
});
