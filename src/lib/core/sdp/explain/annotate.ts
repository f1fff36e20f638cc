/** Every line of a description in words, and the facts that head a section. */
import { ATTRIBUTES, LINE_TYPES, type AnnotationEntry } from './annotations-table';
import { lookUp, type Said } from './annotation-values';
import { codecName } from '../text/codecs';
import { readDescription, type Description, type Direction } from '../text/description';
import type { SdpFault } from '../text/faults';
import type { SdpDocument, SdpLine } from '../text/document';
import { bundleWith } from '../text/transport';
import { clip } from '../text/values';

export interface Annotation {
	/** 1-based. */
	line: number;
	/** What kind of line it is, in a word or three. */
	title: string;
	/** One or a few sentences, with the values decoded; empty where there is a fault. */
	text: string;
	/** Why the value cannot be read. */
	fault: SdpFault | null;
	/** RFC and section; null where no standard defines it. */
	cite: string | null;
	/** False for attributes and letters the table does not know; the text says so. */
	known: boolean;
}

/** One annotation for each line, in order. */
export function annotate(source: Description | SdpDocument): Annotation[] {
	const sdp = 'document' in source ? source : readDescription(source);
	const faults = new Map(sdp.faults.map((fault) => [fault.line, fault.fault] as const).reverse());
	return sdp.document.lines.map((line) => annotateLine(sdp, line, faults.get(line) ?? null));
}

function annotateLine(sdp: Description, line: SdpLine, fault: SdpFault | null): Annotation {
	const of = (title: string, text: string, cite: string | null, known = true): Annotation => ({
		line: line.number,
		title,
		text,
		fault: null,
		cite,
		known
	});
	if (line.type === '') {
		if (line.raw.trim() === '')
			return of('Empty line', 'An empty line. A description has none; some parsers stop here.', 'RFC 8866 §5');
		return of('Not a line of SDP', 'Lines have the form letter=value; this one has not.', 'RFC 8866 §5', false);
	}
	const isAttribute = line.type === 'a';
	const entry = isAttribute ? lookUp(ATTRIBUTES, line.name) : lookUp(LINE_TYPES, line.type);
	if (!entry)
		return isAttribute
			? unknownAttribute(line, of)
			: of(
					'Unknown line',
					`Lines that begin with ${line.type}= are not known here. Receivers ignore or refuse them.`,
					'RFC 8866 §5',
					false
				);
	// The candidate decoder knows its faults itself and still decodes the rest.
	if (fault !== null && line.name !== 'candidate') return { ...of(entry.title, '', entry.cite), fault };
	const said = say(entry, sdp, line);
	return { ...of(entry.title, said.text, said.cite ?? entry.cite), fault: said.fault ?? null };
}

function say(entry: AnnotationEntry, sdp: Description, line: SdpLine): Said {
	if (typeof entry.text === 'string') return { text: entry.text };
	const value = (line.type === 'a' ? (line.argument ?? '') : line.value).trim();
	const said = entry.text({ line, value, section: sdp.sections[line.section] ?? null, sdp });
	return typeof said === 'string' ? { text: said } : said;
}

function unknownAttribute(
	line: SdpLine,
	of: (title: string, text: string, cite: string | null, known: boolean) => Annotation
): Annotation {
	const name = clip(line.name);
	const maker = /^x-/i.test(line.name) ? ' Names that begin with x- are private to one program.' : '';
	return of(
		'Unknown attribute',
		`The attribute ${name || 'without a name'} is not known here.${maker} Receivers that do not know an attribute ignore it.`,
		'RFC 8866 §5.13',
		false
	);
}

export interface SectionHeader {
	index: number;
	/** Line of the m=, 1-based, and the last line of the section. */
	line: number;
	lastLine: number;
	mid: string | null;
	kind: string;
	protocol: string;
	port: number;
	direction: Direction;
	/** Port 0 and not bundle-only. */
	rejected: boolean;
	bundleOnly: boolean;
	/** Part of a BUNDLE group, and the section whose transport the group uses. */
	bundled: boolean;
	tagged: boolean;
	/** In order of preference; `opus/48000/2 (111)`. Helpers such as rtx included. */
	codecs: { payloadType: number; name: string }[];
	candidates: number;
	/** The stream and track of a=msid; null without. */
	msid: string | null;
}

/** What stands above each media section. */
export function sectionHeaders(sdp: Description): SectionHeader[] {
	return sdp.sections.map((section) => {
		const bundle = bundleWith(sdp, section);
		const msid = section.msids[0]?.value;
		return {
			index: section.index,
			line: section.mLine.number,
			lastLine: section.lines[section.lines.length - 1]!.number,
			mid: section.mid,
			kind: section.kind,
			protocol: section.protocol,
			port: section.port,
			direction: section.direction,
			rejected: section.rejected,
			bundleOnly: section.bundleOnly,
			bundled: bundle !== null,
			tagged: bundle?.tagged === section,
			codecs: section.listed.map((codec) => ({ payloadType: codec.payloadType, name: codecName(codec) })),
			candidates: section.candidates.length,
			msid: msid ? [msid.stream, ...(msid.track ? [msid.track] : [])].join(' ') : null
		};
	});
}
