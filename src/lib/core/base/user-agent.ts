/** What a browser's user agent says of it. */

export function engineOf(userAgent: string): 'chromium' | 'firefox' | 'safari' | 'unknown' {
	if (/\b(iPhone|iPad|iPod)\b/.test(userAgent)) return 'safari';
	if (/\bFirefox\//.test(userAgent)) return 'firefox';
	if (/\b(Chrome|Chromium|HeadlessChrome)\//.test(userAgent)) return 'chromium';
	if (/\bVersion\/[\d.]+.*\bSafari\//.test(userAgent)) return 'safari';
	return 'unknown';
}

/** In this order: a browser built on Chromium names itself before `Chrome`. */
const PRODUCTS: readonly (readonly [RegExp, string])[] = [
	[/\bEdg(?:A|iOS)?\/(\d+)/, 'Edge'],
	[/\bOPR\/(\d+)/, 'Opera'],
	[/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
	[/\bFxiOS\/(\d+)/, 'Firefox (iOS)'],
	[/\bCriOS\/(\d+)/, 'Chrome (iOS)'],
	[/\bFirefox\/(\d+)/, 'Firefox'],
	[/\bHeadlessChrome\/(\d+)/, 'Chromium (headless)'],
	[/\bChrome\/(\d+)/, 'Chromium'],
	[/\bVersion\/(\d+).*\bSafari\//, 'Safari']
];

/** `Firefox 153`: for people. */
export function browserName(userAgent: string, brands: readonly { brand: string; version: string }[] = []): string {
	// Brands hold a made-up entry against sniffing, the engine, and where it is another product its name.
	const product = brands.find(({ brand }) => !/not.?a.?brand|^chromium$|headless|[^\w .()]/i.test(brand));
	if (product) return `${product.brand.replace(/^(Google|Microsoft) /, '')} ${product.version}`;
	for (const [pattern, name] of PRODUCTS) {
		const found = pattern.exec(userAgent);
		if (found) return `${name} ${found[1]}`;
	}
	return 'unknown browser';
}
