/** What every request passes before the app's handler, static and prerendered files too: names, the visitor, headers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { makeHostList } from './hosts';
import { isForwarded, readVisitor, tellVisitor, type VisitorSettings } from './visitor';

export interface FrontSettings extends VisitorSettings {
	/** Names that the app answers to, beside addresses, `localhost` and the name of this machine. */
	hosts: readonly string[];
	/** Whether visitors come by https alone. */
	https: boolean;
	/** Told once. */
	warn(warning: string): unknown;
}

/** On everything. */
const HEADERS: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	// A report opened from a link must not tell the next site where it came from.
	'referrer-policy': 'no-referrer',
	'cross-origin-resource-policy': 'same-origin'
};

/**
 * On what may be opened by itself, and not on the forty scripts and styles of a page, whose names say what is in them. The pages' own
 * policy stands in them, or comes from the handler, which replaces this one; a page cannot say itself who may frame it.
 * No Cross-Origin-Embedder-Policy: nothing here needs shared memory, and it would keep what /reach asks from answering.
 */
const DOCUMENT_HEADERS: Readonly<Record<string, string>> = {
	...HEADERS,
	'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
	'cross-origin-opener-policy': 'same-origin',
	// What does not say otherwise is asked for again with its ETag.
	'cache-control': 'no-cache',
	'content-security-policy': "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'"
};

const PARTS = '/_app/immutable/';

const HSTS = 'max-age=31536000';

export const FORWARDED_UNREAD =
	'A request bore X-Forwarded-For or the like, and ADDRESS_HEADER is not set. If a proxy stands before this app, all its visitors share the limits of one, and their addresses are not known: set ADDRESS_HEADER=x-forwarded-for if the proxy writes that header.';

/** Returns the function that prepares a request; false when it has been answered already. */
export function makeFront(settings: FrontSettings): (request: IncomingMessage, response: ServerResponse) => boolean {
	const isOurs = makeHostList(settings.hosts);
	let warned = false;
	return (request, response) => {
		const headers = request.url?.startsWith(PARTS) ? HEADERS : DOCUMENT_HEADERS;
		for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
		if (settings.https) response.setHeader('strict-transport-security', HSTS);
		if (!warned && settings.addressHeader === null && isForwarded(request.headers)) {
			warned = true;
			settings.warn(FORWARDED_UNREAD);
		}
		if (!isOurs(request.headers.host)) {
			response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
			response.end(
				'This server does not answer to this name (421 Misdirected Request).\nIts operator can add the name: ICELENS_HOSTS, or ORIGIN behind a proxy.\n'
			);
			return false;
		}
		tellVisitor(request, readVisitor(request.headers, request.socket.remoteAddress, settings));
		return true;
	};
}
