/** A URL of the user's own, read as a page can ask it. */
import { fail, ok, type Result } from '../../core/base/result';
import { unbracketed } from '../../core/base/web-url';

export interface AskedUrl {
	/** As it is asked. */
	href: string;
	/** As it is kept: credentials are given in a query, and a fragment is never sent. */
	kept: string;
	/** IPv6 without brackets. */
	host: string;
	port: number;
	webSocket: boolean;
	tls: boolean;
}

export function readAskedUrl(text: string): Result<AskedUrl> {
	const typed = text.trim();
	// A host by itself: people copy it without the scheme.
	const url = URL.canParse(typed) ? new URL(typed) : null;
	if (url === null || !/^(https?|wss?):$/.test(url.protocol) || url.hostname === '') {
		const message = /^[\w.-]+(:\d+)?(\/|$)/.test(typed)
			? `“${typed}” has no scheme: write wss://${typed} for a WebSocket, https://${typed} for HTTPS.`
			: `“${typed}” is no wss:// or https:// URL.`;
		return fail('malformed', message);
	}
	if (url.username !== '' || url.password !== '')
		return fail('malformed', 'The URL holds a user name or a password, which browsers refuse to send that way. Leave them out.');
	const webSocket = /^wss?:$/.test(url.protocol);
	// WebSockets take no fragment, and no server is sent one.
	url.hash = '';
	const tls = /^(wss|https):$/.test(url.protocol);
	return ok({
		href: url.href,
		kept: `${url.protocol}//${url.host}${url.pathname}${url.search === '' ? '' : '?…'}`,
		host: unbracketed(url.hostname),
		port: url.port === '' ? (tls ? 443 : 80) : Number(url.port),
		webSocket,
		tls
	});
}
