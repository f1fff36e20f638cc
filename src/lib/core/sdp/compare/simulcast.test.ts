import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDescription } from '../text/description';
import { negotiateSimulcast, simulcastOf, type NegotiatedLayers } from './simulcast';

const FOLDER = new URL('../../../../../tests/fixtures/sdp/', import.meta.url);
const captured = readdirSync(FOLDER)
	.filter((name) => /simulcast/.test(name))
	.map((name) => {
		const { exchanges } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as {
			exchanges: { offer: string; answer: string }[];
		};
		return [name, exchanges[exchanges.length - 1]!] as const;
	});

/** A video section with these attributes. */
const section = (lines: readonly string[], more: { port?: number; formats?: string } = {}) =>
	[
		'v=0',
		'o=- 1 2 IN IP4 127.0.0.1',
		's=-',
		't=0 0',
		`m=video ${more.port ?? 9} UDP/TLS/RTP/SAVPF ${more.formats ?? '96 98'}`,
		'c=IN IP4 0.0.0.0',
		'a=mid:v',
		'a=rtpmap:96 VP8/90000',
		'a=rtpmap:98 VP9/90000',
		...lines.map((line) => `a=${line}`),
		''
	].join('\r\n');
const read = (text: string, role: 'offer' | 'answer' = 'offer') => readDescription(text, role);
const negotiated = (offer: string, answer: string): NegotiatedLayers[] => negotiateSimulcast(read(offer), read(answer, 'answer'));
/** rid of the preferred alternative: why it is lost, or what is left. */
const fates = (layers: NegotiatedLayers | undefined) =>
	layers?.layers.map(({ layer, lost, kept }) => `${layer.map(({ rid }) => rid).join()}: ${lost ?? kept.join()}`);

const OFFER = section(['rid:f send', 'rid:h send max-width=640;max-height=360', 'rid:q send', 'simulcast:send f;h;q']);

describe.each(captured)('%s', (_, { offer, answer }) => {
	test('the offer names three layers in its order', () => {
		const found = simulcastOf(read(offer));
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({ kind: 'video', recv: [], unused: [], groups: [], draftSyntax: false });
		expect(found[0]!.send.flat().map(({ rid, paused, codecs }) => [rid, paused, codecs])).toEqual([
			['q', false, []],
			['h', false, []],
			['f', false, []]
		]);
		const lines = offer.split('\r\n');
		for (const { rid, line } of found[0]!.send.flat()) expect(lines[line! - 1]).toBe(`a=rid:${rid} send`);
		expect(lines[found[0]!.line! - 1]).toBe('a=simulcast:send q;h;f');
	});

	test('a browser agrees to none of them', () => {
		const [layers, ...others] = negotiated(offer, answer);
		expect(others).toEqual([]);
		expect(layers).toMatchObject({ sender: 'offerer', sends: true, added: [] });
		expect(fates(layers)).toEqual(['q', 'h', 'f'].map((rid) => `${rid}: no-simulcast-answered`));
	});

	test('a media server agrees to two of them', () => {
		const taken = answer.replace(/(m=video[^]*?)(?=\r\nm=|\r\n$)/, '$1\r\na=rid:h recv\r\na=rid:f recv\r\na=simulcast:recv h;f');
		expect(fates(negotiated(offer, taken)[0])).toEqual(['q: layer-not-answered', 'h: h', 'f: f']);
	});
});

describe('what a description says', () => {
	test('alternatives, paused ones, restrictions and codecs', () => {
		const [found] = simulcastOf(
			read(
				section(['rid:1 send pt=96,99;max-br=500000', 'rid:4 send', 'rid:2 send', 'rid:c recv', 'simulcast:send 1,~4;~2 recv c'])
			)
		);
		expect(found!.send).toEqual([
			[
				{ rid: '1', paused: false, line: 10, codecs: ['VP8/90000', '99'], restrictions: [['max-br', '500000']] },
				{ rid: '4', paused: true, line: 11, codecs: [], restrictions: [] }
			],
			[{ rid: '2', paused: true, line: 12, codecs: [], restrictions: [] }]
		]);
		expect(found!.recv).toHaveLength(1);
	});

	test('a rid without a=rid, one of the other direction, and one that is no layer', () => {
		const [found] = simulcastOf(read(section(['rid:a send', 'rid:b recv', 'rid:x send max-fps=5', 'simulcast:send a;b;c'])));
		expect(found!.send.map(([choice]) => choice!.line !== null)).toEqual([true, false, false]);
		expect(found!.unused).toMatchObject([{ rid: 'x', direction: 'send', restrictions: [['max-fps', '5']] }]);
	});

	test('groups of SSRCs with their retransmissions', () => {
		const [found] = simulcastOf(read(section(['ssrc-group:SIM 1 2 3', 'ssrc-group:FID 1 11', 'ssrc-group:FID 3 13'])));
		expect(found).toMatchObject({ line: null, send: [], recv: [] });
		expect(found!.groups).toEqual([
			{
				line: 10,
				streams: [
					{ ssrc: '1', rtx: '11' },
					{ ssrc: '2', rtx: null },
					{ ssrc: '3', rtx: '13' }
				]
			}
		]);
	});

	test('nothing where there is none', () => {
		expect(simulcastOf(read(section(['sendrecv', 'ssrc-group:FID 1 2'])))).toEqual([]);
	});
});

describe('what is agreed on', () => {
	const answers = (lines: string[], more = {}) => section(['recvonly', ...lines], more);

	test('all, with what the answer restricts', () => {
		const [layers] = negotiated(
			OFFER,
			answers(['rid:f recv max-fps=15', 'rid:h recv max-width=320;max-height=360', 'rid:q recv', 'simulcast:recv f;h;q'])
		);
		expect(fates(layers)).toEqual(['f: f', 'h: h', 'q: q']);
		expect(layers!.layers.map(({ changed }) => changed)).toEqual([
			[{ rid: 'f', name: 'max-fps', offer: null, answer: '15' }],
			[{ rid: 'h', name: 'max-width', offer: '640', answer: '320' }],
			[]
		]);
	});

	test.each([
		['the section is refused', answers(['rid:f recv', 'simulcast:recv f'], { port: 0 }), 'section-not-used'],
		['the answer has no a=simulcast', answers(['rid:f recv']), 'no-simulcast-answered'],
		['it only sends layers', answers(['rid:f send', 'simulcast:send f']), 'direction-not-answered'],
		['it does not have this one', answers(['rid:h recv', 'simulcast:recv h']), 'layer-not-answered'],
		['it has no a=rid for it', answers(['simulcast:recv f']), 'rid-not-answered'],
		['its a=rid is of the other direction', answers(['rid:f send', 'simulcast:recv f']), 'rid-not-answered']
	])('not where %s', (_, answer, lost) => {
		expect(negotiated(OFFER, answer).find(({ sender }) => sender === 'offerer')!.layers[0]).toMatchObject({ lost, kept: [] });
	});

	test('not where the codec of the layer is refused', () => {
		const offer = section(['rid:a send pt=98', 'rid:b send pt=96,98', 'simulcast:send a;b']);
		const answer = answers(['rid:a recv', 'rid:b recv', 'simulcast:recv a;b'], { formats: '96' });
		expect(fates(negotiated(offer, answer)[0])).toEqual(['a: no-codec-left', 'b: b']);
	});

	test('alternatives that the answer leaves, and who pauses what', () => {
		const offer = section(['rid:1 send', 'rid:2 send', 'rid:3 send', 'rid:4 send', 'simulcast:send 1,2;~3;4']);
		const [layers] = negotiated(offer, answers(['rid:2 recv', 'rid:3 recv', 'rid:4 recv', 'simulcast:recv 2;3;~4']));
		expect(fates(layers)).toEqual(['1,2: 2', '3: 3', '4: 4']);
		expect(layers!.layers.map(({ paused }) => paused)).toEqual([
			{ offer: false, answer: false },
			{ offer: true, answer: false },
			{ offer: false, answer: true }
		]);
	});

	test('an offer to receive, answered by sending less and something of its own', () => {
		const offer = section(['recvonly', 'rid:h recv', 'rid:l recv', 'simulcast:recv h;l']);
		const [layers, ...others] = negotiated(offer, section(['sendonly', 'rid:l send', 'rid:z send', 'simulcast:send l;z']));
		expect(others).toEqual([]);
		expect(layers).toMatchObject({ sender: 'answerer', sends: true, added: ['z'] });
		expect(fates(layers)).toEqual(['h: layer-not-answered', 'l: l']);
	});

	test('a direction that sends nothing at present is said apart', () => {
		const answer = answers(['rid:f recv', 'simulcast:recv f']).replace('a=recvonly', 'a=inactive');
		expect(negotiated(OFFER, answer)[0]).toMatchObject({ sends: false, layers: [{ lost: null }, {}, {}] });
	});
});
