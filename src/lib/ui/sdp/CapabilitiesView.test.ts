/** The card of another browser's capabilities: read as pasted, compared with the description or this browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getByLabelText, getByRole, getByText, queryByRole } from '@testing-library/dom';
import { afterEach, expect, test, vi } from 'vitest';
import { show, textsOf, write } from '../../../../tests/support/components/show';
import CapabilitiesView from './CapabilitiesView.svelte';
import { SdpSession } from './sdp-session.svelte';

const CALL = join(import.meta.dirname, '../../../../tests/fixtures/sdp/chromium-chromium-video.json');
const { exchanges } = JSON.parse(readFileSync(CALL, 'utf8')) as { exchanges: { offer: string }[] };
const H264 = { mimeType: 'video/H264', clockRate: 90000, sdpFmtpLine: 'packetization-mode=1;profile-level-id=42e034' };
const OTHER = {
	userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
	sender: [{ codecs: [{ mimeType: 'video/VP8', clockRate: 90000 }, H264], headerExtensions: [{ uri: 'urn:x' }] }],
	receiver: [{ codecs: [{ mimeType: 'video/VP8', clockRate: 90000 }], headerExtensions: [] }]
};

afterEach(() => vi.unstubAllGlobals());

async function cardWith(pasted: string, description: string | null = exchanges[0]!.offer) {
	const sdp = new SdpSession();
	if (description !== null) sdp.add([{ text: description }]);
	const page = show(CapabilitiesView, { sdp });
	await write(getByLabelText(page, 'getCapabilities of the other browser') as HTMLTextAreaElement, pasted);
	return { page, sdp };
}

const rows = (page: HTMLElement) => [...page.querySelectorAll('tbody tr')].map((row) => textsOf(row, 'th, td').join(' | '));

test('each codec of the description stands beside what the other browser sends and receives', async () => {
	const { page, sdp } = await cardWith(JSON.stringify(OTHER));
	getByText(page, 'It is from Firefox 153.');
	expect(textsOf(page, 'thead th')).toEqual(['Codec', 'It sends', 'It receives']);
	const all = rows(page);
	expect(all.find((row) => row.startsWith('VP8'))).toBe('VP8/90000 | yes | yes');
	expect(all.find((row) => row.startsWith('VP9'))).toMatch(/\| no \| no$/);
	const h264 = all.filter((row) => row.startsWith('H264'));
	expect(
		h264.some((row) => /\| yes level 3\.1 here, 5\.2 there; the lower one counts \(RFC 6184 §8\.2\.2\) \| no$/.test(row))
	).toBe(true);
	expect(h264.some((row) => /\| not this one profile-level-id: here .* there .* \| no$/.test(row))).toBe(true);
	getByText(page, /^1 of \d+ codecs and formats are in common\.$/);
	expect(textsOf(page, 'details li').some((line) => line.includes('only there urn:x'))).toBe(true);
	expect(sdp.capabilities).toContain('Firefox/153');
});

test('beside this browser, by choice or where there is no description', async () => {
	const direction = {
		getCapabilities: (kind: string) =>
			kind === 'video' ? { codecs: [{ mimeType: 'video/VP8', clockRate: 90000 }], headerExtensions: [] } : null
	};
	vi.stubGlobal('RTCRtpSender', direction);
	vi.stubGlobal('RTCRtpReceiver', direction);
	const { page } = await cardWith(JSON.stringify(OTHER));
	await write(getByRole(page, 'combobox', { name: 'Beside' }) as HTMLSelectElement, 'browser');
	expect(rows(page)).toEqual(['VP8/90000 | yes | yes']);
	getByText(page, 'One codec only it has');
	const alone = (await cardWith(JSON.stringify(OTHER), null)).page;
	expect(queryByRole(alone, 'combobox')).toBeNull();
	expect(rows(alone)).toEqual(['VP8/90000 | yes | yes']);
});

test('what cannot be read gets the way to read it, and what the console left out is said', async () => {
	const { page } = await cardWith('{codecs: Array(23), headerExtensions: Array(13)}');
	getByText(page, /^No codec could be read/);
	expect(rows(page)).toEqual([]);
	const folded = (await cardWith("0: {clockRate: 90000, mimeType: 'video/VP8', …}")).page;
	getByText(folded, /^The console left something out/);
	expect(textsOf(folded, 'thead th')).toEqual(['Codec', 'It has']);
});
