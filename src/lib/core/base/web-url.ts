/** Hosts of web addresses in reports, which may be of any origin; a URL that was typed is read by `URL` (probes/reach). */

export interface WebUrl {
	tls: boolean;
	/** Without the brackets of an IPv6 address. */
	host: string;
	/** As written; null where the scheme's own is meant. */
	port: number | null;
}

/** Null where it is no absolute http: or https: URL. Shape: RFC 3986 §3.2. */
export function readWebUrl(text: string): WebUrl | null {
	const parts = /^(https?):\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)(?::(\d+))?/i.exec(text);
	if (!parts) return null;
	return {
		tls: parts[1]!.toLowerCase() === 'https',
		host: unbracketed(parts[2]!),
		port: parts[3] === undefined ? null : Number(parts[3])
	};
}

/** `[2001:db8::1]` of a URL as the address itself; other hosts as they are. */
export function unbracketed(host: string): string {
	return host.replace(/^\[|\]$/g, '');
}
