/** Every sentence of the view of simulcast. */
import { count } from '../../core/base/format';
import type { LayerLoss, NegotiatedLayers, OfferedLayer } from '../../core/sdp/compare/simulcast';

const PARTY = { offerer: 'the offerer', answerer: 'the answerer' };

export const simulcastWords = {
	none: 'This description has no simulcast: no a=simulcast, no a=rid and no SSRC group with SIM.',
	section: (kind: string, mid: string | null, index: number) => `${kind} ${mid ?? index + 1}`,
	sends: ({ sender, layers }: NegotiatedLayers) => {
		const agreed = layers.filter(({ lost }) => lost === null).length;
		return `${sender === 'offerer' ? 'The offerer' : 'The answerer'} would send ${count(layers.length, 'layer')}: ${agreed === 0 ? 'none is' : agreed === layers.length ? (agreed === 1 ? 'it is' : 'all are') : agreed === 1 ? 'one is' : `${agreed} are`} agreed on.`;
	},
	paused: (sender: keyof typeof PARTY) => `By the directions of both, ${PARTY[sender]} sends nothing in this section at present.`,
	offered: { send: 'It offers to send', recv: 'It offers to receive' },
	unknown: 'What is agreed on is not known without the answer.',
	preference: 'The order is that of preference, the most preferred layer first (RFC 8853 §5.2).',
	/** What follows where the answer has no simulcast at all. */
	single:
		'Without a=simulcast in the answer a single encoding is sent. The answer of a browser does not say that it receives layers (RFC 9429 §3.7); that of a media server may.',
	table: (section: string, party: string) => `Layers of ${section}, ${party}`,
	parties: PARTY,
	columns: { order: 'No.', rid: 'rid', limits: 'Restrictions', codecs: 'Codecs', result: 'Result' },
	or: 'or',
	line: (line: number) => `line ${line}`,
	noRid: 'no a=rid of this direction',
	paused1: 'begins paused (~)',
	limit: (name: string, value: string) => `${name} ${value}`.trim(),
	noLimits: 'none',
	allCodecs: 'any of the section',
	agreed: 'agreed',
	lost: 'falls away',
	kept: (rids: readonly string[]) => `as ${rids.join(' or ')}`,
	pausedBy: ({ offer, answer }: OfferedLayer['paused']) =>
		offer || answer ? `begins paused, by the ${offer && answer ? 'offer and the answer' : offer ? 'offer' : 'answer'}` : '',
	changed: ({ rid, name, offer, answer }: OfferedLayer['changed'][number]) =>
		answer === null
			? `${rid}: the answer leaves out ${name} ${offer ?? ''}`.trim()
			: offer === null
				? `${rid}: the answer adds ${name} ${answer}`
				: `${rid}: ${name} ${offer} becomes ${answer}`,
	losses: {
		'section-not-used': 'The section is refused, stopped or missing.',
		'no-simulcast-answered': 'The answer has no a=simulcast (RFC 8853 §5.3.2).',
		'direction-not-answered': 'The a=simulcast of the answer has no list for this direction (RFC 8853 §5.3.2).',
		'layer-not-answered': 'The answer leaves this layer out (RFC 8853 §5.3.2).',
		'rid-not-answered': 'The answer lists it and has no a=rid of that direction for it (RFC 8853 §5.1).',
		'no-codec-left': 'Its a=rid allows only codecs that the answer does not have (RFC 8851 §4, pt).'
	} satisfies Record<LayerLoss, string>,
	added: (rids: readonly string[]) =>
		`The answer names ${rids.join(', ')}, which the offer does not: an answer can only take from what is offered (RFC 8853 §5.3.2).`,
	draft: 'The a=simulcast is written in the syntax of an early draft.',
	unused: (rids: readonly string[]) =>
		rids.length === 1
			? `a=rid ${rids[0]} is named by no a=simulcast: it restricts a stream, and is no layer.`
			: `a=rid ${rids.join(', ')} are named by no a=simulcast: they restrict streams, and are no layers.`,
	groups: (streams: number) => `${count(streams, 'stream')} by SSRC (ssrc-group:SIM)`,
	groupsHelp:
		'The way before RFC 8853: the streams are announced by their numbers, and nothing in an answer agrees to them or refuses them.',
	stream: (ssrc: string, rtx: string | null) => (rtx === null ? ssrc : `${ssrc}, retransmissions ${rtx}`)
};
