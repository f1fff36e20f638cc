/** Whether this page may talk to devices of the local network, where the browser asks for that (WICG Local Network Access §3). */
import { unbracketed } from '../core/base/web-url';
import { isNearHost } from '../core/observations/candidates';

/** Chromium 156 knows both names; the second one is older. */
const NAMES = ['local-network', 'local-network-access'];

/** Null where it does not matter: this page itself comes from such an address, or the browser knows no such permission. */
export async function localNetworkPermission(): Promise<PermissionState | null> {
	if (isNearHost(unbracketed(location.hostname))) return null;
	for (const name of NAMES) {
		try {
			return (await navigator.permissions.query({ name: name as PermissionName })).state;
		} catch {
			// Not a name that this browser knows.
		}
	}
	return null;
}
