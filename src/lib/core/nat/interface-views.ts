/** What was learnt of each interface of this device, where the browser shows to which of its addresses an answer belongs. */
import type { Family } from '../base/ip';
import { baseOf, serverReflexive } from '../observations/candidates';
import type { ObservationIndex } from '../observations/observation-index';
import type { Mapping } from './conclusion';
import { isOutsideText, natEvidence, plain } from './evidence';
import { MAPPING_RULES } from './mapping-rules';

export interface InterfaceView {
	/** The device's own address there. */
	address: string;
	/** What servers beyond it saw the device as. */
	seenAs: string[];
	mapping: Mapping;
	observations: number[];
}

/** Those of one family that a server answered on, in the order in which they were seen. */
export function interfaceViews(observed: ObservationIndex, family: Family): InterfaceView[] {
	const all = [...observed.seen('ice-gathering'), ...observed.seen('server-gathering'), ...observed.seen('nat-mapping')];
	const views = new Map<string, InterfaceView>();
	for (const { data, index } of all)
		for (const candidate of serverReflexive(data, family)) {
			const base = baseOf(candidate);
			if (!base || !isOutsideText(candidate.address)) continue;
			const address = plain(base.address);
			const view = views.get(address) ?? { address, seenAs: [], mapping: 'unknown', observations: [] };
			view.seenAs = [...new Set([...view.seenAs, plain(candidate.address!)])];
			view.observations = [...new Set([...view.observations, index])];
			views.set(address, view);
		}
	return [...views.values()].map((view) => ({ ...view, mapping: mappingAt(observed, family, view) }));
}

/**
 * Of the sockets of one interface alone. A mapping for all destinations takes every observer's answer on this interface; equal ones are
 * reported once, so that only an end without any error shows that none was missing.
 */
function mappingAt(observed: ObservationIndex, family: Family, { address, seenAs }: InterfaceView): Mapping {
	for (const evidence of natEvidence(observed, family)) {
		const sockets = evidence.sockets.filter(({ base }) => base !== null && plain(base.address) === address);
		const own = { ...evidence, sockets, hosts: [address], publicAddresses: seenAs };
		const { then } = MAPPING_RULES.find((rule) => rule.when(own))!;
		if (then === 'unknown' || sockets.length === 0) continue;
		const shared = observed.seen('nat-mapping').find(({ index }) => index === evidence.mappingObservation)?.data;
		const everyAnswer = shared?.completeMs != null && shared.errors.length === 0 && !shared.noErrorEvents;
		if (then !== 'endpoint-independent' || everyAnswer) return then;
	}
	return 'unknown';
}
