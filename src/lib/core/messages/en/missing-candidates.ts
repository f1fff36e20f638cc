/** Why a kind of candidate is missing, in English. */
import { count, duration } from '../../base/format';
import { list } from '../../base/list';
import type { AskedServers, CandidateType, MissingCandidateValues } from '../../verdict/check/missing-candidate-values';
import type { MessagesOf } from '../messages';

const TYPES: Record<CandidateType, string> = { host: 'host', srflx: 'server-reflexive (srflx)', relay: 'relay' };

export const MISSING_CANDIDATES: MessagesOf<keyof MissingCandidateValues> = {
	'candidates-excluded-by-policy': (v) => `${no(v)}: the transport policy “relay” leaves them out.`,
	'host-candidates-hidden': ({ mediaPermission }) =>
		mediaPermission === 'granted'
			? 'Host candidates hide their addresses behind .local names, although the page may use camera or microphone: a setting or policy of the browser hides them.'
			: 'Host candidates hide their addresses behind .local names: browsers show them only to pages that may use camera or microphone.',
	'host-candidates-missing': ({ afterMs }) =>
		`No host candidate in ${duration(afterMs)}, not even one that hides its address. A policy or extension that restricts WebRTC does this (Chromium: disable_non_proxied_udp), and so does a device without a network.`,
	'no-server-of-kind': (v) =>
		`${no(v)}: no server of the list can give one. It takes ${v.candidateType === 'relay' ? 'a turn: or turns: URL' : 'a stun: URL, or a turn: URL over UDP'}.`,
	'candidate-given-alone': (v) =>
		`${no(v)}, although ${list(v.urls)} gave one when asked alone. ${
			v.endedBy === 'deadline'
				? 'Gathering from all servers was ended by the deadline.'
				: 'Gathering from all servers was completed without it.'
		}`,
	'mapped-address-is-own': ({ urls }) =>
		`No server-reflexive (srflx) candidate: ${list(urls)} ${urls.length === 1 ? 'sees' : 'see'} an address of this device itself, which is a host candidate already.`,
	'servers-of-kind-silent': (v) =>
		`${no(v)}: ${oneOrAll(v.urls.length, v)} was silent for ${duration(v.forMs)}${v.urls.length === 1 ? '' : ' or longer'} when asked alone.`,
	'servers-of-kind-refuse': (v) =>
		`${no(v)}: ${oneOrAll(v.answers.length, v)} refused when asked alone: ${list(v.answers.map(withCode))}.`,
	'servers-of-kind-gave-none': (v) => `${no(v)}. The servers that can give one, asked alone: ${groups(v).join('; ')}.`
};

/** `No relay candidate`. */
function no({ candidateType }: { candidateType: CandidateType }): string {
	return `No ${TYPES[candidateType]} candidate`;
}

function oneOrAll(servers: number, { candidateType }: { candidateType: CandidateType }): string {
	const kind = candidateType === 'relay' ? 'TURN server' : 'server that can give one';
	return servers === 1 ? `the only ${kind}` : `each of the ${servers} ${kind.replace('server', 'servers')}`;
}

function withCode({ url, code }: AskedServers['refused'][number]): string {
	return `error ${code} from ${url}`;
}

function groups(v: AskedServers & { candidateType: CandidateType }): string[] {
	const group = (urls: readonly string[], what: string) => (urls.length === 0 ? [] : [`${count(urls.length, 'server')} ${what}`]);
	return [
		...(v.refused.length === 0 ? [] : [`${count(v.refused.length, 'server')} refused (${list(v.refused.map(withCode))})`]),
		...group(
			v.answeredStunOnly,
			v.candidateType === 'relay'
				? 'answered STUN and gave no relay'
				: 'answered, with an address that is a host candidate already'
		),
		...group(v.closed, 'whose connection failed'),
		...group(v.silent, 'silent'),
		...group(v.unresolved, 'whose name was not found'),
		...group(v.notAsked, 'not asked yet'),
		...group(v.untold, 'for which the browser reported nothing')
	];
}
