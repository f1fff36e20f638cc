/** The examples of every rule. They document and test the rules, so nothing that judges loads them. */
import type { RuleEntry } from '../rules/all-rules';
import type { RuleExample } from '../rules/rule';
import type { SdpRuleId } from '../values/sdp-values';
import { CANDIDATE_EXAMPLES } from './candidates-examples';
import { ICE_CREDENTIAL_EXAMPLES } from './ice-credentials-examples';
import { FINGERPRINT_EXAMPLES } from './fingerprints-examples';
import { DTLS_ROLE_EXAMPLES } from './dtls-roles-examples';
import { MID_EXAMPLES } from './mids-examples';
import { BUNDLE_EXAMPLES } from './bundle-examples';
import { HEADER_EXTENSION_EXAMPLES } from './header-extensions-examples';

const EXAMPLES: Readonly<Record<SdpRuleId, RuleExample>> = {
	...HEADER_EXTENSION_EXAMPLES,
	...BUNDLE_EXAMPLES,
	...MID_EXAMPLES,
	...DTLS_ROLE_EXAMPLES,
	...FINGERPRINT_EXAMPLES,
	...CANDIDATE_EXAMPLES,
	...ICE_CREDENTIAL_EXAMPLES
};

export function exampleOf({ id, good, bad }: RuleEntry): RuleExample {
	return Object.hasOwn(EXAMPLES, id) ? EXAMPLES[id as SdpRuleId] : { good: good!, bad: bad! };
}
