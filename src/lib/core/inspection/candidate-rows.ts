/** Every candidate of what was given as a row of a table: its fields, where its address can be reached from, and its priority taken apart. */
import { scopeOfText, type Scope } from '../base/ip';
import type { Recognised } from '../dump/recognised';
import { isMdnsName } from '../ice/candidate';
import { explainPriority, type PriorityExplanation } from '../ice/priority';
import { readCandidate, type CandidateValue } from '../sdp/text/candidate-fields';
import type { Description } from '../sdp/text/description';
import type { AnalysedDescription } from './analysis';

/** A name tells nothing of where it leads; a `.local` one is known to hide an address. */
export type AddressKind = Scope | 'mdns' | 'name';

export type PriorityMaker = 'chromium' | 'firefox';

export interface CandidateRow {
	/** Index in the analysis; null for a candidate that came by itself. */
	description: number | null;
	/** In the description, 1-based; null for one that came by itself. */
	line: number | null;
	/** What it came in, for people: the description or the connection. Null for a candidate that came alone. */
	source: string | null;
	/** Of a recorded connection: which end's it is. */
	side: 'local' | 'remote' | null;
	/** Its m-section: the mid, or the number of the section where it has none. Null where nothing says. */
	mid: string | null;
	value: CandidateValue;
	kind: AddressKind;
	/** Null where there is no related address. */
	relatedKind: AddressKind | null;
	/** Null where the number is no priority. */
	priority: PriorityExplanation | null;
	/** Whose way of making local preferences it follows; null where nothing proves it. */
	maker: PriorityMaker | null;
	/**
	 * The earlier or preferred row that it adds nothing to: `repeated` with every field the same, `redundant` with the same address and the
	 * same base, of which an agent keeps the one of the higher priority (RFC 8445 §5.1.3).
	 */
	extra: { how: 'repeated' | 'redundant'; of: number } | null;
}

/** The candidates of all descriptions in their order, then those that came by themselves. */
export function candidateRows(
	descriptions: readonly AnalysedDescription[],
	inputs: readonly Pick<Recognised, 'candidates' | 'session'>[]
): CandidateRow[] {
	const groups = [
		...descriptions.flatMap(({ given, sdp }, index) => rowsOfDescription(sdp, given.label, index)),
		...inputs.flatMap(({ candidates, session }) => [
			rowsOfLines(candidates.map((line) => ({ line, source: null, side: null, mid: null }))),
			...(session?.peers ?? []).flatMap(({ id, label }) =>
				(['candidate', 'add-candidate'] as const).map((call) =>
					rowsOfLines(
						session!.events.flatMap((event) =>
							event.peer === id && event.call === call && TOLD.has(event.phase) && event.candidate
								? [{ line: event.candidate, source: label, side: SIDES[call], mid: midIn(event.detail ?? '') }]
								: []
						)
					)
				)
			)
		])
	];
	const rows: CandidateRow[] = [];
	for (const group of groups) {
		const first = rows.length;
		for (const row of group) rows.push(row.extra ? { ...row, extra: { ...row.extra, of: row.extra.of + first } } : row);
	}
	return rows;
}

function rowsOfDescription(sdp: Description, source: string, description: number): CandidateRow[][] {
	const all = sdp.sections.flatMap((section) => section.candidates.map(({ value }) => value));
	const maker = makerOf(sdp.origin?.value.username ?? null, all);
	return sdp.sections.map(({ candidates, mid, index }) =>
		marked(
			candidates.map(({ line, value }) => ({
				...rowOf(value, maker),
				description,
				line: line.number,
				source,
				side: null,
				mid: mid ?? String(index + 1)
			}))
		)
	);
}

const SIDES = { candidate: 'local', 'add-candidate': 'remote' } as const;
/** A candidate stands in the event or the call; its promise says it again. */
const TOLD = new Set(['event', 'called']);

/** `sdpMid: 0, …` of webrtc-internals, `"sdpMid":"0"` of the others. */
function midIn(detail: string): string | null {
	return /sdpMid"?: ?"?([^",}]+)/.exec(detail)?.[1] ?? null;
}

function rowsOfLines(lines: readonly ({ line: string } & Pick<CandidateRow, 'source' | 'side' | 'mid'>)[]): CandidateRow[] {
	return marked(
		lines.flatMap(({ line, ...more }) => {
			const { value } = readCandidate(line.trim().replace(/^(a=)?candidate:/, ''));
			return value ? [{ ...rowOf(value, makerOf(null, [value])), description: null, line: null, ...more }] : [];
		})
	);
}

type OwnFields = Omit<CandidateRow, 'description' | 'line' | 'source' | 'side' | 'mid'>;

function rowOf(value: CandidateValue, maker: PriorityMaker | null): OwnFields {
	return {
		value,
		kind: kindOf(value.address),
		relatedKind: value.relatedAddress === null ? null : kindOf(value.relatedAddress),
		priority: value.priority === null ? null : explainPriority(value.priority, maker ?? 'unknown'),
		maker,
		extra: null
	};
}

function kindOf(address: string): AddressKind {
	return scopeOfText(address) ?? (isMdnsName(address) ? 'mdns' : 'name');
}

/**
 * Firefox names itself in o=, and libwebrtc alone writes what a network costs (webrtc_sdp.cc, `network-id` and `network-cost`). Where both
 * are there, or neither, the candidates may be anybody's.
 */
function makerOf(username: string | null, candidates: readonly CandidateValue[]): PriorityMaker | null {
	const firefox = username !== null && username.startsWith('mozilla...THIS_IS_SDPARTA');
	const libwebrtc = candidates.some(({ extensions }) => extensions.some(({ name }) => /^network-(id|cost)$/.test(name)));
	return firefox === libwebrtc ? null : firefox ? 'firefox' : 'chromium';
}

/** Marks what adds nothing among the candidates of one section and one end. */
function marked(rows: CandidateRow[]): CandidateRow[] {
	const kept = new Map<string, number>();
	rows.forEach((row, index) => {
		const key = placeOf(row);
		if (key === null) return;
		const before = kept.get(key);
		if (before === undefined || (row.value.priority ?? 0) > (rows[before]!.value.priority ?? 0)) kept.set(key, index);
	});
	return rows.map((row, index) => {
		const of = kept.get(placeOf(row) ?? '');
		if (of === undefined || of === index) return row;
		const other = rows[of]!.value;
		const same =
			other.priority === row.value.priority && other.type === row.value.type && other.foundation === row.value.foundation;
		return { ...row, extra: { how: same ? 'repeated' : 'redundant', of } };
	});
}

/** Component, transport, address and base: what two candidates have in common when one is redundant. Null where the base is hidden. */
function placeOf({ mid, value }: CandidateRow): string | null {
	const { component, transport, tcpType, address, port, type, relatedAddress, relatedPort } = value;
	const ufrag = value.extensions.find(({ name }) => name === 'ufrag')?.value;
	const own = `${address.toLowerCase()} ${port}`;
	let base = own;
	// The related address of a reflexive candidate is its base, of a relayed one it is what the server saw (RFC 8839 §5.1).
	if (type === 'srflx' || type === 'prflx') {
		const scope = scopeOfText(relatedAddress);
		if (relatedAddress === null || !relatedPort || scope === null || scope === 'unspecified') return null;
		base = `${relatedAddress.toLowerCase()} ${relatedPort}`;
	}
	return [mid, ufrag, component, transport, tcpType, own, base].join(' ');
}
