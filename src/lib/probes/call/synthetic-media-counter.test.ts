import { expect, test } from 'vitest';
import { drawCounter, readCounter, stripHeight } from './synthetic-media-counter';

/** A frame in memory with the one canvas method that drawing needs. */
function frame(width: number, height: number) {
	const pixels = new Uint8ClampedArray(width * height * 4).fill(90);
	return {
		pixels,
		fillStyle: '' as unknown,
		fillRect(x: number, y: number, w: number, h: number) {
			for (let row = y; row < Math.min(height, y + h); row++) {
				for (let column = x; column < Math.min(width, x + w); column++)
					pixels.fill(this.fillStyle === '#fff' ? 255 : 0, (row * width + column) * 4, (row * width + column) * 4 + 4);
			}
		}
	};
}

test.each([
	[640, 360],
	[320, 180],
	[160, 90],
	[1280, 720]
])('reads every number from a frame of %i×%i, blurred and greyed as by an encoder', (width, height) => {
	const strip = stripHeight(height);
	for (let counter = 0; counter < 65_536; counter += 5003) {
		const made = frame(width, strip);
		drawCounter(made, counter, width, height);
		const poor = made.pixels.map((value, i) => 40 + value * 0.5 + ((i * 7919) % 40));
		expect(readCounter(poor, width, strip)).toBe(counter);
	}
});

test('reads no number from a frame without one', () => {
	const grey = frame(320, 20);
	expect(readCounter(grey.pixels, 320, 20)).toBeNull();
	const white = new Uint8ClampedArray(320 * 20 * 4).fill(255);
	expect(readCounter(white, 320, 20)).toBeNull();
});

test('refuses a number with one wrong bit', () => {
	const made = frame(440, 20);
	drawCounter(made, 12_345, 440, 180);
	made.fillStyle = '#fff';
	made.fillRect(20 * 3, 0, 20, 20);
	made.fillStyle = '#000';
	made.fillRect(20 * 4, 0, 20, 20);
	expect(readCounter(made.pixels, 440, 20)).not.toBe(12_345);
});
