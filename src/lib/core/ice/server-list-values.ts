/** The values of what the linter of server lists says and offers, by rule. No value is taken from a credential. */
import type { NoValues } from '../base/said';
import type { UrlFault } from '../stun/uri-fault';

/** An address that browsers refuse. */
export interface RefusedUrl {
	fault: UrlFault;
}

type LoginField = 'username' | 'credential';

export interface ServerListValues {
	'server-without-address': NoValues;
	'address-empty': NoValues;
	'address-scheme': RefusedUrl;
	'address-without-scheme': RefusedUrl;
	'address-slashes': RefusedUrl;
	'address-with-user': RefusedUrl;
	'ipv6-without-brackets': RefusedUrl;
	'port-invalid': RefusedUrl;
	'stun-with-transport': RefusedUrl;
	'transport-unknown': RefusedUrl;
	'address-malformed': RefusedUrl;
	'address-placeholder': { address: string };
	/** `?transport=TCP`. */
	'transport-in-capitals': { query: string };
	'stuns-scheme': NoValues;
	'port-blocked-by-firefox': { port: number };
	'turn-login-missing': { missing: 'both' | 'username' | 'credential' };
	'username-too-long': { bytes: number; bytesAtMost: number };

	'login-placeholder': { fields: LoginField[] };
	'login-filler': { fields: LoginField[] };
	/** Hexadecimal digits. */
	'credential-hex': { digits: number };
	'credential-base64-of-hex': { digits: number };
	/** What it stands for as base64; null where it is none. */
	'credential-not-hmac': { characters: number; decodedBytes: number | null };
	'credential-time-in-milliseconds': NoValues;
	'turn-credential-expired': { expiredForMs: number };
	'credential-expires-during-run': { expiresInMs: number; runMsAtMost: number };
	'credential-expires-soon': { expiresInMs: number };

	'turn-port-not-tried': { port: number };
	'turns-over-udp': NoValues;
	'turns-to-address': { address: string };
	'turn-list-cut': { turnUrls: number; used: number };
	'login-with-spaces': { field: LoginField };
	'address-with-spaces': NoValues;
	/** Counted from 1. */
	'address-twice': { firstEntry: number };
	'address-unusable': { address: string };
	'address-local': { host: string; where: 'this-machine' | 'own-network' };
	'stun-with-login': NoValues;

	'many-servers': { urls: number; firefoxWarnsFrom: number };
	'turn-over-udp-only': NoValues;
	'no-turn-server': NoValues;
	'no-server': NoValues;
}

/** What a button offers that mends the list. */
export interface ListFixValues {
	'take-entry-out': NoValues;
	'take-address-out': NoValues;
	'take-repeated-address-out': NoValues;
	'write-address': { url: string };
	'write-address-and-move-login': { url: string };
	'keep-first-turn-addresses': { used: number };
	'take-spaces-out': NoValues;
	'take-login-out': NoValues;
	'add-turn-over-tcp': NoValues;
}
