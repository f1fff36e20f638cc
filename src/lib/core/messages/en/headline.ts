/** The verdict in one sentence, in English. */
import { count } from '../../base/format';
import { list } from '../../base/list';
import type { FailedTurn } from '../../verdict/check/answer-values';
import type { HeadlineValues } from '../../verdict/check/headline-values';
import type { MessagesOf, Say } from '../messages';
import { withUser } from './answers';
import { NO_CONNECTIONS, NO_WEBRTC } from './vocabulary';

export const HEADLINE: MessagesOf<keyof HeadlineValues | 'pair-attempt-against-prediction'> = {
	'headline-fails': ({ answer }, say) => say(answer),
	'headline-direct': () => 'Direct calls should work from this network.',
	'headline-turn-always': () =>
		'Calls should work through TURN; nothing came back over UDP from outside, so no direct path was seen.',
	'headline-turn-always-unproven': () =>
		'Nothing came back over UDP from outside, so calls need TURN over TCP or TLS, and no such server has been proven to work.',
	'headline-with-turn': () => 'Calls should work: directly where the other side allows it, through TURN otherwise.',
	'headline-with-turn-at-hand': ({ mostDirectly }) =>
		mostDirectly
			? 'Calls should work: directly to most peers, through TURN to the rest.'
			: 'Calls should work through TURN; which of them would also work without it is not known.',
	'headline-needs-working-turn': () =>
		'Calls should work directly to some peers only; the others need TURN, and no TURN server outside has been proven to work.',
	'headline-own-servers': ({ workingUrls, others, calls }) => {
		const all = workingUrls.length + others.length;
		const some = `${workingUrls.length} of ${count(all, 'server')} ${workingUrls.length === 1 ? 'works' : 'work'}`;
		const none = all === 1 ? 'The server is not proven to work' : `None of ${all} servers is proven to work`;
		const servers =
			others.length > 0
				? `${workingUrls.length > 0 ? some : none}. ${failures(others)}`
				: all === 1
					? 'The server works'
					: `All ${all} servers work`;
		return calls === 'only-local-servers'
			? `${servers}. All answers came from inside this network, so calls beyond it are not tested.`
			: `${servers}. Whether calls would work is not known.`;
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
	'headline-import-connected': ({ worst, connections, established }, say) => {
		if (worst) return say(worst);
		const which =
			connections === established ? (connections === 2 ? 'Both' : `All ${connections}`) : `${established} of ${connections}`;
		return `${connections === 1 ? 'The connection was' : `${which} connections were`} established, and nothing stands out.`;
	},
	'headline-import-failed': dump,
	'headline-import-network': ({ said }, say) => say(said),
	'headline-import-unknown': ({ worst, connections }, say) => {
		if (worst || connections === 0) return dump({ worst, connections }, say);
		const which = connections === 1 ? 'the connection was' : `any of ${count(connections, 'connection')} was`;
		return `This recording does not show whether ${which} established.`;
	},

	'headline-call-quality': ({ answer }, say) => say(answer),

	'headline-reach-yes': ({ said }, say) => say(said),
	'headline-reach-partly': ({ said }, say) => say(said),
	'headline-reach-no': ({ said }, say) => say(said),
	'headline-reach-unknown': ({ said }, say) => (said === null ? 'Cannot tell: the test was stopped.' : say(said))
};

const IN_FEW_WORDS: Record<FailedTurn['state'], string> = {
	works: 'works',
	'allocates-only': 'no data through the relay',
	unauthorized: 'login refused',
	'quota-reached': 'no more relays',
	unreachable: 'not reached',
	'tls-failed': 'TLS failed',
	misconfigured: 'misconfigured',
	'not-asked': 'not asked',
	'not-tested': 'not tested',
	unknown: 'no clear result'
};

/** Those that fail alike together, and no more than three by name. */
function failures(others: readonly FailedTurn[]): string {
	const named = others.slice(0, others.length > 3 ? 2 : 3);
	const states = [...new Set(named.map(({ state }) => state))];
	const told = states.map(
		(state) => `${list(named.filter((each) => each.state === state).map(withUser))}: ${IN_FEW_WORDS[state]}`
	);
	const rest = others.length - named.length;
	return [...told, ...(rest > 0 ? [`${rest} more are not known to work`] : [])].join('; ');
}

function dump({ worst, connections }: HeadlineValues['headline-import-failed'], say: Say): string {
	if (worst) return say(worst);
	return connections === 0 ? NO_CONNECTIONS : `Nothing stands out in this dump of ${count(connections, 'connection')}.`;
}

function uncapitalised(sentence: string): string {
	return sentence.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
}
