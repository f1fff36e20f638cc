/** An entry of a table about a NAT: when it speaks, what it concludes, and the values of what it says. */
import type { NextStepId } from '../plan/next-steps';

export type NatRule<Values, Evidence extends unknown[], Conclusion> = {
	[Id in keyof Values]: {
		/** Kebab-case, never reused: saved reports hold it. */
		id: Id;
		when(...evidence: Evidence): boolean;
		then: Conclusion;
		values(...evidence: Evidence): Values[Id];
		/** What would settle it; only where the conclusion stays unknown. */
		missing?: NextStepId;
	};
}[keyof Values];
