/** What asking a URL from a page shows, in English; of an open WebSocket the command line says the same. */
import { count, duration } from '../../base/format';
import { formatEndpoint } from '../../base/ip';
import type { HeldValues, NotOpened, PageReachValues } from '../../reach/reach-values';
import type { MessagesOf } from '../messages';
import { closeCodeMeaning } from './close-codes';

const at = ({ host, port }: { host: string; port: number }) => formatEndpoint(host, port);
const what = ({ webSocket }: { webSocket: boolean }) => (webSocket ? 'WebSocket' : 'HTTPS');

const COMMAND =
	'The command icelens reach tells more: which step failed and how, the issuer of the certificate, the HTTP status.';

type Counted = HeldValues['reach-web-socket-held'];

/** What came meanwhile from the other end. */
function meanwhile({ messages, pings }: Counted): string {
	const came = [...(messages > 0 ? [count(messages, 'message')] : []), ...(pings ? [count(pings, 'ping')] : [])];
	return came.length === 0 ? 'no message either way' : `nothing sent from here and ${came.join(' and ')} from the server`;
}

/** An idle timeout is recognised by silence before it. */
function silence({ silentMs, pings }: Counted): string {
	if (silentMs < 1000) return '';
	const seen = pings === null ? 'no message' : 'nothing';
	return ` after ${duration(silentMs)} in which ${seen} came`;
}

function notOpened(ended: NotOpened): string {
	return ended.kind === 'silent' ? `did not open within ${duration(ended.waitedMs)}` : `failed after ${duration(ended.afterMs)}`;
}

export const PAGE_REACH: MessagesOf<keyof PageReachValues> = {
	'reach-web-socket-cut': (v) =>
		`The WebSocket to ${at(v)} opened after ${duration(v.openedAfterMs)} and was cut ${duration(v.heldMs)} later${silence(v)}, without a close frame (code 1006): the server or something on the path ended the connection.${v.silentMs < 1000 ? '' : ' If it happens at the same second again, it is an idle timeout, as proxies have (often 60 s): an application that sends something more often keeps its connection.'}`,
	'reach-web-socket-closed': (v) =>
		`The WebSocket to ${at(v)} opened after ${duration(v.openedAfterMs)} and was closed ${duration(v.heldMs)} later${silence(v)} with code ${v.code} (${closeCodeMeaning(v.code)})${v.reason === '' ? '' : `, reason “${v.reason}”`}: by the server, or by a proxy that speaks WebSocket.`,
	'reach-web-socket-held': (v) =>
		`The WebSocket to ${at(v)} opened after ${duration(v.openedAfterMs)} and stayed open for ${duration(v.heldMs)}, with ${meanwhile(v)}.`,
	'reach-page-not-over-tls': (v) =>
		v.pageSecure
			? `${at(v)} was not asked: the URL is not over TLS and this page is, which browsers refuse as mixed content (on this machine itself they allow it). A page of yours over https: would be refused too; the command icelens reach asks such a URL.`
			: `${at(v)} was not asked: this page asks over TLS only (${v.webSocket ? 'wss:' : 'https:'}). The command icelens reach asks such a URL.`,
	'reach-page-refused': (v) => `${at(v)} was not asked, since this browser refused to: ${v.browserSaid}`,
	'reach-page-stood-still': (v) =>
		`What became of ${at(v)} is not known: this page stood still for ${duration(v.stalledMs)} (a machine that slept or was busy)${v.opened ? ' while the WebSocket was open' : ' and could hear nothing meanwhile'}. Ask again.`,
	'reach-page-answered': (v) =>
		v.status === null
			? `${at(v)} was reached over HTTPS: it answered after ${duration(v.afterMs)}, with a certificate that this browser accepts. Which status it answered with is hidden from a page of another origin.`
			: `${at(v)} was reached over HTTPS: it answered after ${duration(v.afterMs)} with status ${v.status}.`,
	'reach-page-redirected-out': (v) =>
		`${at(v)} answered over HTTPS after ${duration(v.afterMs)} and sends to another URL, which is not over TLS and so not asked from this page.`,
	'reach-page-web-socket-not-opened': (v) =>
		`The WebSocket to ${at(v)} ${notOpened(v.ended)}, while the same URL was reached over HTTPS within ${duration(v.httpAfterMs)}: name, connection and certificate hold. A browser hides the rest: the path or the login may be wrong, the server may take no WebSocket from a page of this origin or end it at once, or a proxy lets none through. ${COMMAND}`,
	'reach-page-port-blocked': (v) =>
		`This page got no answer from ${at(v)}: browsers block port ${v.port} for every page (Fetch Standard, “bad port”), unless they are configured otherwise. Another port, best 443, has no such limit.`,
	'reach-page-local-network-denied': (v) =>
		`${at(v)} is in the local network, and this browser does not let this page ask there (permission “local network”: denied). Whether it is reached is not known.`,
	'reach-page-silent': (v) =>
		`No answer from ${at(v)} within ${duration(v.waitedMs)}, and no error: a firewall may drop the packets, nobody may be there, or the server or a name lookup is that slow. ${COMMAND}`,
	'reach-page-no-answer': (v) =>
		`This page got no answer from ${at(v)} over ${what(v)}: the browser gave up after ${duration(v.afterMs)} and hides why${v.webSocket ? ' (code 1006 whatever it was)' : ''}. The name may not exist, nothing may listen there, the certificate may not hold or be one of a TLS inspection, a firewall, proxy, extension or policy may be in the way, or the server answers and forbids other pages to use it. ${COMMAND}`
};
