/** Two devices, in English: what their checks predict, and what came of each attempt. */
import { duration, percent } from '../../base/format';
import type {
	ConnectedPair,
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
		`Both devices are behind ${address} and in one subnet: they should reach each other by their own addresses.`,
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
	'pair-reason-one-way': () => 'Some checks were answered, but the pair did not work when the attempt ended.',
	'pair-reason-under-way': () => 'Checks had been sent and were not answered yet when the attempt ended.',

	'pair-not-connected': ({ outcomes }, say) => outcomes.map(say).join(' '),
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

function sameNat({ address, hairpin, differentNetworks }: PairValues['pair-same-nat']): string {
	const behind = `Both devices are behind ${address}`;
	if (hairpin === 'yes') return `${behind}, and this NAT hairpins packets between them.`;
	if (hairpin === 'no' && differentNetworks) return `${behind} in different networks, and this NAT does not hairpin packets.`;
	return `${behind}. In one network they reach each other by their own addresses; behind a shared NAT of a carrier they do only where it hairpins packets, which ${hairpin === 'no' ? 'it did not when it was tested' : 'was not tested'}.`;
}

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
	const type = (candidate: ConnectedPair['local']) => (candidate ? (TYPES[candidate.type] ?? candidate.type) : 'unknown');
	const relay = local?.relayProtocol && local.type === 'relay' ? ` over ${local.relayProtocol.toUpperCase()}` : '';
	return `${type(local)}${relay} to ${type(remote)}`;
}

const TYPES: Record<string, string> = {
	host: 'host',
	srflx: 'server-reflexive',
	prflx: 'peer-reflexive',
	relay: 'relay'
};
