/** The SDP workbench: what is recognised, found, compared and shared, and that nothing given is lost or rewritten unseen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getAllByText, getByLabelText, getByRole, getByText, queryByRole } from '@testing-library/dom';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { press, show, textOf, textsOf, until, write } from '../../../../tests/support/components/show';
import ChangesView from './ChangesView.svelte';
import ErrorDecoder from './ErrorDecoder.svelte';
import ExplainedView from './ExplainedView.svelte';
import FindingsView from './FindingsView.svelte';
import HandshakeView from './HandshakeView.svelte';
import InputPanel from './InputPanel.svelte';
import JudgePanel from './JudgePanel.svelte';
import { readSdpFragment } from './link';
import NegotiatedView from './NegotiatedView.svelte';
import { SdpSession } from './sdp-session.svelte';
import SharePanel from './SharePanel.svelte';
import ViewPanel from './ViewPanel.svelte';

/** Written by a real browser. */
const CALL = join(import.meta.dirname, '../../../../tests/fixtures/sdp/chromium-chromium-audio-video-and-data.json');
const { exchanges } = JSON.parse(readFileSync(CALL, 'utf8')) as { exchanges: { offer: string; answer: string }[] };
const { offer, answer } = exchanges[0]!;
const asShown = (text: string) => text.replaceAll('\r\n', '\n');

afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
});

function sessionOf(...texts: string[]) {
	const sdp = new SdpSession();
	sdp.add(texts.map((text) => ({ text })));
	return sdp;
}

/** What webrtc-internals would have written down of the two ends, with a change of the offer before it was set. */
function dump(): string {
	const event = (type: string, value: string, timestamp: number) => ({ type, value, timestamp });
	const said = (type: string, sdp: string) => `type: ${type}, sdp: ${sdp}`;
	return JSON.stringify({
		getUserMedia: [],
		PeerConnections: {
			'1-1': {
				updateLog: [
					event('createOffer', '', 0),
					event('createOfferOnSuccess', said('offer', offer), 3),
					event('setLocalDescription', said('offer', offer.replace('useinbandfec=1', 'useinbandfec=1;stereo=1')), 5),
					event('setLocalDescriptionOnSuccess', '', 9),
					event('signalingstatechange', 'have-local-offer', 9),
					event('setRemoteDescription', said('answer', answer), 4000),
					event('setRemoteDescriptionOnSuccess', '', 4003),
					event('iceconnectionstatechange', 'failed', 19_000)
				]
			}
		},
		UserAgentData: []
	});
}

describe('what was given', () => {
	const panel = (sdp: SdpSession) => {
		const page = show(InputPanel, { sdp, addFiles: async () => {} });
		return { page, box: page.querySelector('textarea')!, said: () => textOf(page.querySelector('.recognised')) };
	};

	test.each([
		['an offer as JSON', JSON.stringify({ type: 'offer', sdp: offer }), /^An offer as JSON, type and sdp\./],
		['a dump', dump(), /^A webrtc-internals dump with one connection and 2 descriptions.* Kept whole/]
	])('%s is recognised', (_, text, words) => expect(panel(sessionOf(text)).said()).toMatch(words));

	test('is taken out of what is around it only when told to, and comes back', async () => {
		const wrapped = JSON.stringify({ type: 'offer', sdp: offer });
		const { page, box } = panel(sessionOf(wrapped));
		expect(box.value).toBe(wrapped);
		await press(getByRole(page, 'button', { name: 'Extract the description' }));
		expect(asShown(box.value)).toBe(asShown(offer));
		await press(getByRole(page, 'button', { name: 'Back to the original' }));
		expect(box.value).toBe(wrapped);
	});

	test('is cleared, and brought back', async () => {
		const { page, box } = panel(sessionOf(offer));
		await press(getByRole(page, 'button', { name: 'Clear' }));
		expect(box.value).toBe('');
		await press(getByRole(page, 'button', { name: 'Undo clearing' }));
		expect(asShown(box.value)).toBe(asShown(offer));
	});

	test('stands beside what is given next', async () => {
		const sdp = sessionOf(offer);
		const { page, box } = panel(sdp);
		sdp.add([{ text: answer, name: 'answer.sdp' }]);
		await until(() => expect(asShown(box.value)).toBe(asShown(answer)));
		expect(textsOf(page, '.inputs button[aria-pressed]')).toEqual(['1Offer', '2answer.sdp']);
		await press(getByRole(page, 'button', { name: /^1\s*Offer/ }));
		expect(asShown(box.value)).toBe(asShown(offer));
	});

	test('of a recording is shown one description at a time', async () => {
		const { page, box } = panel(sessionOf(dump()));
		const which = getByLabelText<HTMLSelectElement>(page, 'Description');
		expect(which.options).toHaveLength(2);
		await write(which, which.options[1]!.value);
		expect([asShown(box.value), box.readOnly]).toEqual([asShown(answer), true]);
	});

	test('is judged once the keys rest', async () => {
		vi.useFakeTimers();
		const sdp = new SdpSession();
		const { box } = panel(sdp);
		box.value = 'v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0\nm=audio 99999 UDP/TLS/RTP/SAVPF 0\n';
		box.dispatchEvent(new Event('input', { bubbles: true }));
		expect(sdp.findings).toEqual([]);
		vi.advanceTimersByTime(200);
		expect(sdp.findings.some(({ severity }) => severity === 'problem')).toBe(true);
	});
});

describe('findings', () => {
	const broken = offer.replace('a=group:BUNDLE 0', 'a=group:BUNDLE 9 0');

	test('are counted, worst first, each with its line, its rule and what to do', () => {
		const sdp = sessionOf(broken);
		const page = show(FindingsView, { sdp });
		expect(textOf(page.querySelector('.counts'))).toMatch(/^1 problem\b/);
		const first = page.querySelector<HTMLElement>('ul > li')!;
		expect(textOf(first.querySelector('.status'))).toBe('Problem');
		expect(textOf(first)).toContain('names "9", and no section has that mid');
		expect(getByRole(first, 'link', { name: 'About this rule BND-01' }).getAttribute('href')).toBe('/rules#bundle-unknown-mid');
		expect(textOf(first.querySelector('code'))).toMatch(/^a=group:BUNDLE 9 0/);
	});

	test('lead to their place in the text', async () => {
		const sdp = sessionOf(broken);
		const place = show(FindingsView, { sdp }).querySelector<HTMLButtonElement>('button.place')!;
		const line = Number(/^Line (\d+), column \d+/.exec(textOf(place))![1]);
		expect(broken.split('\r\n')[line - 1]).toMatch(/^a=group:BUNDLE 9/);
		await press(place);
		expect(sdp.target).toMatchObject({ line, textLine: line });
	});

	test('of a browser’s own offer are no problems', () => {
		expect(textOf(show(FindingsView, { sdp: sessionOf(offer) }).querySelector('.counts'))).toMatch(/^No problems/);
	});

	test('come with a description', () => {
		getByText(show(FindingsView, { sdp: new SdpSession() }), 'Findings appear here as soon as there is a description.');
	});
});

describe('an error message of a browser', () => {
	test.each([
		[
			"The order of m-lines in answer doesn't match order in offer. Rejecting answer.",
			'The answer does not have the m= lines of the offer',
			'OA-02'
		],
		['Called with SDP without ice-ufrag and ice-pwd.', null, 'ICE-01']
	])('"%s" is explained, with its rule', async (message, means, code) => {
		const page = show(ErrorDecoder, { sdp: new SdpSession() });
		await write(getByLabelText<HTMLTextAreaElement>(page, 'Error message'), message);
		if (means) getByText(page, new RegExp(means));
		getByRole(page, 'link', { name: code });
	});

	test('that no rule knows is said to be unknown', async () => {
		const page = show(ErrorDecoder, { sdp: new SdpSession() });
		await write(getByLabelText<HTMLTextAreaElement>(page, 'Error message'), 'Something else');
		getByText(page, 'No rule of Icelens knows this message.');
	});
});

describe('an error message of a browser in what was given', () => {
	const STATE =
		"InvalidStateError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': Failed to set remote answer sdp: Called in wrong state: stable";
	const MUX = "OperationError: The m= section with mid='0' is invalid. RTCP-MUX is not enabled when it is required.";

	test('alone is explained, and nothing else is said', () => {
		const page = show(ViewPanel, { sdp: sessionOf(STATE) });
		getByText(page, /An answer was set while the connection was in the state "stable"/);
		expect(textOf(page)).not.toMatch(/No problems|begins with v=0/);
	});

	test('is explained above the findings, with its line, and the text beside it is judged', async () => {
		const sdp = sessionOf(`${MUX}\n\n${offer}`);
		const page = show(ViewPanel, { sdp });
		const view = textOf(page);
		expect(view).toContain('No rule finds a problem in the description');
		expect(view.indexOf('A section has no a=rtcp-mux')).toBeLessThan(view.indexOf('No rule finds a problem'));
		const place = getByRole(page, 'button', { name: /^Line \d+ m=audio/ });
		await press(place);
		expect(asShown(sdp.shown).split('\n')[sdp.target!.textLine - 1]).toMatch(/^m=audio/);
		expect(textOf(place)).toContain(`Line ${sdp.target!.textLine}`);
	});
});

describe('what it looks like it is for', () => {
	const phone = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';

	test('is offered, and taken at a press', async () => {
		const sdp = sessionOf(phone);
		const page = show(ViewPanel, { sdp });
		expect(sdp.findings.some(({ code }) => code === 'DTLS-12')).toBe(true);
		await press(getByRole(page, 'button', { name: 'Judge it as SIP' }));
		expect([sdp.profile, sdp.findings.some(({ code }) => code === 'DTLS-12')]).toEqual(['sip', false]);
		expect(queryByRole(page, 'button', { name: /^Judge it as/ })).toBeNull();
	});

	test('of messages of SIP is SIP, until told otherwise', async () => {
		const sdp = sessionOf(`INVITE sip:b@example.org SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n${phone}`);
		const page = show(ViewPanel, { sdp });
		expect(sdp.profile).toBe('sip');
		await press(getByRole(page, 'button', { name: 'Judge it as WebRTC' }));
		expect(sdp.profile).toBe('webrtc');
	});

	test('is not asked of what is WebRTC', () => {
		expect(queryByRole(show(ViewPanel, { sdp: sessionOf(offer) }), 'button', { name: /^Judge it as/ })).toBeNull();
	});
});

describe('a refusal of this browser', () => {
	/** Asked of a real one in tests/e2e/sdp-screen.test.ts. */
	const refused = (text: string, message: string) => {
		const sdp = sessionOf(text);
		sdp.judgement = {
			of: sdp.asked.key,
			description: 0,
			said: { role: 'offer', verdict: 'refused', name: 'OperationError', message }
		};
		return { sdp, page: show(ViewPanel, { sdp }) };
	};
	const ODD = `${offer}a=sctp-init:x\r\n`;
	const MESSAGE = 'Failed to parse SessionDescription. a=sctp-init:x Base64 decoding of sctp-init failed.';

	test('that no rule finds a reason for is said to be that, with the line it quotes', async () => {
		const { sdp, page } = refused(ODD, MESSAGE);
		getByText(page, 'Icelens does not know why: no rule finds a reason for it.');
		expect(textOf(page)).not.toContain('No problems');
		getByRole(page, 'button', { name: 'Save a note for a bug report' });
		await press(getByRole(page, 'button', { name: /^The message quotes line \d+ a=sctp-init:x/ }));
		expect(sdp.target!.textLine).toBe(ODD.trimEnd().split('\r\n').length);
	});

	test('that a rule finds the reason for is no contradiction', () => {
		const { page } = refused(
			offer.replace('a=group:BUNDLE 0', 'a=group:BUNDLE 9 0'),
			"A BUNDLE group contains a MID='9' matching no m= section."
		);
		expect(textOf(page)).not.toMatch(/does not know why|No rule finds/);
	});

	test('of a text that was changed since says nothing of the new one', () => {
		const { sdp } = refused(ODD, MESSAGE);
		expect(sdp.contradiction).toBe(MESSAGE);
		sdp.replace(sdp.inputs[0]!.id, offer);
		expect(sdp.contradiction).toBeNull();
	});
});

describe('views', () => {
	test('explain every line', () => {
		const page = show(ExplainedView, { sdp: sessionOf(offer) });
		const lines = offer.trimEnd().split('\r\n');
		expect(textsOf(page, 'li > .raw > code')).toEqual(lines);
		for (const meaning of textsOf(page, 'li > .meaning .title')) expect(meaning).not.toBe('');
	});

	test('say what was negotiated', () => {
		const page = show(NegotiatedView, { sdp: sessionOf(offer, answer) });
		expect(
			getAllByText(page, /^(Both sides send\.|Only the offerer sends\.|Data channels in both directions\.)/).length
		).toBeGreaterThan(2);
		expect(textOf(page)).toContain('One transport for everything');
	});

	test('need two descriptions to compare, and tell them apart by meaning', () => {
		getByText(show(ChangesView, { sdp: sessionOf(offer) }), 'Two descriptions are needed to compare them.');
		const page = show(ChangesView, { sdp: sessionOf(offer, offer.replace('useinbandfec=1', 'useinbandfec=1;stereo=1')) });
		expect(textOf(page)).toMatch(/stereo/i);
	});

	test('show what a program changed between creating and setting a description', () => {
		const page = show(ChangesView, { sdp: sessionOf(dump()) });
		getByText(page, /^The offer of .* was changed between creating and setting it$/);
		expect(textOf(page)).toMatch(/stereo/i);
	});

	test('tell the handshake of a recording step by step, and open its descriptions', async () => {
		const sdp = sessionOf(dump());
		const page = show(HandshakeView, { sdp });
		getByText(page, 'ICE: failed');
		await press(getByRole(page, 'button', { name: /Send answer/ }));
		await press(getByRole(page, 'button', { name: 'Open in the SDP workbench' }));
		expect([sdp.view, asShown(sdp.shown)]).toEqual(['explained', asShown(answer)]);
	});

	test('are tabs that the arrow keys go through', async () => {
		const page = show(ViewPanel, { sdp: new SdpSession() });
		const tab = (name: string) => getByRole(page, 'tab', { name });
		const key = (from: string, name: string) =>
			tab(from).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
		key('Findings', 'ArrowRight');
		await until(() => expect(document.activeElement).toBe(tab('Explained')));
		key('Explained', 'End');
		await until(() => expect(document.activeElement).toBe(tab('Structured')));
		key('Structured', 'Home');
		await until(() => expect(document.activeElement).toBe(tab('Findings')));
		expect([tab('Findings').tabIndex, tab('Explained').tabIndex]).toEqual([0, -1]);
	});
});

describe('a link', () => {
	const candidate = 'a=candidate:1 1 udp 2122260223 203.0.113.7 50000 typ host\r\n';

	async function linkOf(redact: boolean) {
		const page = show(SharePanel, { sdp: sessionOf(offer + candidate) });
		const fold = page.querySelector('details')!;
		fold.open = true;
		fold.dispatchEvent(new Event('toggle'));
		await until(() => expect(page.querySelector('pre')).not.toBeNull());
		if (!redact) await press(getByRole(page, 'checkbox'));
		const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
		await press(getByRole(page, 'button', { name: 'Copy link' }));
		await until(() => expect(written).toHaveBeenCalledOnce());
		const read = await readSdpFragment(written.mock.calls[0]![0]);
		if (read.kind !== 'sdp') throw new Error(`The link holds ${read.kind}.`);
		return { text: read.shared.texts[0]!.text, preview: page.querySelector('pre')!.textContent! };
	}

	test('holds placeholders for what is private, and shows them before', async () => {
		const { text, preview } = await linkOf(true);
		for (const shown of [text, preview]) {
			expect(shown).not.toContain('203.0.113.7');
			expect(shown).toContain('a=rtpmap:111 opus/48000/2');
		}
	});

	test('holds the text as it is where that is asked for', async () => {
		expect(asShown((await linkOf(false)).text)).toBe(asShown(offer + candidate));
	});

	test('is not offered where there is nothing to share', () => {
		expect(queryByRole(show(SharePanel, { sdp: new SdpSession() }), 'button', { name: 'Copy link' })).toBeNull();
	});
});

describe('what this browser says', () => {
	test.each([
		['an offer', [offer]],
		['an answer with its offer', [offer, answer]]
	])('of %s is, without WebRTC, that there is none', async (_, texts) => {
		const sdp = sessionOf(...texts);
		sdp.chosen = texts.length - 1;
		const page = show(JudgePanel, { sdp });
		await press(getByRole(page, 'button', { name: 'Ask this browser' }));
		await until(() => expect(textOf(page)).toMatch(/was not asked: .*This browser has no WebRTC, or it is switched off\./));
	});
});
