/** The values of every rule about session descriptions: each language has to have a message for each (core/messages). */
import type { IceValues } from './ice-values';
import type { DtlsValues } from './dtls-values';
import type { BundleValues } from './bundle-values';
import type { SourceValues } from './sources-values';
import type { PayloadTypeValues } from './payload-types-values';
import type { ExchangeValues } from './exchange-values';
import type { AdviceValues } from './advice-values';

export type SdpValues = AdviceValues & ExchangeValues & PayloadTypeValues & SourceValues & BundleValues & DtlsValues & IceValues;

export type SdpRuleId = keyof SdpValues;
