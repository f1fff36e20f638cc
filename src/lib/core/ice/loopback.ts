/** Servers on this machine itself, which Firefox leaves alone unless configured otherwise (measured in 153). */
import { scopeOfText } from '../base/ip';
import { parseIceUrl } from '../stun/uri';

export function isLoopbackHost(host: string): boolean {
	return scopeOfText(host) === 'loopback' || /(^|\.)localhost\.?$/i.test(host);
}

export function isLoopbackUrl(url: string): boolean {
	const parsed = parseIceUrl(url);
	return parsed.ok && isLoopbackHost(parsed.value.host);
}
