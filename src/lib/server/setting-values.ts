/** How the values of settings are read: the value, or why the text is not accepted (null: the setting says what is). */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { formatIp, parseIp, scopeOf } from '../core/base/ip';
import { parseServers } from '../core/ice/server-config';
import { parseIceUrl } from '../core/stun/uri';
import { urlFaultText } from '../core/stun/uri-fault';
import { hostOf } from './ice-servers';

export const refused = (why: string | null = null) => ({ why });

export function port(text: string) {
	return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? { value: Number(text) } : refused();
}

export function mbit(text: string) {
	return /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= 100_000 ? { value: Number(text) } : refused();
}

export function pemFile(label: string) {
	return (path: string) => {
		let text: string;
		try {
			text = readFileSync(path, 'utf8');
		} catch (error) {
			return refused(`the file could not be read (${(error as NodeJS.ErrnoException).code})`);
		}
		return text.includes(`-----BEGIN`) && text.includes(label)
			? { value: text }
			: refused(`the file holds no PEM "${label}" block`);
	};
}

export function addresses(text: string) {
	const found: string[] = [];
	for (const part of text.split(/[\s,]+/).filter(Boolean)) {
		const address = parseIp(part);
		if (!address) return refused(`"${part}" is not an IP address`);
		if (['unspecified', 'multicast', 'broadcast'].includes(scopeOf(address))) return refused(`${part} is no address of a host`);
		found.push(formatIp(address));
	}
	if (found.length === 0 || new Set(found).size < found.length) return refused();
	return [4, 6].some((version) => found.filter((each) => isIP(each) === version).length > 2) ? refused() : { value: found };
}

export function iceServers(text: string) {
	const parsed = parseServers(text);
	if (!parsed.ok) return refused([parsed.error.where, parsed.error.message].filter(Boolean).join(': '));
	for (const url of parsed.value.servers.flatMap((server) => server.urls)) {
		const read = parseIceUrl(url);
		if (!read.ok) return refused(`${url}: ${urlFaultText(read.error)}`);
	}
	return { value: parsed.value.servers };
}

export function hostNames(text: string) {
	const names = text
		.toLowerCase()
		.split(/[\s,]+/)
		.filter(Boolean);
	const wrong = names.find((name) => hostOf(name.replace(/^\*\./, '')) === null || name.includes(':'));
	return wrong === undefined && names.length > 0 ? { value: names } : refused(wrong && `"${wrong}" is not a host name`);
}

export function webOrigin(text: string) {
	const url = URL.canParse(text) ? new URL(text) : null;
	return url && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '').toLowerCase()
		? { value: url.origin }
		: refused();
}

export function partnerUrl(text: string) {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) return refused();
	return { value: url.href.replace(/\/+$/, '') };
}
