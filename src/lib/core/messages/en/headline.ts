/** The verdict in one sentence, in English. */
import { count } from '../../base/format';
import { list } from '../../base/list';
import type { HeadlineValues } from '../../verdict/check/headline-values';
import type { MessagesOf, Say } from '../messages';
import { failure } from './answers';
import { NO_CONNECTIONS, NO_WEBRTC } from './vocabulary';

export const HEADLINE: MessagesOf<keyof HeadlineValues | 'pair-attempt-against-prediction'> = {
	'headline-fails': ({ answer }, say) => say(answer),
	'headline-direct': () => 'Direct calls work from this network.',
	'headline-turn-always': () => 'Calls work through TURN; nothing came back over UDP from outside, so no direct path was seen.',
	'headline-turn-always-unproven': () =>
		'Nothing came back over UDP from outside, so calls need TURN over TCP or TLS, and no such server has been proven to work.',
	'headline-with-turn': () => 'Calls work: directly where the other side allows it, through TURN otherwise.',
	'headline-with-turn-at-hand': ({ mostDirectly }) =>
		mostDirectly
			? 'Calls work: directly to most peers, through TURN to the rest.'
			: 'Calls work through TURN; which of them would also work without it is not known.',
	'headline-needs-working-turn': () =>
		'Calls work directly to some peers only; the others need TURN, and no TURN server outside has been proven to work.',
	'headline-own-servers': ({ workingUrls, others, network }, say) => {
		const all = workingUrls.length + others.length;
		const working = `${workingUrls.length} of ${count(all, 'server')} ${workingUrls.length === 1 ? 'works' : 'work'}: ${list(workingUrls)}`;
		return `${[working, ...others.map(failure)].join('; ')}. Whether calls would work: ${uncapitalised(say(network))}`;
	},
	'headline-mostly-direct': () =>
		'Cannot tell for every peer: direct calls to most should work, and for the rest no TURN server outside has been proven to work.',
	'headline-webrtc-missing': () => `Cannot tell: ${uncapitalised(NO_WEBRTC)}`,
	'headline-loopback-not-used': ({ urls }) =>
		`Cannot tell: Firefox asked no server, since ${list(urls)} ${urls.length === 1 ? 'is' : 'are'} on this machine itself, where it asks none unless configured to.`,
	'headline-cannot-tell': ({ answer }, say) => `Cannot tell: ${uncapitalised(say(answer))}`,

	'headline-pair-direct': ({ outcome }, say) => say(outcome),
	'headline-pair-relay': ({ outcome }, say) => say(outcome),
	'headline-pair-ended': ({ outcome }, say) => say(outcome),
	'headline-pair-not-connected': ({ host, guest }) => `${host} and ${guest} did not connect.`,
	'pair-attempt-against-prediction': ({ outcome }, say) => `${say(outcome)} The two checks had predicted otherwise.`,

	'headline-import-media-problem': dump,
	'headline-import-connected': dump,
	'headline-import-failed': dump,
	'headline-import-unknown': dump,

	'headline-call-quality': ({ answer }, say) => say(answer)
};

function dump({ worst, connections }: HeadlineValues['headline-import-connected'], say: Say): string {
	if (worst) return say(worst);
	return connections === 0 ? NO_CONNECTIONS : `Nothing stands out in this dump of ${count(connections, 'connection')}.`;
}

function uncapitalised(sentence: string): string {
	return sentence.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
}
