import { describe, expect, it } from 'vitest';
import type { LineState, PathModel } from './paths';
import { fit, layoutPaths } from './layout';

const line = (state: LineState) => ({
	url: 'turn:a',
	kind: 'turn' as const,
	transport: 'udp' as const,
	port: 3478,
	family: 'ipv4' as const,
	state,
	rttMs: null
});

const model: PathModel = {
	mapping: 'endpoint-independent',
	layers: 'single',
	publicAddresses: ['203.0.113.7'],
	udpBlocked: false,
	servers: [
		{ host: 'a.example', lines: [line('open'), line('blocked')] },
		{ host: 'b.example', lines: [line('untested')] },
		{ host: 'c.example', lines: [line('measuring'), line('refused'), line('open')] }
	]
};

describe.each([320, 358, 619, 620, 1000, 1100])('the path picture at %d px', (width) => {
	const layout = layoutPaths(model, width);

	it('keeps every box inside the picture', () => {
		for (const { x, y, width: w, height: h } of [layout.device, layout.edge, ...layout.servers.map(({ box }) => box)]) {
			expect(x).toBeGreaterThanOrEqual(0);
			expect(y).toBeGreaterThanOrEqual(0);
			expect(x + w).toBeLessThanOrEqual(width + 0.01);
			expect(y + h).toBeLessThanOrEqual(layout.height + 0.01);
		}
	});

	it('lets no two boxes touch', () => {
		const boxes = [layout.device, layout.edge, ...layout.servers.map(({ box }) => box)];
		boxes.forEach((a, i) =>
			boxes.slice(i + 1).forEach((b) => {
				const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
				expect(apart).toBe(true);
			})
		);
	});

	it('draws one line for each, ending inside its server', () => {
		expect(layout.servers.map(({ lines }) => lines.length)).toEqual([2, 1, 3]);
		for (const { box, lines } of layout.servers) {
			for (const { y } of lines) expect(y > box.y && y < box.y + box.height).toBe(true);
		}
	});
});

it.each([
	['short', 200, 'short'],
	['turn-eu-west-1.example.org', 78, 'turn-…e.org'],
	['abcdef', 1, 'ab…f']
])('fits %j into %d px', (text, width, fitted) => {
	const result = fit(text, width, 7);
	expect(result).toBe(fitted);
	expect(result.length).toBeLessThanOrEqual(Math.max(4, Math.floor(width / 7)));
});
