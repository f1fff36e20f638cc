/** What `icelens reach` says, in English; of an open WebSocket it says what a page does (page-reach.ts). */
import { duration } from '../../base/format';
import { formatEndpoint } from '../../base/ip';
import type { HeldValues, NodeReachValues } from '../../reach/reach-values';
import type { MessagesOf } from '../messages';

const at = ({ host, port }: { host: string; port: number }) => formatEndpoint(host, port);

/** The server's own certificate first. */
function chainText(chain: NodeReachValues['reach-certificate-wrong']['chain']): string {
	return chain.map(({ subject, issuer }) => `${subject}, issued by ${issuer}`).join('; ');
}

export const REACH: MessagesOf<Exclude<keyof NodeReachValues, keyof HeldValues>> = {
	'reach-name-not-found': ({ host, error }) => `${host} was not found (${error}); nothing was sent to it.`,
	'reach-connection-refused': (v) =>
		`${v.address}, which ${at(v)} leads to, refused the connection after ${duration(v.afterMs)}: nothing listens at this port, or a firewall on the path refuses.`,
	'reach-connection-unanswered': (v) =>
		`${v.address}, which ${at(v)} leads to, did not answer in ${duration(v.waitedMs)}: a firewall drops connections to it, or nobody is there.`,
	'reach-connection-failed': (v) => `No connection to ${at(v)} (${v.error}).`,
	'reach-certificate-not-public': (v) =>
		`${at(v)} shows a certificate whose chain leads to no publicly known authority (${v.error}): ${chainText(v.chain)}. Either TLS is inspected on the path (a company’s proxy or a security program, whose name is then the issuer), or the server has a certificate of its own, or it sends no intermediate certificate.`,
	'reach-certificate-wrong': (v) => `${at(v)} shows a certificate that does not hold for it (${v.error}): ${chainText(v.chain)}.`,
	'reach-tls-failed': (v) =>
		`${at(v)} accepted the connection, and the TLS handshake failed after ${duration(v.afterMs)} (${v.error}): the port speaks no TLS, or something on the path ends it.`,
	'reach-login-page-signs': (v) =>
		v.status === 407
			? `A proxy asks for a login before it lets this device reach ${at(v)} (status 407).`
			: `Signs of a login page of this network (captive portal): ${at(v)} answered with status ${v.status}${v.location === null ? '' : ` and sends to ${v.location}`}.`,
	'reach-request-unanswered': (v) =>
		`${at(v)} accepted the connection and gave no HTTP answer in ${duration(v.afterMs)} (${v.error}).`,
	'reach-web-socket-refused': (v) =>
		`${at(v)} answered with status ${v.status} and opened no WebSocket (101 would): the path or the login is wrong, or a proxy does not let WebSockets through.`,
	'reach-web-page-answered': (v) =>
		`${at(v)} answered with a web page (status ${v.status}, text/html) and opened no WebSocket: the path is that of a page, or something answers in the server’s place, as a login page of this network (captive portal) or a proxy does.`,
	'reach-answered': (v) =>
		`${at(v)} answered after ${duration(v.afterMs)} with status ${v.status}${v.webPage ? ' and a web page (text/html). Where an API is expected there, something else answers in its place: a login page of this network (captive portal), a proxy, or a server whose path is another' : ''}.`
};
