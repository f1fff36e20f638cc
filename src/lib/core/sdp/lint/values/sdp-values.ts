/** The values of every rule about session descriptions: each language has to have a message for each (core/messages). */
import type { IceValues } from './ice-values';

export type SdpValues = IceValues;

export type SdpRuleId = keyof SdpValues;
