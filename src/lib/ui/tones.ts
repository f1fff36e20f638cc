/** How a result is shown. Three states for what was measured, amber for advice, grey for what is not known. */
import type { Finding, ServerConclusion } from '../core/report/report';
import type { Tone } from '../core/report/headline-words';
import { isUndecided, isUnproven } from '../core/report/picture/paths';

export { answerTone, type Tone } from '../core/report/headline-words';
export { isUnproven };

export function serverTone(server: Pick<ServerConclusion, 'state' | 'proof'>): Tone {
	if (server.state === 'works') return 'fine';
	return isUndecided(server) ? 'unknown' : 'problem';
}

export function findingTone(severity: Finding['severity']): Tone {
	return severity === 'info' ? 'normal' : severity;
}
