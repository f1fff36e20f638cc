/** The values of every rule about session descriptions: each language has to have a message for each (core/messages). */
import type { AdviceValues } from './advice-values';
import type { BrowserSectionValues } from './browser-section-values';
import type { CodecValues } from './codec-values';
import type { RoundValues } from './round-values';
import type { BundleValues } from './bundle-values';
import type { DtlsValues } from './dtls-values';
import type { ExchangeValues } from './exchange-values';
import type { IceValues } from './ice-values';
import type { MungingValues } from './munging-values';
import type { PayloadTypeValues } from './payload-types-values';
import type { RefusedLineValues } from './refused-line-values';
import type { RefusedValues } from './refused-values';
import type { SourceValues } from './sources-values';
import type { SyntaxValues } from './syntax-values';

export interface SdpValues
	extends
		SyntaxValues,
		RefusedLineValues,
		RefusedValues,
		PayloadTypeValues,
		IceValues,
		DtlsValues,
		BundleValues,
		ExchangeValues,
		SourceValues,
		AdviceValues,
		BrowserSectionValues,
		CodecValues,
		RoundValues,
		MungingValues {}

export type SdpRuleId = keyof SdpValues;
