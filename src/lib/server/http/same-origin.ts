/** Whether a request comes from a page of this app (Fetch Metadata; the Origin header of RFC 6454 where a browser does not send that). */
export function isSameOrigin(request: Request, url: URL): boolean {
	const site = request.headers.get('sec-fetch-site');
	// Browsers send Sec-Fetch-Site to secure origins only; elsewhere the Origin of a POST is checked.
	return site !== null ? site === 'same-origin' : request.headers.get('origin') === url.origin;
}
