import { dev } from '$app/environment';
import type { Handle, ServerInit } from '@sveltejs/kit';
import { startServices } from '$lib/server/services';
import { readSettings } from '$lib/server/settings';
import { OPEN_SCREEN } from '$lib/ui/screens';

/** The embedded servers start with the app, before its first request; a wrong setting stops the start. */
export const init: ServerInit = async () => {
	const settings = readSettings(process.env);
	if (!settings.ok) throw new Error(settings.error.message);
	const { about, notes } = await startServices(settings.value);
	// The built app is started by the command line, which says this itself.
	if (dev) process.stderr.write([about, ...notes, ''].join('\n'));
};

/** The Content-Security-Policy comes from svelte.config.js, which knows the hashes of its own inline scripts. */
const SECURITY_HEADERS = {
	'x-content-type-options': 'nosniff',
	// A report opened from a link must not tell the next site where it came from.
	'referrer-policy': 'no-referrer',
	'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin'
};

const POLICY = 'content-security-policy';

/** The one page that asks what its user names: over TLS, and nothing else is opened. */
function openTo(policy: string): string {
	return policy.replace("connect-src 'self'", "connect-src 'self' https: wss:");
}

export const handle: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
	const policy = response.headers.get(POLICY);
	if (event.route.id === OPEN_SCREEN && policy !== null) response.headers.set(POLICY, openTo(policy));
	return response;
};
