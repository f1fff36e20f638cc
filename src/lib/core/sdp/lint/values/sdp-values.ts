/** The values of every rule about session descriptions: each language has to have a message for each (core/messages). */
import type { IceValues } from './ice-values';
import type { DtlsValues } from './dtls-values';
import type { BundleValues } from './bundle-values';

export type SdpValues = BundleValues & DtlsValues & IceValues;

export type SdpRuleId = keyof SdpValues;
