/** The simulcast layers of a description, and what an offer and its answer agree on of them (RFC 8853, rids by RFC 8851). */
import { codecName, matchesOf } from '../text/codecs';
import type { Description, On, Section } from '../text/description';
import type { Rid } from '../text/attribute-values';
import { decimal } from '../text/values';
import type { Party } from './negotiated';

/** One way of sending a layer: a rid. */
export interface LayerChoice {
	rid: string;
	/** Marked with a `~`: it begins paused (RFC 8853 §5.1). */
	paused: boolean;
	/** Of its a=rid, 1-based; null where there is none of this direction. */
	line: number | null;
	/** Codecs that it is restricted to, by name, or the payload type where that is none; empty for all of the section. */
	codecs: string[];
	/** `max-width` and its like, without `pt`. */
	restrictions: [name: string, value: string][];
}

/** Alternatives, the preferred one first. */
export type Layer = LayerChoice[];

/** Streams announced by number instead of by rid: the way before RFC 8853. */
export interface SourceSimulcast {
	line: number;
	/** In the order of the group, each with its retransmissions. */
	streams: { ssrc: string; rtx: string | null }[];
}

export interface SectionSimulcast {
	index: number;
	kind: string;
	mid: string | null;
	/** Of the a=simulcast; null where there is none. */
	line: number | null;
	/** In the order of preference, the most preferred first (RFC 8853 §5.2). */
	send: Layer[];
	recv: Layer[];
	/** Rids that no a=simulcast names: restrictions of a stream, and no layer. */
	unused: (LayerChoice & { direction: Rid['direction'] })[];
	/** Written in the syntax of an early draft. */
	draftSyntax: boolean;
	groups: SourceSimulcast[];
}

/** Why a layer that was offered is not agreed on. */
export type LayerLoss =
	| 'section-not-used'
	| 'no-simulcast-answered'
	| 'direction-not-answered'
	| 'layer-not-answered'
	| 'rid-not-answered'
	| 'no-codec-left';

export interface OfferedLayer {
	layer: Layer;
	/** Null when it is agreed on. */
	lost: LayerLoss | null;
	/** Rids of the alternatives that are left. */
	kept: string[];
	/** Whose description marks everything that is left of it as paused. */
	paused: { offer: boolean; answer: boolean };
	/** Restrictions that the answer adds, changes or leaves out; null for not there. */
	changed: { rid: string; name: string; offer: string | null; answer: string | null }[];
}

/** The layers that one end would send. */
export interface NegotiatedLayers {
	index: number;
	kind: string;
	mid: string | null;
	sender: Party;
	/** Whether the directions of both let that end send at present. */
	sends: boolean;
	layers: OfferedLayer[];
	/** Rids of the answer that the offer does not have. */
	added: string[];
}

/** Sections that say anything of simulcast. */
export function simulcastOf(sdp: Description): SectionSimulcast[] {
	return sdp.sections.flatMap((section) => {
		const own = ofSection(section);
		return own.line === null && own.unused.length === 0 && own.groups.length === 0 ? [] : [own];
	});
}

function ofSection(section: Section): SectionSimulcast {
	const simulcast = section.simulcast[0] ?? null;
	const layers = (direction: Rid['direction']) =>
		(simulcast?.value[direction] ?? []).map((layer) =>
			layer.map((rid) => choiceOf(section, rid, direction, simulcast!.value.paused.includes(rid)))
		);
	const [send, recv] = [layers('send'), layers('recv')];
	const named = new Set([...send, ...recv].flat().map(({ rid }) => rid));
	return {
		index: section.index,
		kind: section.kind,
		mid: section.mid,
		line: simulcast?.line.number ?? null,
		send,
		recv,
		unused: section.rids
			.filter(({ value }) => !named.has(value.id))
			.map(({ value }) => ({ ...choiceOf(section, value.id, value.direction, false), direction: value.direction })),
		draftSyntax: simulcast?.value.draftSyntax ?? false,
		groups: groupsOf(section)
	};
}

function ridOf(section: Section, id: string, direction: Rid['direction']): On<Rid> | null {
	return section.rids.find(({ value }) => value.id === id && value.direction === direction) ?? null;
}

function choiceOf(section: Section, rid: string, direction: Rid['direction'], paused: boolean): LayerChoice {
	const declared = ridOf(section, rid, direction);
	return {
		rid,
		paused,
		line: declared?.line.number ?? null,
		codecs: (declared?.value.payloadTypes ?? []).map((payloadType) => {
			const codec = section.codecs.get(decimal(payloadType.trim()) ?? -1);
			return codec ? codecName(codec) : payloadType;
		}),
		restrictions: [...(declared?.value.restrictions ?? [])].filter(([name]) => name !== 'pt')
	};
}

function groupsOf(section: Section): SourceSimulcast[] {
	const rtx = new Map(
		section.sourceGroups
			.filter(({ value }) => value.semantics === 'FID' && value.ssrcs.length === 2)
			.map(({ value }) => [value.ssrcs[0]!, value.ssrcs[1]!])
	);
	return section.sourceGroups
		.filter(({ value }) => value.semantics === 'SIM')
		.map(({ line, value }) => ({
			line: line.number,
			streams: value.ssrcs.map((ssrc) => ({ ssrc, rtx: rtx.get(ssrc) ?? null }))
		}));
}

/** Of each section and end the layers that the offer names, and what became of each. */
export function negotiateSimulcast(offer: Description, answer: Description): NegotiatedLayers[] {
	return offer.sections.flatMap((offered) => {
		const found = answer.sections[offered.index] ?? null;
		// An answered port 0 refuses the section, bundled or not (RFC 3264 §6).
		return negotiateSectionSimulcast(offered, offered.rejected || found?.port === 0 ? null : found);
	});
}

/** The same of one section, for each end that would send layers. `answered` is null where the section is not used. */
export function negotiateSectionSimulcast(offered: Section, answered: Section | null): NegotiatedLayers[] {
	return (['offerer', 'answerer'] as const)
		.map((sender) => layersOf(offered, answered, sender))
		.filter(({ layers, added }) => layers.length > 0 || added.length > 0);
}

function layersOf(offered: Section, answered: Section | null, sender: Party): NegotiatedLayers {
	const [mine, theirs] = sender === 'offerer' ? (['send', 'recv'] as const) : (['recv', 'send'] as const);
	const given = ofSection(offered);
	const back = answered ? ofSection(answered) : null;
	const [from, to] = sender === 'offerer' ? [offered, answered] : [answered, offered];
	const known = new Set(given[mine].flat().map(({ rid }) => rid));
	return {
		index: offered.index,
		kind: offered.kind,
		mid: offered.mid,
		sender,
		sends: from !== null && to !== null && /^send/.test(from.direction) && /recv/.test(to.direction),
		layers: given[mine].map((layer) => {
			const accepted = (back?.[theirs] ?? []).flat();
			const listed = layer.filter(({ rid }) => accepted.some((each) => each.rid === rid));
			const declared = listed.filter(({ rid }) => ridOf(answered!, rid, theirs));
			const kept = declared.filter(({ rid }) => hasCodec(offered, answered!, ridOf(offered, rid, mine)));
			return {
				layer,
				lost: lossOf(back, theirs, [listed, declared, kept]),
				kept: kept.map(({ rid }) => rid),
				paused: { offer: pausedIn(kept), answer: pausedIn(kept.map(({ rid }) => accepted.find((each) => each.rid === rid)!)) },
				changed: kept.flatMap((choice) =>
					changesOf(
						choice,
						accepted.find(({ rid }) => rid === choice.rid)!
					)
				)
			};
		}),
		added: (back?.[theirs] ?? []).flat().flatMap(({ rid }) => (known.has(rid) ? [] : [rid]))
	};
}

const pausedIn = (choices: readonly LayerChoice[]) => choices.length > 0 && choices.every(({ paused }) => paused);

function lossOf(
	back: SectionSimulcast | null,
	theirs: Rid['direction'],
	[listed, declared, kept]: [Layer, Layer, Layer]
): LayerLoss | null {
	if (!back) return 'section-not-used';
	if (back.line === null) return 'no-simulcast-answered';
	if (back[theirs].length === 0) return 'direction-not-answered';
	if (listed.length === 0) return 'layer-not-answered';
	if (declared.length === 0) return 'rid-not-answered';
	return kept.length === 0 ? 'no-codec-left' : null;
}

/** Whether a codec that the rid is restricted to is one of the answer (RFC 8851 §4: `pt`). */
function hasCodec(offered: Section, answered: Section, rid: On<Rid> | null): boolean {
	if (!rid || rid.value.payloadTypes.length === 0) return true;
	return rid.value.payloadTypes.some((payloadType) => {
		const codec = offered.codecs.get(decimal(payloadType.trim()) ?? -1);
		return codec !== undefined && matchesOf(codec, offered, answered).length > 0;
	});
}

function changesOf(offered: LayerChoice, answered: LayerChoice): OfferedLayer['changed'] {
	const [before, after] = [new Map(offered.restrictions), new Map(answered.restrictions)];
	return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
		const [offer, answer] = [before.get(name) ?? null, after.get(name) ?? null];
		return offer === answer ? [] : [{ rid: offered.rid, name, offer, answer }];
	});
}
