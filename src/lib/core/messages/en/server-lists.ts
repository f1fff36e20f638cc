/** What is wrong with a list of servers, and what a button offers, in English. */
import { age } from '../../base/format';
import type { ListFixValues, RefusedUrl, ServerListValues } from '../../ice/server-list-values';
import { urlFaultText } from '../../stun/uri-fault';
import type { MessagesOf } from '../messages';

export const SERVER_LISTS: MessagesOf<keyof ServerListValues> = {
	'server-without-address': () => 'This entry has no address, and browsers refuse the whole list for it.',
	'address-empty': () => 'This address is empty, and browsers refuse the whole list for it.',
	'address-scheme': refused,
	'address-without-scheme': refused,
	'address-slashes': refused,
	'address-with-user': refused,
	'ipv6-without-brackets': refused,
	'port-invalid': refused,
	'stun-with-transport': refused,
	'transport-unknown': refused,
	'address-malformed': refused,
	'transport-in-capitals': ({ query }) => `Firefox refuses the whole list for “${query}”: it wants small letters.`,
	'stuns-scheme': () => 'stuns: is not encrypted in Chromium, which sends plain UDP, and Firefox refuses the whole list for it.',
	'port-blocked-by-firefox': ({ port }) =>
		`Firefox refuses the whole list for port ${port}, which it keeps for other services. Let the server listen on another, such as 443 or 3478.`,
	'turn-login-missing': ({ missing }) =>
		`TURN needs a login, and the ${MISSING[missing]} missing. Browsers refuse the whole list for it.`,
	'username-too-long': ({ bytes, bytesAtMost }) =>
		`The user name has ${bytes} bytes, and ${bytesAtMost} are allowed. Browsers refuse the whole list for it.`,

	'turn-port-not-tried': ({ port }) =>
		`Chromium never tries TURN on port ${port}, and says nothing: below 1024 it uses only 53, 80 and 443. Let the server listen on one of these or from 1024 up.`,
	'turn-credential-expired': ({ expiredForMs }) =>
		`The time in the user name passed ${age(expiredForMs)} ago, so the server will refuse this credential. Fetch a new one.`,
	'turns-over-udp': () =>
		'turns: is TLS over TCP in browsers, whatever transport= says. As written it promises what does not happen.',
	'turns-to-address': ({ address }) =>
		`Firefox never tries turns: with an IP address (${address}), and says nothing; Chromium wants the address itself in the certificate. Write the name that the certificate is made for.`,
	'turn-list-cut': ({ turnUrls, used }) =>
		`${turnUrls} TURN addresses are listed; Chromium uses the first ${used} and drops ${turnUrls - used} without a word.`,
	'login-with-spaces': ({ field }) =>
		`The ${FIELDS[field]} begins or ends with a space, which counts as part of it. It was most likely copied along.`,
	'address-with-spaces': () => 'Spaces stand around this address. Browsers cut them off; other programs refuse it.',
	'address-twice': ({ firstEntry }) => `The same server stands in entry ${firstEntry} already, so it would be asked twice.`,
	'address-unusable': ({ address }) =>
		`${address} is not the address of one server. Write the address under which others reach it.`,
	'address-local': ({ host, where }) =>
		where === 'this-machine'
			? `${host} is this machine: its answers say nothing about NAT and the way outside, and Firefox does not ask it at all.`
			: `${host} is inside your own network or your provider's: its answers say nothing about the NAT beyond it.`,
	'stun-with-login': () => 'Browsers send no login to STUN servers: user name and credential do nothing here.',

	'many-servers': ({ urls, firefoxWarnsFrom }) =>
		`${urls} addresses are listed. Each is asked at the start of every call, which slows it down (Firefox warns from ${firefoxWarnsFrom} on): one STUN server and one TURN server over UDP, TCP and TLS do.`,
	'turn-over-udp-only': () =>
		'TURN is reached over UDP only. Where a network blocks UDP, calls fail: add TCP, and TLS on port 443.',
	'no-turn-server': () =>
		'No TURN server is listed. Between some networks calls will fail; whether this is one, the check tells.',
	'no-server': () => 'No server is listed. Calls work within one network only, and nothing about NAT can be learnt.'
};

export const LIST_FIXES: MessagesOf<keyof ListFixValues> = {
	'take-entry-out': () => 'Take the entry out',
	'take-address-out': () => 'Take it out',
	'take-repeated-address-out': () => 'Take this one out',
	'write-address': ({ url }) => `Write ${url}`,
	'write-address-and-move-login': ({ url }) => `Write ${url} and move the login into its fields`,
	'keep-first-turn-addresses': ({ used }) => `Keep the first ${used}`,
	'take-spaces-out': () => 'Take the spaces out',
	'take-login-out': () => 'Take the login out',
	'add-turn-over-tcp': () => 'Add the same over TCP'
};

const FIELDS = { username: 'user name', credential: 'credential' };
const MISSING = { both: 'user name and credential are', username: 'user name is', credential: 'credential is' };

function refused({ fault }: RefusedUrl): string {
	return urlFaultText(fault);
}
