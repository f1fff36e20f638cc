/** Whether a request comes from a page of this very app (Fetch Metadata; RFC 6454 where a browser does not send that). */
export function isSameOrigin(request: Request, url: URL): boolean {
	const site = request.headers.get('sec-fetch-site');
	// Without the header, which browsers send to secure pages only, the Origin of a POST has to do.
	return site !== null ? site === 'same-origin' : hostOf(request.headers.get('origin')) === url.host;
}

function hostOf(origin: string | null): string | null {
	try {
		return origin === null ? null : new URL(origin).host;
	} catch {
		return null;
	}
}
