/** What was gathered as JSON, for a program or an issue tracker; without credentials. Pure. */
import { everySentence as sentence } from '../../core/messages/en/every-sentence';
import type { GatherRun } from './ice-session.svelte';
import { answerOf } from './server-answers';

export function runAsJson(run: GatherRun, ending: string): string {
	const { iceServers, ...rest } = run.configuration;
	const { permission, candidates, errors, gathered, missing } = run;
	const servers = run.servers.map(({ server, user }) => {
		const { url, transport, family, state, proof, rule, answeredMs, error } = server;
		const { code = null, text = '' } = error ?? {};
		const browserSaid = error === null ? null : { code, text };
		const nextStep = error === null ? null : sentence(error.nextStep);
		return { url, user, transport, family, state, proof, rule, answeredMs, answered: answerOf(server), nextStep, browserSaid };
	});
	const told = {
		configuration: { ...rest, iceServers: (iceServers ?? []).map(({ urls, username }) => ({ urls, username })) },
		permission,
		ending,
		completeMs: gathered?.completeMs ?? null,
		candidates,
		missing: missing.map(({ candidateType, rule, values }) => ({ candidateType, rule, text: sentence({ rule, values }) })),
		errors,
		servers
	};
	return JSON.stringify(told, null, 2);
}
