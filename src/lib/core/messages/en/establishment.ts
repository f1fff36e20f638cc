/** How the connection of a recording was established, and how it ended, in English. */
import { entryOf } from '../../base/record';
import { count, duration, integer, plural } from '../../base/format';
import { list } from '../../base/list';
import type { EstablishmentValues, ExpiredTime, KnownTimer, SetUpStep, Silence } from '../../call/findings/finding-values';
import type { MessagesOf } from '../messages';

export const ESTABLISHMENT: MessagesOf<keyof EstablishmentValues> = {
	'connection-failed': ({ outcome, failedAtMs, lastState }) => {
		const failed = failedAtMs === null ? 'It failed' : `It failed at ${duration(failedAtMs)}`;
		const said = lastState === null ? 'no state was ever announced' : `its last state is "${lastState}"`;
		return `No connection was established. ${outcome === 'failed' ? failed : 'It was never connected'}; ${said}.`;
	},
	'answer-missing': ({ offeredBy, offeredAtMs, madeAtMs }) => {
		if (madeAtMs !== null)
			return `This end made an answer at ${duration(madeAtMs)} (createAnswer) to the offer of the other end, and never set it itself (setLocalDescription): without that it gathers no candidate and answers no check.`;
		const missing =
			offeredBy === 'this-end' ? 'No answer from the other end was ever set' : 'The offer of the other end was never answered';
		return `${missing}: signalling stopped after the offer at ${at(offeredAtMs, 'the beginning')}.`;
	},
	'offer-empty': ({ offeredBy, offeredAtMs }) =>
		`The offer of ${offeredBy === 'this-end' ? 'this end' : 'the other end'} at ${at(offeredAtMs, 'the beginning')} has no section (m= line), as when it is made before any track, transceiver or data channel was added: there is nothing to connect, and ICE never begins.`,
	'description-refused': ({ call, refusedAtMs, browserSaid, repeated, lineBreaks }) => {
		const twice = repeated ? ' The same description had been set before: it was delivered twice.' : '';
		const said = browserSaid ?? 'no reason given';
		if (lineBreaks) {
			const instead =
				lineBreaks === 'escaped' ? 'the letters “\\r\\n” instead, as of a text that was encoded twice (JSON)' : 'nothing instead';
			return `${entryOf(METHODS, call)} failed at ${at(refusedAtMs)}, because the description has no line breaks any more: ${instead}. The browser said: ${said}`;
		}
		return `${entryOf(METHODS, call)} failed at ${at(refusedAtMs)}: ${said}${twice && browserSaid && !browserSaid.endsWith('.') ? '.' : ''}${twice}`;
	},
	'own-description-returned': ({ type, givenAtMs, refused }) =>
		`The ${type} that this end was given at ${at(givenAtMs)} is its own: it has the session and the certificate of this end, so that signalling sent it back to its sender. ${
			refused ? 'The browser refused it.' : 'The browser took it for one of the other end.'
		}`,
	'offers-crossed': ({ refused, crossedAtMs, refusedAtMs }) =>
		`Both ends made an offer at once: that of the other end came at ${at(crossedAtMs)}, while this end waited for the answer to its own. ${
			refused === 'offer'
				? 'It was refused here, and nothing of the other end was set.'
				: `This end took its own back and answered; the answer to the one taken back, at ${at(refusedAtMs)}, was refused, so that the two ends hold descriptions of different rounds.`
		}`,
	'candidates-refused': ({ refused, taken, beforeDescription, firstAtMs, browserSaid }) => {
		const what = `${taken === 0 ? (refused === 1 ? 'The only candidate' : `All ${integer(refused)} candidates`) : `${integer(refused)} of ${integer(refused + taken)} candidates`} of the other end ${plural(refused, 'was', 'were')} refused here`;
		const why = beforeDescription
			? `${plural(refused, 'it was', 'they were')} added before a description of the other end was set`
			: 'addIceCandidate() failed';
		return `${what}, ${plural(refused, '', 'first ')}at ${at(firstAtMs)}: ${why}${browserSaid === null ? '' : ` (“${browserSaid}”)`}.`;
	},
	'local-candidates-missing': () =>
		'This end gathered no candidate: no network, WebRTC restricted, or, with the policy “relay”, no TURN server that gave a relay.',
	'remote-candidates-missing': ({ described }) =>
		described
			? 'No candidate of the other end arrived here: neither in its description nor afterwards. Signalling lost them, or the other end found none.'
			: 'This end gathered candidates, and knows none of the other end: its description never came here, signalling lost its candidates, or it found none.',
	'candidates-of-other-session': ({ candidates, checksSent }) => {
		const all = candidates === 1 ? 'The only candidate' : `All ${integer(candidates)} candidates`;
		return `${all} of the other end came with an ICE user name (ufrag) that none of its descriptions has${checksSent === 0 ? ', and this end sent no check' : ''}: ${plural(candidates, 'it belongs', 'they belong')} to another call or to another round of this one, or the description was changed on the way.`;
	},
	'candidate-pairs-missing': ({ localCandidates, remoteCandidates, hidesAddresses, inCommon, onlyActiveTcp, leftOutLocal }) => {
		const causes = [
			...(leftOutLocal
				? [
						'a page that may not use the local network (Chromium then takes candidates with addresses there, and never checks them)'
					]
				: []),
			...(inCommon === null ? ['address families or transports that do not match'] : []),
			'candidates that arrived too late',
			...(hidesAddresses ? ['names that hide addresses (.local) and were not found here'] : [])
		];
		const none = onlyActiveTcp
			? 'All of the other end’s are TCP candidates that connect and do not listen (active, port 9), and this end has none that listens: one of the two has to have UDP, or a relay.'
			: 'The two have no address family and transport in common.';
		const why = inCommon === false ? none : `Possible causes: ${causes.join(', ')}.`;
		return `This end has ${count(localCandidates, 'candidate')} and knows ${integer(remoteCandidates)} of the other end, and the recording shows no pair of them. ${why}`;
	},
	'candidate-pairs-failed': ({
		pairs,
		types,
		checksCounted,
		checksReceived,
		checksSent,
		hasRelay,
		onlyRelays,
		onlyRemoteRelays
	}) => {
		const kinds = list(types.map(({ local, remote }) => `${local ?? '?'} to ${remote ?? '?'}`));
		const none = checksReceived === 0 ? '; no check of the other end arrived either' : '';
		if (checksSent === 0)
			return `${count(pairs, 'pair')} ${plural(pairs, 'was', 'were')} formed (${kinds}), and this end never sent a check on ${pairs === 1 ? 'it' : 'them'}, as without the ICE user name and password that belong to the candidates of the other end${none}.`;
		const hint = onlyRelays
			? `${pairs === 1 ? 'It' : 'All of them'} began at a relay of this end: a firewall that closes the relay ports of the TURN server does that, as does one between it and the other end.`
			: onlyRemoteRelays
				? `${pairs === 1 ? 'It' : 'All of them'} led to a relay of the other end: its TURN server may refuse this end’s address (403), a firewall may close the relay ports, or UDP is dropped on the way to them.`
				: hasRelay
					? 'This end had a relay candidate too.'
					: 'This end had no relay candidate.';
		return `${count(pairs, 'pair')} ${plural(pairs, 'was', 'were')} tried (${kinds}), and none ${checksCounted ? 'was ever answered' : 'succeeded'}${none}. ${hint}`;
	},
	'turn-server-error': ({ url, username, explanation }, say) => `${url}${user(username)} gave no relay. ${say(explanation)}`,
	'further-relay-refused': ({ url, username, explanation }, say) =>
		`${url}${user(username)} gave a relay, and no other one. ${say(explanation)}`,
	'turn-port-never-tried': ({ urls, ports }) =>
		`${list(urls)} ${plural(urls.length, 'was', 'were')} never asked: this browser never tries TURN on ${plural(ports.length, 'port')} ${list(ports.map(String))}, since below 1024 it uses only 53, 80 and 443, and it reports no error for that.`,
	'relay-only-without-turn': ({ stunUrls }) =>
		`This end was to use relays alone (iceTransportPolicy “relay”), and no TURN server was configured${stunUrls.length > 0 ? `, only ${list(stunUrls)}` : ''}: it can have no candidate.`,
	'relay-only-without-relay': ({ turnUrls, gatheredForMs }) => {
		const silent = turnUrls.length === 1 ? 'it' : 'at least one of them';
		const why =
			gatheredForMs === null
				? ''
				: ` After ${duration(gatheredForMs)} of gathering ${silent} had neither given a relay nor refused, and the browser reported no error: packets are dropped on the way (a firewall), or nothing answers at that address.`;
		return `This end was to use relays alone (iceTransportPolicy “relay”), and got none from ${list(turnUrls)}: without one it has no candidate.${why}`;
	},
	'candidates-private-only': ({ side, addresses, container }) => {
		const whose = side === 'remote' ? 'The other end offered' : 'This end has';
		if (addresses.every((address) => address.startsWith('127.') || address === '::1'))
			return `${whose} only ${list(addresses)}, and no relay: a loopback address, at which everybody reaches only their own machine.`;
		const what = `${list(addresses)}, ${addresses.length === 1 ? 'an address' : 'addresses'} that nobody outside its own network can reach`;
		return `${whose} only ${what}${container ? ', such as a container’s' : ''}, and no relay.`;
	},
	'relay-signs-of-refusal': ({ kind, url }) =>
		kind === 'refused'
			? `The page ended with “Authentication failed?”: ${url === null ? 'a server' : url} answered STUN requests, and no relay came from it. Most likely it refused the user name or the credential (error 401).`
			: 'The page ended with “Not reachable?”: nothing came from the TURN server, neither an address nor a relay.',
	'reflexive-address-private': ({ address, url }) =>
		`${url} saw this device as ${address}, a private address: its packets are source-NATed before they reach the server, as by Docker, libvirt or Kubernetes, or by a NAT inside the private network where the server stands. To a peer elsewhere this candidate is of no use.`,
	'checks-one-way': ({ checksReceived, checksSent }) =>
		`Checks are answered in one direction at most: ${count(checksReceived, 'check')} of the other end arrived here, and of the ${count(checksSent, 'check')} that this end sent none was answered. A firewall or a route that drops what this end sends, or what comes back, does that; so does an other end that expects another ICE password.`,
	'remote-names-only': ({ names }) =>
		`The other end offered only ${count(names, 'name')} in the place of addresses (.local), which ${plural(names, 'is', 'are')} found by multicast DNS within its own network alone and by a browser that may use the local network; no pair was formed with ${plural(names, 'it', 'them')}.`,
	'relay-refresh-refused': ({ url, username, code, afterMs, expiredForMs, used }) => {
		const when = afterMs === null ? '' : `, ${duration(afterMs)} after it was given`;
		const why = expiredForMs === null ? '' : ` The credential of this user name had expired ${duration(expiredForMs)} before.`;
		const lost =
			used === null
				? 'What goes over it ends.'
				: used
					? 'Media went over it, and that path ends with it.'
					: 'Media did not go over it.';
		return `${url}${user(username)} refused to prolong its relay${when}: the Refresh request was answered with error ${code}.${why} ${lost}`;
	},
	'relay-lost-at-expiry': ({ url, lostAtMs, afterMs, expired }) => {
		const which = `a relay${url === null ? '' : ` of ${url}`}`;
		const what = `Media went over ${which}, and nothing arrived any more from ${duration(lostAtMs)} on, ${duration(afterMs)} after the relay was given.`;
		return `${what} ${whatExpired(expired)} This is a sign that the server ended or did not prolong the allocation; the recording has no answer of it.`;
	},
	'drop-at-known-timer': ({ lostAtMs, afterMs, timer, toldBy }) =>
		`The path ended at ${toldBy === 'state' ? 'about ' : ''}${duration(lostAtMs)}, ${duration(afterMs)} after it was connected. That is close to ${TIMERS[timer]}: a sign of such a timer, no proof. The other end’s leaving at that moment looks the same.`,
	'setup-roles-conflict': ({ offered, answered }) =>
		answered === 'actpass'
			? 'The answer says “a=setup:actpass”, so that neither end knows which of them begins the DTLS handshake: an answer has to say active or passive.'
			: `Both descriptions say “a=setup:${answered}” (offer: ${offered}): ${answered === 'passive' ? 'both ends wait for the other one to begin' : 'both ends begin'} the DTLS handshake.`,
	'fingerprint-mismatch': () =>
		'The certificate fingerprint that this end was given for the other one is not the one that the other end announced, so the DTLS handshake cannot succeed: descriptions were changed or mixed up on the way.',
	'ice-password-mismatch': () =>
		'The ICE password that this end was given for the other one is not the one that the other end announced, so that none of its checks can be answered: descriptions were changed or mixed up on the way.',
	'setup-role-changed': ({ said, given }) =>
		`The other end answered “a=setup:${said}”, and this end was given “a=setup:${given}”: ${said === 'passive' ? 'both ends wait for the other one to begin' : 'both ends begin'} the DTLS handshake.`,
	'ice-credentials-mismatch': ({ checksAnswered, packetsReceived, checksSent }) =>
		`The other end works with this path: its ${count(checksAnswered, 'check')} ${plural(checksAnswered, 'was', 'were')} answered from here, and ${count(packetsReceived, 'packet')} of its DTLS arrived. Of this end ${checksSent === 0 ? 'no check was even sent' : `${count(checksSent, 'check')} ${plural(checksSent, 'was', 'were')} sent and none was answered`}: it was given an ICE user name or password that is not the other end’s.`,
	'remote-credentials-changed': ({ changedAtMs }) =>
		`At ${at(changedAtMs, 'a later round')} the other end came with new ICE credentials, without an ICE restart of both ends: its checks and this end's no longer match.`,
	'recorded-after-failure': ({ state }) =>
		`The recording begins when the connection ${state === 'failed' ? 'had failed' : 'was down'} already: whether it ever worked, and why it ended, is not in it.`,
	'relay-peer-refused': ({ turnUrls, gaveUpAfterMs }) =>
		`This end has only relay candidates, and gave up every pair ${duration(gaveUpAfterMs)} after it began to check them, which is no time to wait for an answer: most likely ${list(turnUrls)} refused the addresses of the other end (error 403 to CreatePermission).`,
	'closed-while-checking': ({ checkedForMs }) =>
		`This end closed the connection ${duration(checkedForMs)} after it began to check paths, when ICE had found none and had not given up: whether it would have found one is not known.`,
	'relay-missing': ({ turnUrls }) =>
		`${list(turnUrls)} gave no relay candidate, and the recording does not say why: not reached, refused, not tried by the browser, or gathering was over before it answered.`,
	'candidate-errors': ({ errors, codes }) =>
		`${count(errors, 'error')} of STUN and TURN servers while gathering${codes.length > 0 ? `, ${plural(codes.length, 'code')} ${list(codes.map(String))}` : ''}.`,
	'relay-address-private': ({ side, address }) =>
		`${side === 'local' ? "This end's" : "The other end's"} relay candidate has the address ${address}, which is not publicly routable. A TURN server behind a NAT has to be told its public address (coturn: external-ip).`,
	'dtls-unfinished': dtlsUnfinished,
	'peer-changed': ({ changedAtMs }) =>
		`At ${at(changedAtMs, 'a later round')} the other end sent a new session and a new certificate, as after a page was reloaded: what this connection negotiated with the one before no longer holds.`,
	'set-up-slow': ({ tookMs, longest }) =>
		`It took ${duration(tookMs)} from the first description to connected; ${duration(longest.tookMs)} of it was ${STEPS[longest.step]}.`,
	'connection-lost': ({ lostAtMs, silence, relayUrl, toRelay, restartedAtMs, restartAnswered }) => {
		const before = silence === null ? '' : SILENCES[silence.of](duration(silence.fromMs));
		const relay =
			relayUrl === null
				? ''
				: ` It went over the relay of ${relayUrl}: a TURN server that stopped or that refused to refresh the allocation looks the same as a path that broke.`;
		const theirs = toRelay
			? ' It led to a relay of the other end, whose TURN server may have stopped or refused to refresh it: from here that looks the same too.'
			: '';
		const restart =
			restartedAtMs === null
				? ''
				: `, though ICE was restarted at ${duration(restartedAtMs)}${restartAnswered === false ? ', by an offer that was never answered' : ''}`;
		const alike =
			relayUrl === null && silence?.of === 'packets'
				? ' From here a path that broke looks the same as a network that either end lost (its address, its Wi-Fi), and as another end that was switched off or fell asleep.'
				: '';
		return `The connection worked and was lost${lostAtMs === null && before ? '' : ` at ${at(lostAtMs)}`}${before && `: ${before}`}; it was not back when the recording ended${restart}.${relay}${alike}${theirs}`;
	},
	'connection-interruptions': ({ interruptedAtMs, tookMs, restartedAfterMs, pausedMs, pausedFromMs, relayUrl }) => {
		const restart = restartedAfterMs === null ? '' : `, in which ICE was restarted after ${duration(restartedAfterMs)}`;
		const from = pausedFromMs === null ? '' : `, from ${duration(pausedFromMs)} on`;
		const pause = pausedMs === null ? '' : ` No packet arrived for at least ${duration(pausedMs)}${from}.`;
		const relay =
			relayUrl === null
				? ''
				: ` It went over the relay of ${relayUrl}: a TURN server that was started anew, or that refused to refresh the allocation, looks the same as a path that broke.`;
		return `Interrupted at ${duration(interruptedAtMs)}; connected again ${duration(tookMs)} later${restart}.${pause}${relay}`;
	},
	'ice-restarts': ({ restarts, firstAtMs, whileUp, next }) => {
		const came =
			next === null
				? ''
				: next.kind === 'connected'
					? `; the connection was announced as connected ${duration(next.afterMs)} later`
					: `; media went over another pair within ${duration(next.afterMs)}`;
		return `ICE was restarted ${restarts === 1 ? 'once' : `${restarts} times`}, first at ${at(firstAtMs)}${came}${whileUp && restarts > 1 ? ', though the connection was never announced as down before the last one' : ''}.`;
	},
	'consent-lost': ({ fromMs, toMs, unansweredChecks }) =>
		`From ${duration(fromMs)} to ${duration(toMs)} ${count(unansweredChecks, 'check')} on the selected candidate pair ${plural(unansweredChecks, 'was', 'were')} not answered.`
};

function dtlsUnfinished({ state, role, forMs, pieces }: EstablishmentValues['dtls-unfinished']): string {
	const within = forMs === null ? '' : ` in ${duration(forMs)}`;
	if (pieces)
		return `ICE found a path, and the DTLS handshake did not finish${within}: ${count(pieces.packets, 'packet')} of it arrived here, of ${integer(pieces.meanBytes)} bytes on average, and this end could answer none. The first message, which takes more than one packet, never arrived whole. Most likely the path drops packets of more than some size (path MTU, a filter).`;
	if (state === 'failed') {
		const bothBegin =
			role === 'server'
				? ''
				: ' both ends beginning the handshake (“a=setup:active” of both, as after a description was changed on the way),';
		return `ICE found a path, and the DTLS handshake failed. Possible causes: a certificate whose fingerprint is not the one of its description,${bothBegin} or ends that have no DTLS version and cipher in common.`;
	}
	const what = state === 'new' ? `was not seen to begin${within}` : `did not finish${within} (it stayed “${state}”)`;
	return `ICE found a path, and the DTLS handshake ${what}. Possible causes: packets of DTLS that get lost on the way (a filter, or large packets), both ends waiting for the other one to begin (a=setup), or an other end that has given up, as over a fingerprint that does not match (a description changed on the way, or of another call).`;
}

const user = (username: string | null) => (username === null ? '' : ` (user name ${username})`);

function whatExpired(expired: ExpiredTime): string {
	switch (expired.kind) {
		case 'credential':
			return `The credential of the user name ${expired.username} had expired ${duration(expired.expiredForMs)} before.`;
		case 'refresh':
			return `${duration(expired.timeMs)} after an allocation libwebrtc asks for the first time to prolong it, a minute before it ends.`;
		case 'lifetime':
			return `${duration(expired.timeMs)} is how long an allocation lives that is not prolonged (RFC 8656 §3.2).`;
	}
}

/** What counts so long. */
const TIMERS: Record<KnownTimer, string> = {
	'30-s': '30 s, after which consent without an answer ends (RFC 7675 §5.1) and some NATs and firewalls forget UDP mappings',
	'60-s': '60 s, at which many NATs, firewalls and proxies close what is idle',
	'300-s': '5 minutes, the lifetime of a permission on a TURN server (RFC 8656 §9) and of UDP mappings as RFC 4787 advises it',
	'600-s': '10 minutes, the lifetime of an allocation and of a channel on a TURN server (RFC 8656 §3.2, §12)',
	'24-h': '24 hours, a usual lifetime of TURN credentials, and of the sessions of some DSL carriers'
};

const SILENCES: Record<Silence['of'], (from: string) => string> = {
	packets: (from) => `nothing arrived any more after ${from}`,
	answers: (from) => `no check was answered any more after ${from}, while packets still arrived`
};

const METHODS: Record<string, string> = {
	'set-local': 'setLocalDescription',
	'set-remote': 'setRemoteDescription',
	'create-offer': 'createOffer',
	'create-answer': 'createAnswer'
};

const STEPS: Record<SetUpStep, string> = {
	answer: 'waiting for the answer',
	ice: 'finding a path (ICE)',
	dtls: 'the DTLS handshake',
	'ice-and-dtls': 'finding a path (ICE) and the DTLS handshake'
};

function at(ms: number | null, otherwise = 'an unknown time'): string {
	return ms === null ? otherwise : duration(ms);
}
