import { describe, expect, test } from 'vitest';
import { browserName, engineOf } from './user-agent';

const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const AGENTS = [
	['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'firefox', 'Firefox 153'],
	[`${mac} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36`, 'chromium', 'Chromium 156'],
	[`${mac} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`, 'chromium', 'Edge 156'],
	[
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36',
		'chromium',
		'Chromium (headless) 156'
	],
	[`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`, 'safari', 'Safari 26'],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0 Mobile/15E148 Safari/604.1',
		'safari',
		'Chrome (iOS) 156'
	],
	['curl/8.0', 'unknown', 'unknown browser']
] as const;

describe('user agents', () => {
	test.each(AGENTS)('reads engine and name out of %s', (userAgent, engine, name) => {
		expect(engineOf(userAgent)).toBe(engine);
		expect(browserName(userAgent)).toBe(name);
	});

	test.each([
		[
			[
				['Not?A_Brand', '99'],
				['Chromium', '156'],
				['Google Chrome', '156']
			],
			'Chrome 156'
		],
		[
			[
				['Chromium', '156'],
				['Microsoft Edge', '156'],
				['Not A;Brand', '24']
			],
			'Edge 156'
		],
		[
			[
				['Not)A;Brand', '8'],
				['Chromium', '156']
			],
			'Chromium 156'
		],
		[
			[
				['HeadlessChrome', '156'],
				['Chromium', '156'],
				['Not(A:Brand', '8']
			],
			'Chromium 156'
		]
	])('the brands %j give the name', (brands, name) => {
		const list = brands.map(([brand, version]) => ({ brand: brand!, version: version! }));
		expect(browserName(AGENTS[1][0], list)).toBe(name);
	});
});
