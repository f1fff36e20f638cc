/** Two devices, in English: what their checks predict, and what came of each attempt. */
import { entryOf } from '../../base/record';
import { duration, percent } from '../../base/format';
import type {
	ConnectedPair,
	LocalSilence,
	LossyDirection,
	MeetingPlace,
	NoPath,
	PairFindingValues,
	PairValues
} from '../../verdict/pair/pair-values';
import type { MessagesOf, Say } from '../messages';
import { meetingPathName } from './path-names';

export const PAIR: MessagesOf<keyof PairValues | keyof PairFindingValues> = {
	'pair-same-network': ({ address }) =>
		`Both devices are behind ${address}, with addresses of one subnet. In one network they reach each other by these, unless it keeps its devices apart; two networks behind one carrier’s NAT may be numbered alike.`,
	'pair-same-nat': sameNat,
	'pair-relay-works-for-both': () => 'Both sides got a relay from it.',
	'pair-relay-fails-for-one': ({ device, server }, say) => `${device} cannot use it: ${say(server)}`,
	'pair-relay-not-tested': ({ devices }) => `It is not known to carry data for ${devices.join(' and ')}.`,

	'pair-attempt-under-way': ({ path }) => `Trying ${meetingPathName(path)}.`,
	'pair-connected': ({ path, connectMs, pair, place, losses }) => {
		const over = pair ? `: ${pairWords(pair)}${place ? PLACES[place] : ''}` : '';
		return [`Connected over ${meetingPathName(path)} in ${duration(connectMs)}${over}.`, ...losses.map(loss)].join(' ');
	},
	'pair-attempt-failed': ({ path, browserSaid }) =>
		`Over ${meetingPathName(path)} the attempt failed: ${browserSaid ?? 'the browser gave no reason'}.`,
	'pair-attempt-ended': ({ path }) => `The attempt over ${meetingPathName(path)} was ended before it connected.`,
	'pair-no-path': ({ path, why, prediction }, say) =>
		`Over ${meetingPathName(path)} the two did not connect${noPath(why, say)}${prediction ? ` ${say(prediction)}` : ''}`,

	'pair-reason-chosen': () => 'The pair that carried the call.',
	'pair-reason-worked': () => 'Checks were answered; another pair was preferred (RFC 8445 §8.1.1).',
	'pair-reason-not-tried': () => 'Its turn had not come when the attempt ended (RFC 8445 §6.1.4).',
	'pair-reason-name-hidden': () =>
		'The other side hides this address behind an mDNS name, which is found within its own network at most.',
	'pair-reason-no-route': () =>
		'The other side’s address belongs to its own network, to which there is most likely no route from here.',
	'pair-reason-other-family': () => 'One side of the pair is IPv4, the other IPv6.',
	'pair-reason-not-turned-round': () =>
		'Both devices have this public address, and no check was answered: the NAT that they share most likely does not hairpin packets (RFC 4787 §6).',
	'pair-reason-filtered': () => 'No check was answered: most likely a NAT or firewall on the path drops them (RFC 4787 §5).',
	'pair-reason-local-unanswered': () =>
		'The other side’s address begins like one of this side’s own, and no check to it was answered: the network may keep its devices apart, a firewall may drop checks, or it may be another network that is numbered alike.',
	'pair-reason-one-way': () => 'Some checks were answered, but the pair did not work when the attempt ended.',
	'pair-reason-under-way': () => 'Checks had been sent and were not answered yet when the attempt ended.',

	'pair-not-connected': ({ outcomes }, say) => outcomes.map(say).join(' '),
	'pair-local-path-failed': localPathFailed,
	'pair-prediction-differs': ({ path, predicted, prediction }, say) => {
		const said = predicted === 'yes' ? 'that they would connect, and they did not' : 'that they would not connect, and they did';
		return `Over ${meetingPathName(path)} the two checks predicted ${said}: ${say(prediction)} The prediction was wrong, or something changed since the checks.`;
	},
	'pair-loss-direction': loss
};

const PLACES: Record<MeetingPlace, string> = {
	hairpinned: ', hairpinned by the shared NAT',
	'one-network': ', inside one network'
};

function sameNat({ address, hairpin, differentSubnets }: PairValues['pair-same-nat']): string {
	const behind = `Both devices are behind ${address}`;
	if (hairpin === 'yes') return `${behind}, and this NAT hairpins packets between them.`;
	if (hairpin === 'no' && differentSubnets)
		return `${behind} with addresses of different subnets, and this NAT did not hairpin packets when it was tested: they connect directly only where the two networks route packets to each other.`;
	return `${behind}. In one network they reach each other by their own addresses; behind a shared NAT of a carrier they do only where it hairpins packets, which ${hairpin === 'no' ? 'it did not when it was tested' : 'was not tested'}.`;
}

function localPathFailed(values: PairFindingValues['pair-local-path-failed']): string {
	const { hostDevice, guestDevice, address, subnet, silences, carriedBy } = values;
	const alike = subnet ? ` and private addresses that begin alike (${subnet.host} and ${subnet.guest})` : '';
	const named = silences.some(({ kind }) => kind === 'name-not-used');
	const causes = [
		'the network keeps its devices apart (client isolation, as in guest Wi-Fi)',
		...(named ? ['multicast DNS does not pass between them'] : []),
		'a firewall, or a missing permission for the local network, stops it on one device',
		`they are in two networks behind one carrier’s NAT${subnet ? ', numbered alike' : ''}`
	];
	const shown = subnet ? '' : ', and try again with camera or microphone allowed on both, so that the browsers use addresses';
	return [
		`${hostDevice} and ${guestDevice} have one public address (${address})${alike}, and their own addresses did not connect them: ${silences.map(localSilence).join('; ')}.`,
		CARRIED[carriedBy ?? 'nothing'],
		`It may be that ${causes.slice(0, -1).join(', that ')}, or that ${causes.at(-1)}.`,
		`To find out: ping one device from the other${shown}.`
	].join(' ');
}

function localSilence(silence: LocalSilence): string {
	const { from, to } = silence;
	if (silence.kind === 'name-not-used')
		return `${from} was given an mDNS name for ${to}’s address and made no candidate pair with it, as when the name is not resolved`;
	const { checksSent } = silence;
	return checksSent === null
		? `no check from ${from} to ${to}’s own address was answered`
		: `none of ${checksSent} checks from ${from} to ${to}’s own address was answered`;
}

const CARRIED = {
	hairpin: 'They connected through the NAT that they share instead.',
	relay: 'They connected over a relay instead.',
	nothing: 'This attempt did not connect.'
};

/** The end of the sentence, and what follows it. */
function noPath(why: NoPath, say: Say): string {
	switch (why.kind) {
		case 'no-outside-address':
			return `. ${why.devices.join(' and ')} had no address to offer that is reachable from outside: no STUN server reported one, as happens where UDP is blocked.`;
		case 'no-pairs':
			return ': there was no pair of candidates to try.';
		case 'pairs':
			return why.reason ? `. ${say(why.reason)}` : '.';
	}
}

function loss({ fromDevice, toDevice, lossRatio, packetsSent, otherLossRatio }: LossyDirection): string {
	const other = otherLossRatio === null ? 'is not known' : percent(otherLossRatio);
	return `From ${fromDevice} to ${toDevice} ${percent(lossRatio)} of ${packetsSent} packets were lost; in the other direction ${other}.`;
}

/** `server-reflexive to relay`, as the local end sees it. */
export function pairWords({ local, remote }: ConnectedPair): string {
	const type = (candidate: ConnectedPair['local']) =>
		candidate ? (entryOf(TYPES, candidate.type) ?? candidate.type) : 'unknown';
	const relay = local?.relayProtocol && local.type === 'relay' ? ` over ${local.relayProtocol.toUpperCase()}` : '';
	return `${type(local)}${relay} to ${type(remote)}`;
}

const TYPES: Record<string, string> = {
	host: 'host',
	srflx: 'server-reflexive',
	prflx: 'peer-reflexive',
	relay: 'relay'
};
