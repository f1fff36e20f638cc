import { building, dev } from '$app/environment';
import type { Handle, ServerInit } from '@sveltejs/kit';
import { startServices } from '$lib/server/services';
import { readSettings } from '$lib/server/settings';
import { OPEN_SCREEN } from '$lib/ui/screens';

/** The embedded servers start with the app, before its first request; a wrong setting stops the start. */
export const init: ServerInit = async () => {
	if (building) return;
	const settings = readSettings(process.env);
	if (!settings.ok) throw new Error(settings.error.message);
	const { about, notes } = await startServices(settings.value);
	// The built app is started by the command line, which says this itself.
	if (dev) process.stderr.write([about, ...notes, ''].join('\n'));
};

/** The Content-Security-Policy comes from svelte.config.js, which knows the hashes of its own inline scripts; all else from server/http/front. */
const POLICY = 'content-security-policy';

/** The one page that asks what its user names: over TLS, and nothing else is opened. */
function openTo(policy: string): string {
	return policy.replace("connect-src 'self'", "connect-src 'self' https: wss:");
}

export const handle: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const policy = response.headers.get(POLICY);
	if (event.route.id === OPEN_SCREEN && policy !== null) response.headers.set(POLICY, openTo(policy));
	return response;
};
