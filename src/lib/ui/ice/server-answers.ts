/** Rows of the ICE screen's table of servers: what the check concludes of each server asked alone, and with which user name. Pure. */
import { duration } from '../../core/base/format';
import type { IceServer } from '../../core/ice/server';
import { FAMILY_WORDS, SERVER_STATE_WORDS, UNPROVEN_WORD } from '../../core/messages/en/vocabulary';
import { sentence } from '../../core/messages/en/sentence';
import type { Observation } from '../../core/observations/observation';
import type { PlannedStep } from '../../core/plan/plan';
import { isUnproven } from '../../core/report/path-diagram/paths';
import type { ServerConclusion } from '../../core/report/report';
import { words } from './ice-words';

export interface ServerAnswer {
	server: ServerConclusion;
	/** Null where the URL stands once, so that no user name tells rows apart; empty for an entry without one. */
	user: string | null;
}

/** How the servers were asked. */
export interface Asking {
	plan: readonly PlannedStep[];
	observations: readonly Observation[];
	iceServers: readonly IceServer[];
}

/** `servers` are concluded of these observations, which the steps of this plan made. */
export function serverAnswers(servers: readonly ServerConclusion[], { plan, observations, iceServers }: Asking): ServerAnswer[] {
	const stepOf = ({ observations: [first] }: ServerConclusion) =>
		plan.find(({ id }) => first !== undefined && id === observations[first]?.step);
	const timesAsked = (url: string) => plan.filter(({ probe, target }) => probe === 'server-gathering' && target === url).length;
	return servers.map((server) => {
		const entry = iceServers[stepOf(server)?.server ?? -1];
		return { server, user: entry && timesAsked(server.url) > 1 ? (entry.username ?? '') : null };
	});
}

export function stateWord(server: ServerConclusion): string {
	return isUnproven(server) ? UNPROVEN_WORD : SERVER_STATE_WORDS[server.state];
}

/** What it answered, or why it did not, in one sentence. */
export function answerOf(server: ServerConclusion): string {
	return sentence(server.error?.explanation ?? server);
}

/** `UDP · IPv4 · user ann · first answer after 34 ms`. */
export function aboutServer({ server: { transport, family, answeredMs }, user }: ServerAnswer): string {
	return [
		transport.toUpperCase(),
		family === 'unknown' ? '' : FAMILY_WORDS[family],
		user === null ? '' : words.servers.user(user),
		answeredMs === null ? '' : words.servers.firstAnswer(duration(answeredMs))
	]
		.filter((part) => part !== '')
		.join(' · ');
}
