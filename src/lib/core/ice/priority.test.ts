import { describe, expect, test } from 'vitest';
import { candidatePriority, explainPriority } from './priority';

/** Priorities captured from Chromium 156 and Firefox 153 on a machine with IPv4 and a unique local IPv6 address. */
const CAPTURED = [
	['chromium', 2113937151, [126, 30, 1], 'host over UDP', 'address precedence 30 (IPv4)'],
	['chromium', 2113942271, [126, 50, 1], 'host over UDP', 'address precedence 50 (IPv6, unique local)'],
	['chromium', 1677729535, [100, 30, 1], 'server reflexive over UDP', 'address precedence 30 (IPv4)'],
	['chromium', 50339839, [3, 31, 1], 'relay, TURN server reached over UDP', 'plus 1 for'],
	['chromium', 50340351, [3, 33, 1], 'relay, TURN server reached over UDP', 'plus 3 for'],
	['chromium', 16785663, [1, 32, 1], 'relay, TURN server reached over TCP', 'plus 2 for'],
	['firefox', 2122252543, [126, 127 * 256, 1], 'host over UDP', 'network 127.'],
	['firefox', 2105524479, [125, 127 * 256 + 192, 1], 'host over TCP', 'TCP direction preference 6'],
	['firefox', 1685987327, [100, 126 * 256 + 31, 1], 'server reflexive over UDP', 'server 1 of the list'],
	['firefox', 92151807, [5, 126 * 256 + 31, 1], 'relay, TURN server reached over UDP', 'server 1 of the list'],
	['firefox', 8265727, [0, 126 * 256 + 31, 1], 'relay, TURN server reached over TCP or TLS', 'server 1 of the list']
] as const;

describe('explainPriority', () => {
	test.each(CAPTURED)(
		'takes apart what %s gives: %d',
		(engine, priority, [typePreference, localPreference, component], meaning, local) => {
			const explained = explainPriority(priority, engine)!;
			expect(explained).toMatchObject({ typePreference, localPreference, component, typeMeaning: meaning });
			expect(explained.sentences[1]).toContain(local);
			expect(candidatePriority(explained)).toBe(priority);
		}
	);

	test('Safari is read as libwebrtc', () => {
		expect(explainPriority(50339839, 'safari')!.typeMeaning).toBe('relay, TURN server reached over UDP');
	});

	test('without an engine only what RFC 8445 says is claimed', () => {
		const explained = explainPriority(50339839)!;
		expect(explained.typeMeaning).toBeNull();
		expect(explained.sentences[0]).toContain('depends on the browser');
		expect(explained.sentences[1]).not.toContain('network');
	});

	test('reads component 2', () => {
		expect(explainPriority(2122252542)!.component).toBe(2);
	});

	test.each([0, -1, 1.5, 2 ** 31, Number.NaN])('%d is no priority', (priority) => {
		expect(explainPriority(priority)).toBeNull();
	});
});
