/** Which programs this machine has. Without the test runner, so that benches can use it too. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The full path of the first of these programs that can be run, from PATH and the places where Debian keeps servers. */
export function findProgram(...names: string[]): string | null {
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/sbin'];
	for (const name of names) {
		for (const folder of folders) {
			const path = join(folder || '.', name);
			try {
				accessSync(path, constants.X_OK);
				return path;
			} catch {
				// Not here: look in the next folder.
			}
		}
	}
	return null;
}

export const PROGRAMS = {
	chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
	firefox: ['firefox-esr', 'firefox'],
	coturn: ['turnserver'],
	nftables: ['nft'],
	openssl: ['openssl'],
	certutil: ['certutil'],
	dnsmasq: ['dnsmasq'],
	unbound: ['unbound'],
	tayga: ['tayga'],
	haproxy: ['haproxy'],
	natdiscovery: ['turnutils_natdiscovery'],
	stun: ['stun'],
	tcpdump: ['tcpdump'],
	nginx: ['nginx'],
	miniupnpd: ['miniupnpd'],
	janus: ['janus'],
	baresip: ['baresip']
} as const;
