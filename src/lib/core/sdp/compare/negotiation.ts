/** What an offer and its answer agreed on (RFC 3264, RFC 9429): media section by section, and the transports under them. */
import { codecName, decisiveDifference, isHelper, matchesOf, parametersOf, sameCodec } from '../text/codecs';
import type { Codec, Description, Section } from '../text/description';
import { EXTENSIONS } from '../explain/names-table';
import { lookUp } from '../explain/annotation-values';
import type {
	Both,
	NegotiatedCodec,
	NegotiatedData,
	NegotiatedExtension,
	NegotiatedSection,
	NegotiatedTransport,
	Negotiation,
	Party
} from './negotiated';
import { rejectionReason } from './rejection';
import { negotiateSectionSimulcast, type NegotiatedLayers } from './simulcast';
import { attributeValue, bundleWith, fingerprintsOf, iceOf, transportSection } from '../text/transport';
import { decimal } from '../text/values';

export function negotiate(offer: Description, answer: Description): Negotiation {
	const transports: NegotiatedTransport[] = [];
	const places = new Map<Section, number>();
	const count = Math.max(offer.sections.length, answer.sections.length);
	const sections: NegotiatedSection[] = [];
	for (let index = 0; index < count; index++) {
		const [offered, answered] = [offer.sections[index] ?? null, answer.sections[index] ?? null];
		const section = negotiateSection(offer, index, offered, answered);
		if (!section.rejected) section.transport = transportOf(offer, answer, offered!, answered!, transports, places);
		sections.push(section);
	}
	return { sections, transports, ice: iceRoles(offer, answer) };
}

function negotiateSection(
	offer: Description,
	index: number,
	offered: Section | null,
	answered: Section | null
): NegotiatedSection {
	const rejected = rejectionOf(offer, offered, answered);
	const live = rejected === null;
	const [from, to] = [offered as Section, answered as Section];
	return {
		index,
		kind: (offered ?? answered)!.kind,
		mid: { offer: offered?.mid ?? null, answer: answered?.mid ?? null },
		line: { offer: offered?.mLine.number ?? null, answer: answered?.mLine.number ?? null },
		rejected,
		direction: { offer: offered?.direction ?? null, answer: answered?.direction ?? null },
		sends: { offerer: live && sends(from) && receives(to), answerer: live && sends(to) && receives(from) },
		codecs: live && from.isRtp ? codecsOf(from, to) : [],
		extensions: live ? extensionsOf(from, to) : [],
		layers: live ? layersOf(negotiateSectionSimulcast(from, to)) : null,
		data: live && from.isData ? dataOf(from, to) : null,
		rtcpMux: live && from.attributes.has('rtcp-mux') && to.attributes.has('rtcp-mux'),
		transport: null
	};
}

function rejectionOf(offer: Description, offered: Section | null, answered: Section | null): NegotiatedSection['rejected'] {
	if (!offered) return { by: 'missing', reason: { kind: 'not-in-offer' } };
	if (!answered) return { by: 'missing', reason: { kind: 'not-in-answer' } };
	if (offered.rejected) return { by: 'offer', reason: { kind: 'stopped' } };
	if (answered.port === 0) return { by: 'answer', reason: rejectionReason(offer, offered, answered) };
	return null;
}

const sends = (section: Section) => section.direction === 'sendrecv' || section.direction === 'sendonly';
const receives = (section: Section) => section.direction === 'sendrecv' || section.direction === 'recvonly';

function codecsOf(offered: Section, answered: Section): NegotiatedCodec[] {
	const codecs: NegotiatedCodec[] = [];
	for (const codec of answered.listed) {
		if (codec.name.toLowerCase() === 'rtx') continue;
		const other = partnerOf(codec, answered, offered);
		if (!other) continue;
		const feedback = feedbackOf(offered, other);
		codecs.push({
			name: codecName(codec),
			payloadType: { offer: other.payloadType, answer: codec.payloadType },
			parameters: { offer: parametersText(offered, other), answer: parametersText(answered, codec) },
			feedback: [...feedbackOf(answered, codec)].filter((value) => feedback.has(value)),
			rtx: rtxOf(offered, other, answered, codec),
			helper: isHelper(codec)
		});
	}
	return codecs;
}

/** The offered entry that an answered one stands for: the same payload type where several fit. */
function partnerOf(codec: Codec, answered: Section, offered: Section): Codec | null {
	const same = offered.codecs.get(codec.payloadType);
	const own = parametersOf(answered, codec.payloadType);
	if (same && sameCodec(same, codec) && !decisiveDifference(codec, own, parametersOf(offered, same.payloadType))) return same;
	return matchesOf(codec, answered, offered)[0] ?? null;
}

function parametersText(section: Section, codec: Codec): string | null {
	const lines = section.fmtps.filter(({ value }) => value.format === String(codec.payloadType));
	return lines.length === 0 ? null : lines.map(({ value }) => value.text).join(';');
}

function feedbackOf(section: Section, codec: Codec): Set<string> {
	const own = section.feedback.filter(({ value }) => value.format === '*' || value.format === String(codec.payloadType));
	return new Set(own.map(({ value }) => value.value));
}

function rtxOf(offered: Section, other: Codec, answered: Section, codec: Codec): Both<number> | null {
	const find = (section: Section, target: Codec) =>
		section.listed.find(
			(each) =>
				each.name.toLowerCase() === 'rtx' && decimal(parametersOf(section, each.payloadType).get('apt')) === target.payloadType
		)?.payloadType ?? null;
	const both = { offer: find(offered, other), answer: find(answered, codec) };
	return both.offer === null || both.answer === null ? null : both;
}

function extensionsOf(offered: Section, answered: Section): NegotiatedExtension[] {
	const answers = new Map(answered.extensions.map(({ value }) => [`${value.uri} ${value.rest}`, value.id]));
	const all = new Map(offered.extensions.map(({ value }) => [`${value.uri} ${value.rest}`, value]));
	return [...all].map(([key, value]) => {
		const id = { offer: value.id, answer: answers.get(key) ?? null };
		return { uri: value.uri, words: lookUp(EXTENSIONS, value.uri)?.words ?? null, id, agreed: id.answer !== null };
	});
}

function layersOf(ends: readonly NegotiatedLayers[]): NegotiatedSection['layers'] {
	if (ends.length === 0) return null;
	const all = (sender: Party) => ends.filter((end) => end.sender === sender).flatMap(({ layers }) => layers);
	const agreed = (sender: Party) => all(sender).flatMap(({ lost, kept }) => (lost === null ? [kept.join(',')] : []));
	const refused = ends.flatMap(({ layers, added }) => [
		...layers.flatMap(({ lost, layer }) => (lost === null ? [] : [layer.map(({ rid }) => rid).join(',')])),
		...added
	]);
	return { offerer: agreed('offerer'), answerer: agreed('answerer'), refused };
}

/** RFC 8841 §6.1: 64 KiB where the attribute is absent; 0 means any size. */
const DEFAULT_MESSAGE_BYTES = 65_536;

function dataOf(offered: Section, answered: Section): NegotiatedData {
	const number = (section: Section, name: string) => decimal(section.attributes.get(name)?.[0]?.argument?.trim());
	const port = (section: Section) =>
		number(section, 'sctp-port') ?? decimal(section.attributes.get('sctpmap')?.[0]?.argument?.trim().split(' ')[0]);
	const size = (section: Section) => {
		const said = number(section, 'max-message-size') ?? DEFAULT_MESSAGE_BYTES;
		return said === 0 ? Infinity : said;
	};
	return {
		sctpPort: { offer: port(offered), answer: port(answered) },
		maxMessageSize: { offer: size(offered), answer: size(answered) }
	};
}

/** Finds or makes the transport of a section: the answer decides which sections are bundled (RFC 9143 §7.4). */
function transportOf(
	offer: Description,
	answer: Description,
	offered: Section,
	answered: Section,
	transports: NegotiatedTransport[],
	places: Map<Section, number>
): number {
	const bundle = bundleWith(answer, answered);
	const carrier = bundle?.tagged ?? answered;
	const known = places.get(carrier);
	if (known !== undefined) {
		transports[known]!.sections.push(answered.index);
		return known;
	}
	const from = offer.sections[carrier.index] ?? offered;
	const setup = {
		offer: attributeValue(offer, transportSection(offer, from), 'setup'),
		answer: attributeValue(answer, carrier, 'setup')
	};
	const print = (sdp: Description, section: Section) => {
		const value = fingerprintsOf(sdp, transportSection(sdp, section))[0]?.value;
		return value ? `${value.hash} ${value.digest}` : null;
	};
	const candidates = (sdp: Description, section: Section) => transportSection(sdp, section).candidates.map(({ value }) => value);
	transports.push({
		sections: [answered.index],
		bundled: bundle !== null,
		setup,
		dtlsClient: dtlsClient(setup.offer, setup.answer),
		fingerprint: { offer: print(offer, from), answer: print(answer, carrier) },
		iceUfrag: { offer: iceOf(offer, from).ufrag, answer: iceOf(answer, carrier).ufrag },
		candidates: { offer: candidates(offer, from), answer: candidates(answer, carrier) },
		trickle: { offer: trickles(offer, from), answer: trickles(answer, carrier) },
		rtcpMux: transportSection(offer, from).attributes.has('rtcp-mux') && carrier.attributes.has('rtcp-mux')
	});
	places.set(carrier, transports.length - 1);
	return transports.length - 1;
}

function trickles(sdp: Description, section: Section): boolean {
	const owner = transportSection(sdp, section);
	const options = attributeValue(sdp, owner, 'ice-options') ?? '';
	return (
		options.split(' ').includes('trickle') &&
		!owner.attributes.has('end-of-candidates') &&
		!sdp.session.attributes.has('end-of-candidates')
	);
}

/** RFC 8842 §5.3, RFC 4145 §4.1. */
function dtlsClient(offered: string | null, answered: string | null): NegotiatedTransport['dtlsClient'] {
	if (answered === null || offered === null) return null;
	if (answered === 'active') return offered === 'active' ? 'conflict' : 'answerer';
	if (answered === 'passive') return offered === 'passive' ? 'conflict' : 'offerer';
	return 'conflict';
}

function iceRoles(offer: Description, answer: Description): Negotiation['ice'] {
	const lite = { offer: offer.iceLite, answer: answer.iceLite };
	if (lite.offer === lite.answer) {
		const reason = lite.offer
			? 'Both sides are ICE lite, so the offerer controls, and nobody sends checks.'
			: 'Both sides are full ICE agents, so the offerer controls.';
		return { lite, controlling: 'offerer', reason };
	}
	const controlling = lite.offer ? 'answerer' : 'offerer';
	return { lite, controlling, reason: `The ${lite.offer ? 'offerer' : 'answerer'} is ICE lite, so the ${controlling} controls.` };
}
