/** What is wrong with the address of a server, as facts, and the sentence about it for those who show it. */
/** `instead` is what to write in its place. */
export type UrlFault =
	| { code: 'empty' }
	| { code: 'character'; address: string; character: 'space' | 'control' }
	| { code: 'scheme'; address: string; scheme: string }
	| { code: 'no-scheme'; address: string }
	| { code: 'slashes'; address: string; instead: string }
	| { code: 'fragment'; fragment: string }
	/** What stands before the `@` may hold a password, so it is not repeated. */
	| { code: 'user-info'; instead: string }
	| { code: 'path'; path: string; instead: string }
	| HostFault
	| { code: 'ipv6-brackets'; scheme: string; host: string }
	| { code: 'host-missing'; scheme: string }
	| { code: 'zone'; host: string }
	| { code: 'ipv6'; host: string }
	| { code: 'ipv4'; host: string }
	| PortFault
	| { code: 'stun-transport'; scheme: string; query: string; instead: string }
	| { code: 'query'; query: string }
	/** `instead` where encryption was meant. */
	| { code: 'transport'; transport: string; instead: string | null };

type HostFault =
	| { code: 'host'; reason: 'bracket-not-closed' | 'several-colons'; scheme: string; host: string }
	| { code: 'host'; reason: 'text-after-bracket'; host: string; text: string }
	| { code: 'host'; reason: 'not-ascii' | 'empty-label' | 'not-a-name'; host: string };

interface PortFault {
	code: 'port';
	reason: 'missing' | 'not-a-number' | 'out-of-range';
	port: string;
	defaultPort: number;
}

/** Quotes the part that is wrong and says what to write instead. */
export function urlFaultText(fault: UrlFault): string {
	switch (fault.code) {
		case 'empty':
			return 'The address is empty. Write one such as stun:stun.example.org:3478.';
		case 'character':
			return `“${fault.address}” contains ${fault.character === 'space' ? 'a space or a line break' : 'a control character'}. An address has none: take it out.`;
		case 'scheme':
			return `“${fault.address}” is ${/^(https?|wss?)$/.test(fault.scheme) ? 'a web address, not a STUN or TURN server' : `of the kind “${fault.scheme}:”`}. Use stun:, stuns:, turn: or turns: followed by the host.`;
		case 'no-scheme':
			return `“${fault.address}” does not say what kind of server it is. Write stun:${fault.address} or turn:${fault.address}.`;
		case 'slashes':
			return `“${fault.address}” has slashes after the colon. Write ${fault.instead}.`;
		case 'fragment':
			return `“${fault.fragment}” after the server means nothing here. Leave it out.`;
		case 'user-info':
			return `The address contains a user name before “@”. Write ${fault.instead} and give username and credential apart.`;
		case 'path':
			return `“${fault.path}” is a path, and STUN and TURN servers have none. Write ${fault.instead}.`;
		case 'host':
			return hostText(fault);
		case 'ipv6-brackets':
			return `“${fault.host}” is an IPv6 address without brackets. Write ${fault.scheme}:[2001:db8::1] or ${fault.scheme}:[2001:db8::1]:3478.`;
		case 'host-missing':
			return `The address names no host after “${fault.scheme}:”. Write ${fault.scheme}:stun.example.org.`;
		case 'zone':
			return `“${fault.host}” names a network interface after “%”, which only this machine understands. Leave it out.`;
		case 'ipv6':
			return `“${fault.host}” inside the brackets is not an IPv6 address. Write it as in [2001:db8::1].`;
		case 'ipv4':
			return `“${fault.host}” is not an IPv4 address. It needs four numbers from 0 to 255.`;
		case 'port':
			return portText(fault);
		case 'stun-transport':
			return `“?${fault.query}” is not allowed on ${fault.scheme}: addresses, and browsers refuse the whole list. Write ${fault.instead}.`;
		case 'query':
			return `“?${fault.query}” is not known. Only ?transport=udp or ?transport=tcp may follow.`;
		case 'transport':
			return fault.instead === null
				? `“transport=${fault.transport}” is not a transport. Write ?transport=udp or ?transport=tcp.`
				: `“transport=${fault.transport}” does not exist. Encryption is chosen by the scheme: write ${fault.instead}.`;
	}
}

function hostText(fault: HostFault): string {
	switch (fault.reason) {
		case 'bracket-not-closed':
			return `“${fault.host}” opens a bracket and does not close it. Write ${fault.scheme}:[2001:db8::1]:3478.`;
		case 'text-after-bracket':
			return `“${fault.text}” follows the bracket of “${fault.host}”. Only a colon and the port may stand there.`;
		case 'several-colons':
			return `“${fault.host}” has more than one colon. Write one address per line, as ${fault.scheme}:host:port.`;
		case 'not-ascii':
			return `“${fault.host}” has letters outside ASCII. Write its punycode form, which starts with “xn--”.`;
		case 'empty-label':
			return `“${fault.host}” has two dots in a row or begins with one. Host names consist of letters, digits, hyphens and dots.`;
		case 'not-a-name':
			return `“${fault.host}” is not a host name. Host names consist of letters, digits, hyphens and dots.`;
	}
}

function portText({ reason, port, defaultPort }: PortFault): string {
	const usual = `Write a number from 1 to 65535, or leave the colon out for ${defaultPort}.`;
	switch (reason) {
		case 'missing':
			return `The colon is not followed by a port. ${usual}`;
		case 'not-a-number':
			return `“${port}” is not a port. ${usual}`;
		case 'out-of-range':
			return `Port ${port} does not exist. ${usual}`;
	}
}
