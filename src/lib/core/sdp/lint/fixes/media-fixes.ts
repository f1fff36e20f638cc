/** Corrections of sources, simulcast and data channels, and of attributes of earlier days (RFC 8830, 8853, 8841). */
import type { Section } from '../../text/description';
import { fieldsOf } from '../../text/values';
import type { AdviceValues } from '../values/advice-values';
import type { SourceValues } from '../values/sources-values';
import { isReadable, withoutStrayBlanks } from './attribute-fixes';
import { choice, putAtEnd, remove, replace, safe, safeIf, type Fix, type FixesOf, type Found } from './fix';

export const MEDIA_FIXES: FixesOf<keyof SourceValues> = {
	'source-group': ({ line, values }) => (values.kind === 'unknown-member' ? choice(remove(line)) : null),
	msid: ({ line, section, values }) => {
		const tidy = withoutStrayBlanks(line);
		return values.kind === 'fault' && tidy !== line.raw && isReadable(tidy, section) ? safe(replace(line, tidy)) : null;
	},
	'simulcast-unknown-rid': ({ section, line }) => {
		const known = new Set(section?.rids.map(({ value }) => value.id));
		const fields = fieldsOf(line.argument!).map(({ text }) => text);
		const lists = fields.map((field, at) => (at % 2 === 0 ? field : withoutRids(field, known)));
		return lists.some((list) => list === '') ? choice(remove(line)) : choice(replace(line, `a=simulcast:${lists.join(' ')}`));
	},
	// The layers are the same; RFC 8853 §5.1 names rids without `rid=`.
	'simulcast-draft-syntax': ({ line }) =>
		/\bpt=/.test(line.raw) ? null : safe(replace(line, line.raw.replace(/:[ \t]+/, ':').replace(/\brid=/g, ''))),
	'rid-payload-type': ({ line, section }) => {
		const listed = new Set(section?.formats.map(({ text }) => text));
		const edited = line.raw.replace(/\bpt=([^; ]*);?/, (_, types: string) => {
			const left = types.split(',').filter((type) => listed.has(type));
			return left.length === 0 ? '' : `pt=${left.join(',')};`;
		});
		return choice(replace(line, edited.replace(/;?\s*$/, '')));
	},
	'legacy-simulcast': ({ line, values }) => (values.kind === 'flag' ? choice(remove(line)) : null),
	'sctp-map': (found) => sctpMap(found),
	// Both browsers use it, and the format has no default (RFC 8841 §5).
	'sctp-port': ({ section, line, values }) => {
		if (values.kind === 'missing') return section && choice(putAtEnd(section, 'a=sctp-port:5000'));
		return values.kind === 'not-a-size' ? choice(remove(line)) : choice(replace(line, 'a=sctp-port:5000'));
	},
	'sctp-transport': ({ section }) => section && withoutDraft(section),
	// The one format that browsers have (RFC 8841 §4.3); an answer repeats that of its offer.
	'data-format': ({ section, line, offer, profile }) => {
		const [kind, port, protocol] = fieldsOf(line.value).map(({ text }) => text);
		if (!section || (offer && offer.sections[section.index]?.formats[0]?.text !== 'webrtc-datachannel')) return null;
		return safeIf(profile === 'webrtc', replace(line, `m=${kind} ${port} ${protocol} webrtc-datachannel`));
	}
};

export const ADVICE_FIXES: FixesOf<keyof AdviceValues> = {
	'deprecated-attributes': ({ sdp, line, values: { attribute, onSource } }) => {
		if (!onSource) return choice(...sdp.document.lines.filter(({ name }) => name === attribute).map(remove));
		const own = sdp.sections.flatMap(({ sources }) => sources).filter(({ value }) => value.name === attribute);
		return own.some((each) => each.line === line) ? choice(...own.map((each) => remove(each.line))) : null;
	}
};

/** A data section as the standard has it and not as its drafts did (RFC 8841 §4, §5). */
export function withoutDraft(section: Section): Fix | null {
	const { mLine, attributes } = section;
	const said = attributes.get('sctp-port')?.[0];
	const port = said?.argument?.trim() ?? /^\d+$/.exec(section.formats[0]?.text ?? '')?.[0];
	if (port === undefined) return null;
	const [kind, number] = fieldsOf(mLine.value).map(({ text }) => text);
	const maps = (attributes.get('sctpmap') ?? []).map(remove);
	const own = said ? [] : [putAtEnd(section, `a=sctp-port:${port}`)];
	return choice(replace(mLine, `m=${kind} ${number} UDP/DTLS/SCTP webrtc-datachannel`), ...maps, ...own);
}

/** What the draft of a=sctp-port was (RFC 8841 §5): of no use beside it. */
function sctpMap({ section, line }: Found<unknown>): Fix | null {
	if (!section) return null;
	if (section.protocol === 'DTLS/SCTP') return withoutDraft(section);
	if (section.attributes.has('sctp-port')) return safe(remove(line));
	const port = /^(\d+) /.exec(line.argument ?? '')?.[1];
	return port === undefined ? null : safe(replace(line, `a=sctp-port:${port}`));
}

function withoutRids(list: string, known: ReadonlySet<string>): string {
	const layers = list.split(';').map((layer) => layer.split(',').filter((rid) => known.has(rid.replace(/^~/, ''))));
	return layers
		.filter((layer) => layer.length > 0)
		.map((layer) => layer.join(','))
		.join(';');
}
