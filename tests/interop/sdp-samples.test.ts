/** Public descriptions beside the project (../shared/samples/sdp), where they are present: none is part of the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readDescription } from '../../src/lib/core/sdp/text/description';
import { parseDocument, printDocument } from '../../src/lib/core/sdp/text/document';
import { lintSingle } from '../../src/lib/core/sdp/lint/lint';
import { classifyMunging } from '../../src/lib/core/sdp/compare/munging';
import { negotiate } from '../../src/lib/core/sdp/compare/negotiation';
import { negotiateSimulcast, simulcastOf } from '../../src/lib/core/sdp/compare/simulcast';
import { bestCpuMs } from '../support/work';

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/sdp/', import.meta.url));
const present = existsSync(SAMPLES);
const filesIn = (folder: string) =>
	present ? readdirSync(SAMPLES + folder).map((file) => [file, SAMPLES + folder + file] as const) : [];

describe.skipIf(!present)(`SDP samples${present ? '' : ' (skipped: there is no ../shared/samples/sdp)'}`, () => {
	test('finds samples', () => expect(filesIn('jsep/').length).toBeGreaterThan(0));

	test.each(filesIn('jsep/'))('finds no problem in an example of RFC 9429: %s', (_, path) => {
		expect(lintSingle(readFileSync(path, 'utf8')).filter(({ severity }) => severity === 'problem')).toEqual([]);
	});

	test.each(filesIn('malformed/'))('names the invalid lines of %s', (file, path) => {
		const text = readFileSync(path, 'utf8');
		const findings = lintSingle(text);
		const offences = OFFENCES[file];
		expect(offences, `${file} needs an entry in the table`).toBeDefined();
		const serious = findings.filter(({ severity }) => severity === 'problem' || severity === 'warning');
		for (const [line, rule] of offences!) expect(serious.map((each) => `${each.line} ${each.rule}`)).toContain(`${line} ${rule}`);
		if (offences!.length === 0) expect(findings.filter(({ severity }) => severity === 'problem')).toEqual([]);
		expect(printDocument(parseDocument(text))).toBe(text);
	});

	/** What a fuzzer kept because it took a parser long. */
	test('parses no malformed file much slower than a valid one of its length', () => {
		const valid = readFileSync(filesIn('jsep/')[0]![1], 'utf8');
		for (const [file, path] of filesIn('malformed/')) {
			const text = readFileSync(path, 'utf8');
			const control = valid.repeat(Math.ceil(text.length / valid.length));
			const controlMs = Math.max(
				bestCpuMs(() => lintSingle(control)),
				0.1
			);
			expect(bestCpuMs(() => lintSingle(text)) / controlMs, file).toBeLessThan(50);
		}
	});

	test('finds every file of the table', () => {
		expect(Object.keys(OFFENCES).sort()).toEqual(
			filesIn('malformed/')
				.map(([file]) => file)
				.sort()
		);
	});

	test.each(['jitsi-chrome86-sfu-answer', 'jitsi-safari14-answer', 'jitsi-chrome-sfu-answer2'])(
		'%s: munging of real programs is classified',
		(name) => {
			const read = (which: string) => readDescription(readFileSync(`${SAMPLES}munged/${name}.${which}.sdp`, 'utf8'), 'answer');
			// The program writes all lines in an order of its own, and adds old simulcast: only the latter is a change.
			expect(classifyMunging(read('created'), read('set')).map(({ kind }) => kind)).toEqual([
				'simulcast-legacy',
				'ssrcs',
				'streams'
			]);
		}
	);

	/** Layers as they would be said: alternatives by a comma, paused ones with a ~, then the groups of SSRCs. */
	test.each([
		['single/str0m-safari-simulcast', ['send hi;lo']],
		['single/semantic-chrome-unified-simulcast', ['SIM 2783061729 1 3', 'send a;b;c', 'SIM 2783061729 5 7']],
		['single/semantic-firefox56-simulcast', ['send 1,~4;2;3 recv c']],
		['single/ljm-audio-video-data', ['SIM 691901703 4098097822 731566086']],
		['jsep/rfc9429-example-04', ['send 1;2;3']],
		['malformed/libwebrtc-fuzz-simulcast.2', ['recv f;h;q']]
	])('the simulcast of %s is read as it stands there', (name, layers) => {
		const said = simulcastOf(readDescription(readFileSync(`${SAMPLES}${name}.sdp`, 'utf8'))).flatMap(({ send, recv, groups }) => {
			const lists = Object.entries({ send, recv }).filter(([, list]) => list.length > 0);
			const written = lists.map(
				([direction, list]) =>
					`${direction} ${list.map((layer) => layer.map(({ rid, paused }) => `${paused ? '~' : ''}${rid}`).join()).join(';')}`
			);
			return [
				...(written.length > 0 ? [written.join(' ')] : []),
				...groups.map(({ streams }) => `SIM ${streams.map(({ ssrc }) => ssrc).join(' ')}`)
			];
		});
		expect(said.sort()).toEqual(layers.toSorted());
	});

	test('a browser sends all layers that a bridge offers to receive', () => {
		const read = (role: 'offer' | 'answer') =>
			readDescription(readFileSync(`${SAMPLES}pairs/firefox81-jitsi-jvb-6-sections.${role}.sdp`, 'utf8'), role);
		expect(
			negotiateSimulcast(read('offer'), read('answer')).map(({ sender, layers }) => [
				sender,
				layers.map(({ lost, kept }) => lost ?? kept.join())
			])
		).toEqual([['answerer', ['1', '2', '3']]]);
	});

	test.each(
		filesIn('pairs/').filter(
			([file]) => file.endsWith('.offer.sdp') && existsSync(`${SAMPLES}pairs/${file.replace('.offer.', '.answer.')}`)
		)
	)('finds a transport and a codec for every section in use of %s', (_, path) => {
		const offer = readDescription(readFileSync(path, 'utf8'), 'offer');
		const answer = readDescription(readFileSync(path.replace('.offer.', '.answer.'), 'utf8'), 'answer');
		const agreed = negotiate(offer, answer);
		expect(agreed.sections.length).toBe(Math.max(offer.sections.length, answer.sections.length));
		for (const section of agreed.sections) {
			// A section in use has a transport; an accepted RTP section has a codec, and what is not data exchanges nothing without one.
			expect(section.transport === null).toBe(section.rejected !== null);
			if (section.rejected === null && offer.sections[section.index]!.isRtp) expect(section.codecs.length).toBeGreaterThan(0);
		}
	});
});

/** The lines of each file that break a rule, found by reading it; none where the file is only unusual. */
const NO_ICE: [number, string][] = [
	[3, 'session-lines-missing'],
	[6, 'ice-credentials-missing']
];
const WRONG_LEVEL: [number, string][] = [
	[4, 'connection-line'],
	[6, 'attribute-level']
];
const OFFENCES: Record<string, [number, string][]> = {
	'camera-aces-port-in-address.sdp': [
		[2, 'origin'],
		[5, 'line-order']
	],
	'camera-hikvision.sdp': [[6, 'connection-line']],
	'camera-no-o-line.sdp': [[1, 'session-lines-missing']],
	'camera-o-extra-field.sdp': [[2, 'origin']],
	'camera-o-hex-address.sdp': [[2, 'origin']],
	'camera-o-missing-username.sdp': [
		[1, 'session-lines-missing'],
		[2, 'origin']
	],
	'camera-o-no-address.sdp': [
		[2, 'origin'],
		[14, 'line-order'],
		[19, 'line-order']
	],
	'camera-o-truncated.sdp': [
		[2, 'origin'],
		[5, 'connection-line']
	],
	'camera-three-media.sdp': [[11, 'connection-line']],
	'janus-fuzz-timeout-56k.sdp': [
		[1, 'first-line'],
		[2, 'control-characters']
	],
	'libwebrtc-fuzz-12.sdp': NO_ICE,
	'libwebrtc-fuzz-16.sdp': NO_ICE,
	'libwebrtc-fuzz-2.sdp': NO_ICE,
	'libwebrtc-fuzz-23.sdp': NO_ICE,
	'libwebrtc-fuzz-26.sdp': NO_ICE,
	'libwebrtc-fuzz-30.sdp': NO_ICE,
	'libwebrtc-fuzz-34.sdp': NO_ICE,
	'libwebrtc-fuzz-37.sdp': NO_ICE,
	'libwebrtc-fuzz-42.sdp': NO_ICE,
	'libwebrtc-fuzz-45.sdp': [
		[3, 'session-lines-missing'],
		[5, 'no-media']
	],
	'libwebrtc-fuzz-48.sdp': NO_ICE,
	'libwebrtc-fuzz-53.sdp': NO_ICE,
	'libwebrtc-fuzz-9.sdp': NO_ICE,
	'libwebrtc-fuzz-opera-1.sdp': [
		[78, 'sctp-transport'],
		[85, 'sctp-map']
	],
	// A correct answer, kept by the fuzzer for its rid lines.
	'libwebrtc-fuzz-simulcast.2.sdp': [],
	'libwebrtc-fuzz-unittest-3.sdp': [
		[1, 'first-line'],
		[4, 'ice-credentials-characters'],
		[5, 'ice-credentials-length'],
		[8, 'keys-in-sdp']
	],
	'libwebrtc-fuzz-unittest-6.sdp': [
		[1, 'first-line'],
		[4, 'ice-credentials-characters'],
		[5, 'ice-credentials-length']
	],
	'libwebrtc-fuzz-unittest-9.sdp': [
		[2, 'session-id-range'],
		[11, 'candidate-unreachable-address'],
		[15, 'ice-credentials-characters'],
		[16, 'ice-credentials-length'],
		[17, 'mid-syntax'],
		[22, 'keys-in-sdp']
	],
	'mozilla-04.sdp': [[5, 'ice-credentials-missing']],
	'mozilla-07.sdp': [[6, 'ice-credentials-missing']],
	'mozilla-10.sdp': [
		[6, 'ice-credentials-missing'],
		[8, 'fingerprint-hash']
	],
	// A correct offer of a data channel that does not trickle and has no candidate yet.
	'mozilla-13.sdp': [[8, 'candidates-missing']],
	'mozilla-16.sdp': [...WRONG_LEVEL, [7, 'payload-type-unmapped']],
	'mozilla-19.sdp': WRONG_LEVEL,
	'mozilla-22.sdp': WRONG_LEVEL,
	'mozilla-25.sdp': WRONG_LEVEL,
	'mozilla-28.sdp': WRONG_LEVEL,
	'mozilla-31.sdp': WRONG_LEVEL,
	'mozilla-34.sdp': [[7, 'ice-credentials-missing']],
	'mozilla-39.sdp': [
		[4, 'connection-line'],
		[6, 'ice-credentials-missing']
	],
	'pion-bad-nettype.sdp': [[2, 'origin']],
	'pion-o-no-address.sdp': [[2, 'origin']],
	'pion-o-user-only.sdp': [[2, 'origin']]
};
