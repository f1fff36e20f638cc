/** The examples of every rule. They document and test the rules, so nothing that judges loads them. */
import type { RuleExample } from '../rules/rule';
import type { SdpRuleId } from '../values/sdp-values';
import { ADVICE_EXAMPLES } from './advice-examples';
import { ANSWERED_CODEC_EXAMPLES } from './answered-codecs-examples';
import { ANSWERED_SECTION_EXAMPLES } from './answered-sections-examples';
import { ATTRIBUTE_EXAMPLES } from './attributes-examples';
import { BROWSER_LINE_EXAMPLES } from './browser-lines-examples';
import { BROWSER_SECTION_EXAMPLES } from './browser-sections-examples';
import { BROWSER_VALUE_EXAMPLES } from './browser-values-examples';
import { BUNDLE_EXAMPLES } from './bundle-examples';
import { CANDIDATE_EXAMPLES } from './candidates-examples';
import { CODEC_PARAMETER_EXAMPLES } from './codec-parameters-examples';
import { CODEC_EXAMPLES } from './codecs-examples';
import { DATA_CHANNEL_EXAMPLES } from './data-channels-examples';
import { DTLS_ROLE_EXAMPLES } from './dtls-roles-examples';
import { FINGERPRINT_EXAMPLES } from './fingerprints-examples';
import { HEADER_EXTENSION_EXAMPLES } from './header-extensions-examples';
import { ICE_CREDENTIAL_EXAMPLES } from './ice-credentials-examples';
import { LATER_ROUND_EXAMPLES } from './later-rounds-examples';
import { LINE_EXAMPLES } from './lines-examples';
import { MID_EXAMPLES } from './mids-examples';
import { MUNGING_EXAMPLES } from './munging-examples';
import { PAYLOAD_TYPE_EXAMPLES } from './payload-types-examples';
import { EXCHANGE_EXAMPLES } from './rounds-examples';
import { SESSION_LINE_EXAMPLES } from './session-lines-examples';
import { SIMULCAST_EXAMPLES } from './simulcast-examples';
import { SOURCE_EXAMPLES } from './sources-examples';

export const EXAMPLES: Readonly<Record<SdpRuleId, RuleExample>> = {
	...BROWSER_VALUE_EXAMPLES,
	...BROWSER_LINE_EXAMPLES,
	...ATTRIBUTE_EXAMPLES,
	...LINE_EXAMPLES,
	...SESSION_LINE_EXAMPLES,
	...ADVICE_EXAMPLES,
	...EXCHANGE_EXAMPLES,
	...ANSWERED_CODEC_EXAMPLES,
	...ANSWERED_SECTION_EXAMPLES,
	...CODEC_EXAMPLES,
	...PAYLOAD_TYPE_EXAMPLES,
	...DATA_CHANNEL_EXAMPLES,
	...SIMULCAST_EXAMPLES,
	...SOURCE_EXAMPLES,
	...HEADER_EXTENSION_EXAMPLES,
	...BUNDLE_EXAMPLES,
	...MID_EXAMPLES,
	...DTLS_ROLE_EXAMPLES,
	...FINGERPRINT_EXAMPLES,
	...CANDIDATE_EXAMPLES,
	...ICE_CREDENTIAL_EXAMPLES,
	...BROWSER_SECTION_EXAMPLES,
	...CODEC_PARAMETER_EXAMPLES,
	...LATER_ROUND_EXAMPLES,
	...MUNGING_EXAMPLES
};
