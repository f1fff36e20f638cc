/** Whether a request comes from a page of this app (Fetch Metadata; the Origin header of RFC 6454 where a browser does not send that). */
export function isSameOrigin(request: Request, url: URL): boolean {
	const site = request.headers.get('sec-fetch-site');
	// Browsers send Sec-Fetch-Site to secure origins only; elsewhere the Origin of a POST is checked.
	return site !== null ? site === 'same-origin' : hostOf(request.headers.get('origin')) === url.host;
}

function hostOf(origin: string | null): string | null {
	try {
		return origin === null ? null : new URL(origin).host;
	} catch {
		return null;
	}
}
