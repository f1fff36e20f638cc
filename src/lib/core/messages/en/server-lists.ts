/** What is wrong with a list of servers, and what a button offers, in English. */
import { age, count } from '../../base/format';
import type { ListFixValues, RefusedUrl, ServerListValues } from '../../ice/server-list-values';
import { urlFaultText } from '../../stun/uri-fault';
import { sayIn, type MessagesOf } from '../messages';

export const SERVER_LISTS: MessagesOf<keyof ServerListValues> = {
	'server-without-address': () => 'This entry has no URL, and browsers refuse the whole list for it.',
	'address-empty': () => 'This URL is empty, and browsers refuse the whole list for it.',
	'address-scheme': refused,
	'address-without-scheme': refused,
	'address-slashes': refused,
	'address-with-user': refused,
	'ipv6-without-brackets': refused,
	'port-invalid': refused,
	'stun-with-transport': refused,
	'transport-unknown': refused,
	'address-malformed': refused,
	'address-placeholder': ({ address }) =>
		`“${address}” is a placeholder that was not filled in: it is not the URL of any server. Write the server's URL.`,
	'transport-in-capitals': ({ query }) => `Firefox refuses the whole list for “${query}”: it accepts lowercase only.`,
	'stuns-scheme': () => 'stuns: is not encrypted in Chromium, which sends plain UDP, and Firefox refuses the whole list for it.',
	'port-blocked-by-firefox': ({ port }) =>
		`Firefox refuses the whole list for port ${port}, which it keeps for other services. Let the server listen on another, such as 443 or 3478.`,
	'turn-login-missing': ({ missing }) =>
		`TURN requires credentials: ${MISSING_LOGIN[missing]} missing. Browsers refuse the whole list for it.`,
	'username-too-long': ({ bytes, bytesAtMost }) =>
		`The user name has ${bytes} bytes, and ${bytesAtMost} are allowed. Browsers refuse the whole list for it.`,

	'login-placeholder': ({ fields }) =>
		`${named(fields)} a placeholder that was not filled in ($NAME, \${NAME}, {{name}}, <name> or your-name). Fill in what the server expects.`,
	'login-filler': ({ fields }) =>
		`${named(fields)} a filler such as “changeme” or “xxx”. Unless the server really has it, fill in what the server expects.`,
	'credential-hex': ({ digits }) =>
		`The user name contains a timestamp, as those of the TURN REST API do, and the credential is ${digits} hexadecimal digits. If the server computes passwords from a shared secret, this can never work: its passwords are base64, ${HMAC_SHA1} for HMAC-SHA1. ${digits === 40 ? 'Write the digest as base64, not as hexadecimal digits.' : 'Write the digest as base64; if this is the shared secret itself, compute the password from it.'}`,
	'credential-base64-of-hex': ({ digits }) =>
		`The user name contains a timestamp, as those of the TURN REST API do, and the credential is base64 of ${digits} hexadecimal digits. If the server computes passwords from a shared secret, this can never work: encode the bytes of the digest, not its hexadecimal digits.`,
	'credential-not-hmac': ({ characters, decodedBytes }) =>
		`The user name contains a timestamp, as those of the TURN REST API do, and the credential has ${count(characters, 'character')}${decodedBytes === null ? ' and is not base64' : `, base64 of ${count(decodedBytes, 'byte')}`}. If the server computes passwords from a shared secret, this can never work: base64 of HMAC-SHA1 has ${HMAC_SHA1}. It may be the shared secret itself, from which the password is still to be computed.`,
	'credential-time-in-milliseconds': () =>
		'The time in the user name is in milliseconds, and the TURN REST API counts seconds. A server that reads it takes it for another time: it may refuse the credential, or never let it expire. Divide it by 1000 and compute the credential anew.',
	'turn-credential-expired': ({ expiredForMs }) =>
		`The time in the user name passed ${age(expiredForMs)} ago. If the server computes passwords from a shared secret (TURN REST API), it refuses this credential. Fetch a new one.`,
	'credential-expires-during-run': ({ expiresInMs, runMsAtMost }) =>
		`The credential expires in ${age(expiresInMs)} by the time in its user name, and the check may take ${age(runMsAtMost)}: what is asked later may be refused for that alone. Fetch a new one first.`,
	'credential-expires-soon': ({ expiresInMs }) =>
		`The credential expires in ${age(expiresInMs)} by the time in its user name: a call that starts or restarts ICE later needs a new one.`,

	'turn-port-not-tried': ({ port }) =>
		`Chromium never tries TURN on port ${port}, and reports no error: below 1024 it uses only 53, 80 and 443. Let the server listen on one of these or from 1024 up.`,
	'turns-over-udp': () => 'turns: is TLS over TCP in browsers, whatever transport= says: transport=udp has no effect.',
	'turns-to-address': ({ address }) =>
		`Firefox never tries turns: with an IP address (${address}), and reports no error; Chromium requires the address itself in the certificate. Enter the name that the certificate was issued for.`,
	'turn-list-cut': ({ turnUrls, used }) =>
		`${turnUrls} TURN URLs are listed; Chromium uses the first ${used} and drops ${turnUrls - used} without an error.`,
	'login-with-spaces': ({ field }) =>
		`The ${FIELDS[field]} begins or ends with a space, which counts as part of it. It was most likely copied by mistake.`,
	'address-with-spaces': () => 'There are spaces around this URL. Browsers trim them; other programs refuse the URL.',
	'address-twice': ({ firstEntry }) => `Entry ${firstEntry} already lists the same server, so it would be asked twice.`,
	'address-unusable': ({ address }) =>
		`${address} is not an address that a single server can have. Enter the address at which others reach it.`,
	'address-local': ({ host, where }) =>
		where === 'this-machine'
			? `${host} is this machine: its answers say nothing about NAT and the path to the outside, and Firefox does not ask it unless media.peerconnection.ice.loopback is on.`
			: `${host} is inside your own network or your provider's: its answers say nothing about the NAT beyond it.`,
	'stun-with-login': () => 'Browsers send no credentials to STUN servers: user name and credential have no effect here.',

	'many-servers': ({ urls, firefoxWarnsFrom }) =>
		`${urls} URLs are listed. Each is asked at the start of every call, which can slow down gathering (Firefox warns from ${firefoxWarnsFrom} on): one STUN server and one TURN server over UDP, TCP and TLS are enough.`,
	'turn-over-udp-only': () =>
		'TURN is listed over UDP only, so a network that blocks UDP blocks it too: add TCP, and TLS on port 443.',
	'no-turn-server': () =>
		'No TURN server is listed. Between some networks calls fail without one; the check looks whether this may be such a network.',
	'no-server': () => 'No server is listed. Calls mostly work within one network only, and nothing can be learnt about the NAT.'
};

export const LIST_FIXES: MessagesOf<keyof ListFixValues> = {
	'take-entry-out': () => 'Remove the entry',
	'take-address-out': () => 'Remove it',
	'take-repeated-address-out': () => 'Remove this one',
	'write-address': ({ url }) => `Use ${url}`,
	'write-address-and-move-login': ({ url }) => `Use ${url} and move the credentials into their fields`,
	'keep-first-turn-addresses': ({ used }) => `Keep the first ${used}`,
	'take-spaces-out': () => 'Remove the spaces',
	'take-login-out': () => 'Remove the credentials',
	'add-turn-over-tcp': () => 'Add the same over TCP'
};

/** For the list of servers, which a page shows before anything is judged: it need not load what is said of a network. */
export const listSentence = sayIn({ ...SERVER_LISTS, ...LIST_FIXES });

const FIELDS = { username: 'user name', credential: 'credential' };
/** In characters, with the padding. */
const HMAC_SHA1 = '28 characters';
/** A subject and its verb. */
export const MISSING_LOGIN = {
	both: 'user name and credential are',
	username: 'the user name is',
	credential: 'the credential is'
};

function named(fields: readonly ('username' | 'credential')[]): string {
	if (fields.length > 1) return 'User name and credential each look like';
	return `The ${FIELDS[fields[0]!]} looks like`;
}

function refused({ fault }: RefusedUrl): string {
	return urlFaultText(fault);
}
