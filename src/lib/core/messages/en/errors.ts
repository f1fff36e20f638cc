/** Errors and silences of servers explained, in English. */
import { formatEndpoint } from '../../base/ip';
import { age, count, duration } from '../../base/format';
import type { ErrorValues, OneFamily, ServerPlace } from '../../ice/error-values';
import type { MessagesOf } from '../messages';
import { FAMILY_WORDS } from './vocabulary';

export const ERRORS: MessagesOf<keyof ErrorValues> = {
	'credential-not-given': (v) =>
		`${place(v)} was not asked: the entry has no user name or no credential${inBrackets(v.browserSaid)}.`,
	'credential-expired': (v) =>
		`${answered(v)}, and the time in the user name passed ${age(v.expiredForMs)} ago: the credential has expired.`,
	'credential-refused': (v) => `${answered(v)}: it is reachable, and refuses this user name or credential.`,
	'stun-asks-credential': (v) =>
		v.code === 401
			? `${answered(v)}: it requires authentication, and browsers send no credentials to STUN servers.`
			: `${place(v)} answered${after(v)} with an error${inBrackets(v.browserSaid)} whose code ends in 01, most likely 401: it requires authentication, and browsers send no credentials to STUN servers.`,
	'stale-nonce': (v) => `${answered(v)}: it rejects the nonce it had just issued, and this browser does not retry.`,
	'allocation-mismatch': (v) =>
		`${answered(v)}: for the server, this address and port belong to another allocation${v.sockets === 3 ? ', on three sockets in a row' : ''}.`,
	'credential-of-another': (v) => `${answered(v)}: the allocation on this address and port was made with another user name.`,
	'transport-unsupported': (v) => `${answered(v)}: it does not relay over UDP, which browsers need (coturn: no-udp-relay).`,
	'family-unsupported': (v) => `${answered(v)}: it has no relay address of the family asked for.`,
	'peer-family-mismatch': (v) => `${answered(v)}: the relay address and the peer are not of the same family, IPv4 or IPv6.`,
	'quota-reached': (v) =>
		`${answered(v)}: authentication works, but the allocation quota of this user, or of the server, is reached.`,
	'relay-capacity-reached': (v) =>
		`${answered(v)}: authentication works, but a capacity limit of the server is reached, such as no relay port left.`,
	'request-forbidden': (v) => `${answered(v)}: it forbids this request to this user or from this address.`,
	'redirect-failed': (v) => `${answered(v)}: it redirects to another server without naming one that this browser can use.`,
	'redirect-to-disallowed-port': (v) =>
		`${place(v)} redirects to another server on a port that this browser never uses for TURN${inBrackets(v.browserSaid)}.`,
	'attribute-unknown': (v) => `${answered(v)}: it does not know an attribute that this browser sends.`,
	'request-malformed': (v) => `${answered(v)}: it cannot parse the request, either as this browser sends it or as it arrived.`,
	'server-failed-unnamed': (v) =>
		`${place(v)} answered${after(v)} with a server error that Firefox does not name: 500 (server error) and 508 (insufficient capacity) look the same here.`,
	'server-failed': (v) => `${answered(v)}: the server itself failed.`,
	'stun-refuses': (v) =>
		`${place(v)} answered${after(v)} with an error${inBrackets(v.browserSaid)}. This browser shows only the last digits of the code, ${v.lastDigits}: it is one of ${v.codes.join(', ')}.`,
	'server-refuses': (v) => `${answered(v)}. It is reachable; its log may say why it refuses.`,

	'loopback-not-used': (v) =>
		`Firefox does not use ${v.host} for WebRTC unless configured to, and gave up${after(v)}.${v.transport === 'udp' ? '' : ' If it is configured to, the connection was refused.'}`,
	'family-not-here': ({ host }) =>
		`No IPv6 address was found for ${host}, while it answers over IPv4. That is normal where IPv6 is missing.`,
	'name-not-found': (v) =>
		`No ${addressOf(v)} was found for the name ${v.host}${after(v)}${inBrackets(v.browserSaid)}${withoutOther(v)}.`,
	'wrong-interface': (v) =>
		`The connection to ${place(v)} went out through another network interface, so the browser dropped it${inBrackets(v.browserSaid)}.`,
	'socket-not-made': (v) =>
		`The browser could not open a socket towards ${place(v)}${inBrackets(v.browserSaid)}. Nothing was sent.`,
	'tcp-accepted-then-silent': (v) => `${place(v)} accepted the connection, and answered no TURN request${silent('in', v)}.`,
	'tcp-closed-by-server': (v) => `${place(v)} accepted the connection, which was closed${after(v)} without a TURN answer.`,
	'tcp-refused': (v) =>
		`No connection to ${place(v)}: it failed${after(v)}, too soon for a connection that is dropped on the way: it was refused, there is no way to it${orNameNotFound(v)}, or it was closed before an answer came.`,
	'tls-refused-or-certificate': (v) =>
		`No TLS connection to ${place(v)}: it failed${after(v)}. Either the connection was refused or reset, by the server or a firewall, or the port speaks no TLS, or the certificate is not trusted or not for ${v.hostKind === 'name' ? 'this name' : 'this address'}${orNameNotFound(v)}: browsers do not say which.`,
	'tls-handshake-unanswered': (v) =>
		`${place(v)} accepted the connection, and the TLS handshake had no answer${silent('in', v)}, as from a port that speaks no TLS.`,
	'tls-silent': (v) =>
		`Nothing came back from ${place(v)}${silent('in', v)}: neither to the connection attempts nor, if one was accepted, to the TLS handshake, as from a port that speaks no TLS.`,
	'tcp-silent': (v) =>
		`Nothing came back from ${place(v)}${silent('in', v)}: connection attempts are dropped on the path, or the server accepts them and sends nothing.`,
	'udp-silent': (v) =>
		`Nothing came back from ${place(v)}${silent('in', v)}${requests(v)}. A blocked port, a dead server, nothing listening and a server that ignores such requests look the same over UDP.`,
	'udp-failed-at-once': (v) =>
		`${place(v)} failed${after(v)}, too fast for an unanswered request: ${
			v.hostKind === 'name'
				? 'no address was found for the name, or there is no route to it'
				: 'this device has no route to that address'
		}.`,
	'not-reached': (v) =>
		`${place(v)} was not reached${after(v)}${inBrackets(v.browserSaid)}. ${v.afterMs === null ? 'The error text does not show why.' : 'Neither the error text nor the timing shows why.'}`,

	'relay-allocated': (v) => `${place(v)} allocated a relay. Whether it carries data shows only when data is sent.`,
	'stuns-without-tls': ({ host, port }) =>
		`${formatEndpoint(host, port)} answered, but over plain UDP: this browser treats stuns: as stun:.`,
	'stun-answered': (v) => `${place(v)} answered.`,
	'turn-port-not-allowed': ({ port }) =>
		`This browser never tries TURN on port ${port}: below 1024 it uses only 53, 80 and 443. It reports no error for that.`,
	'tls-address-not-tried': ({ host }) =>
		`Firefox does not try turns: with the address ${host}, and reports no error: it needs a name to check the certificate against.`,
	'turn-silent-stun-answers': (v) =>
		`${place(v)} answers STUN, but gave neither a relay nor an error${v.untilDeadline ? untilDeadline(v) : silent('in', v)}: it does not offer TURN, drops requests that it does not accept, or asks for a login of an empty realm, after which browsers ask no more; or packets were lost.`,
	'family-missing': (v) =>
		`The browser was done${after(v)}, with neither an answer from ${place(v)} nor an error: most likely this device has no ${FAMILY_WORDS[v.serverFamily]}, and nothing was sent.`,
	'errors-not-told': (v) =>
		`${place(v)} gave no ${v.missing}${wait('within', v.afterMs)}, and why is not known: this browser has no icecandidateerror event.`,
	'turn-not-tried': (v) =>
		`The browser was done${after(v)}, with neither a relay from ${place(v)} nor an error. It seems not to have tried.`,
	'stun-no-candidate': (v) =>
		`The browser was done${after(v)}, with neither an address from ${place(v)} nor an error. Either the answer named an address that this device has itself, or it was an error that the browser does not report (400, 500).`,
	'own-address-not-told': (v) =>
		`No answer from ${place(v)} was reported${silent('in', v)}. Either none came, or it named an address of this device itself, which browsers do not report before gathering ends.`,
	'stopped-early': (v) =>
		`Nothing came from ${place(v)}${silent('within', v)}, which is too short to conclude from: a slow but working path may take ${duration(v.slowPathMs)}.`,
	'udp-no-answer': (v) =>
		`No answer from ${place(v)}${untilDeadline(v)}${requests(v)}${browserWaits(v)}. A blocked port, a dead server${orNoFamily(v)} and nothing listening look the same over UDP.`,
	'tcp-no-answer': (v) =>
		`No answer from ${place(v)}${untilDeadline(v)}. Connection attempts are dropped on the path, or the server accepts them and sends nothing${orNothingSent(v)}.`,
	'tls-no-answer': (v) =>
		`No answer from ${place(v)}${untilDeadline(v)}. Connection attempts are dropped on the path, or the TLS handshake has no answer, as from a port that speaks no TLS${orNothingSent(v)}.`
};

/** `address`, or `IPv6 address` where the lookups of that family alone failed. */
export function addressOf({ onlyIn }: { onlyIn: OneFamily | null }): string {
	return onlyIn ? `${FAMILY_WORDS[onlyIn.family]} address` : 'address';
}

/** Over the other family nobody asked, or nothing more is said. */
export function withoutOther({ onlyIn }: { onlyIn: OneFamily | null }): string {
	return onlyIn?.otherMissing
		? `, and this device seems to have no ${FAMILY_WORDS[onlyIn.family === 'ipv6' ? 'ipv4' : 'ipv6']} over which to ask`
		: '';
}

/** `UDP 203.0.113.7:3478`, `TLS turn.example.org:5349`. */
function place({ transport, host, port }: ServerPlace): string {
	return `${transport.toUpperCase()} ${formatEndpoint(host, port)}`;
}

/** ` after 40 ms`; nothing where nobody wrote down when. */
function wait(word: 'after' | 'in' | 'within', ms: number | null): string {
	return ms === null ? '' : ` ${word} ${duration(ms)}`;
}

const after = ({ afterMs }: { afterMs: number | null }) => wait('after', afterMs);
const silent = (word: 'in' | 'within', { silentMs }: { silentMs: number | null }) => wait(word, silentMs);

/** ` (“Unauthorized.”)`, or nothing where the browser gives no text. */
function inBrackets(browserSaid: string): string {
	return browserSaid === '' ? '' : ` (“${browserSaid}”)`;
}

function answered(v: ErrorValues['credential-refused']): string {
	// In a log that counts seconds nothing lies between.
	return `${place(v)} answered${v.afterMs === 0 ? '' : after(v)} with error ${v.code}${inBrackets(v.browserSaid)}`;
}

function untilDeadline({ silentMs }: { silentMs: number | null }): string {
	return silentMs === null ? '' : ` within ${duration(silentMs)}, when the check stopped waiting`;
}

function requests({ requests }: { requests: number | null }): string {
	return requests === null ? '' : `, ${count(requests, 'request')} in all`;
}

function browserWaits({ browserWaits }: ErrorValues['udp-no-answer']): string {
	if (browserWaits === null) return '';
	const { engine, forMs } = browserWaits;
	return `; ${engine === 'firefox' ? 'Firefox' : 'the browser'} itself would wait ${duration(forMs)}`;
}

function orNameNotFound({ hostKind }: ErrorValues['tcp-refused']): string {
	return hostKind === 'name' ? ', or the name was not found' : '';
}

function orNoFamily({ unseenFamily }: ErrorValues['udp-no-answer']): string {
	return unseenFamily === null ? '' : `, a device without ${FAMILY_WORDS[unseenFamily]}`;
}

function orNothingSent({ hostKind, unseenFamily }: ErrorValues['tcp-no-answer']): string {
	const others = [
		...(hostKind === 'name' ? ['at one address of this name at least'] : []),
		...(unseenFamily === null ? [] : [`or this device has no ${FAMILY_WORDS[unseenFamily]}`])
	];
	return others.map((other) => `, ${other}`).join('');
}
