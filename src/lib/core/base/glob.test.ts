import { expect, test } from 'vitest';
import { pathMatches } from './glob';

test.each([
	['*.sdp', 'offer.sdp', true],
	['*.sdp', 'calls/deep/offer.sdp', true],
	['offer.sdp', 'calls/offer.sdp', true],
	['calls/*.sdp', 'calls/offer.sdp', true],
	['calls/*.sdp', 'calls/deep/offer.sdp', false],
	['calls/*.sdp', 'more/calls/offer.sdp', false],
	['calls/**/*.sdp', 'calls/offer.sdp', true],
	['calls/**/*.sdp', 'calls/a/b/offer.sdp', true],
	['**/a/*.sdp', 'calls/a/offer.sdp', true],
	['./calls/*.sdp', 'calls/offer.sdp', true],
	['*.sdp', './offer.sdp', true],
	['o?fer.[r-t]dp', 'offer.sdp', true],
	['[!o]*.sdp', 'offer.sdp', false],
	['*.sdp', '.offer.sdp', false],
	['.*.sdp', '.offer.sdp', true],
	['**', 'calls/offer.sdp', true],
	['[z-a].sdp', 'a.sdp', false],
	['offer.sdp', 'offerxsdp', false]
])('%s, %s: %s', (pattern, path, matches) => {
	expect(pathMatches(pattern, path)).toBe(matches);
});
