/** Why the value of a line cannot be read, in English. */
import { count } from '../../base/format';
import type { Annotation } from '../../sdp/explain/annotate';
import type { MediaPart, SdpFault } from '../../sdp/text/faults';

const MEDIA_PARTS: Readonly<Record<MediaPart, string>> = {
	kind: 'media type',
	port: 'port',
	transport: 'transport',
	format: 'format'
};

/** The variant of a kind; several kinds may share one. */
type FaultOf<Kind> = SdpFault extends infer Fault
	? Fault extends { kind: infer Kinds }
		? Kind extends Kinds
			? Fault
			: never
		: never
	: never;

const FAULTS: { readonly [Kind in SdpFault['kind']]: (fault: FaultOf<Kind>) => string } = {
	'media-line': ({ missing }) =>
		`m= needs a media type, a port, a transport and at least one format; the ${MEDIA_PARTS[missing]} is missing.`,
	port: ({ value }) => `"${value}" is not a port; a port is a number from 0 to 65535.`,
	'number-of-ports': ({ value }) => `"${value}" does not give a number of ports after the slash.`,
	'media-type': ({ value }) => `"${value}" is not a media type.`,
	'origin-fields': ({ fields }) =>
		`o= has ${count(fields, 'field')} and needs 6: user name, session id, session version, IN, IP4 or IP6, address.`,
	'session-id': ({ value }) => `The session id "${value}" is not a decimal number.`,
	'session-version': ({ value }) => `The session version "${value}" is not a decimal number.`,
	'network-type': ({ value }) => `The network type is "${value}"; only IN is defined.`,
	'address-type': ({ value }) => `The address type is "${value}"; it is IP4 or IP6.`,
	address: ({ value }) => `"${value}" is neither an IP address nor a host name.`,
	'connection-fields': ({ fields }) => `c= has ${count(fields, 'field')} and needs 3: IN, IP4 or IP6, address.`,
	'address-family': ({ address, says }) =>
		`"${address}" is an ${says === 'IP4' ? 'IPv6' : 'IPv4'} address, but the line says ${says}.`,
	'time-to-live': ({ value }) => `"/${value}" after the address is not a time to live.`,
	bandwidth: () => 'b= needs a type and a number, for example AS:2000.',
	number: ({ value }) => `"${value}" is not a number.`,
	'rtpmap-payload-type': () => 'a=rtpmap begins with a payload type number.',
	'rtpmap-codec': () => 'a=rtpmap needs a codec name and a clock rate with a slash between, for example opus/48000/2.',
	'clock-rate': ({ value }) => `"${value}" is not a clock rate.`,
	'fmtp-format': () => 'a=fmtp begins with a format (a payload type) and a blank, then its parameters.',
	'fmtp-parameters': () => 'a=fmtp has no parameters after the format.',
	feedback: () => 'a=rtcp-fb needs a payload type (or *) and a feedback type.',
	'feedback-format': ({ value }) => `"${value}" is neither a payload type nor *.`,
	'feedback-type': () => 'a=rtcp-fb names no feedback type.',
	'extension-id': ({ value }) => `"${value}" is not an extension id.`,
	direction: ({ value }) => `"${value}" is not a direction.`,
	'extension-uri': () => 'a=extmap needs a URI after the id.',
	fingerprint: () => 'a=fingerprint needs a hash name and the digest, for example sha-256 and 32 pairs of hex digits.',
	source: ({ value }) => `"${value}" is not a synchronization source: a number below 2^32.`,
	'source-attribute': () => 'a=ssrc needs an attribute after the source, for example cname:name.',
	'source-group': () => 'a=ssrc-group needs a meaning (FID, FEC-FR, SIM) and the sources.',
	'group-member': ({ value }) => `"${value}" is not a synchronization source.`,
	group: () => 'a=group needs a meaning such as BUNDLE or LS.',
	msid: () => 'a=msid names no stream.',
	'msid-fields': ({ fields }) => `a=msid has ${count(fields, 'field')}; it takes a stream id and at most one track id.`,
	'rid-direction': () => 'a=rid needs an id and send or recv.',
	rid: ({ value }) => `"${value}" is not a rid: letters, digits, - and _ only.`,
	'send-or-recv': ({ value }) => `"${value}" is neither send nor recv.`,
	simulcast: () => 'a=simulcast needs send or recv, each followed by a list of rids.',
	'simulcast-twice': ({ direction }) => `a=simulcast says ${direction} twice.`,
	'candidate-name-repeated': () => 'The line says "candidate:" twice.',
	'candidate-fields': ({ fields, missing }) => `The candidate has ${count(fields, 'field')}; the ${missing} is missing.`,
	'candidate-extension': ({ name }) => `"${name}" has no value after it.`,
	'candidate-type': () => 'The candidate has no "typ" and so no type.',
	'candidate-foundation': ({ value }) => `The foundation "${value}" is not 1 to 32 letters, digits, + or /.`,
	'candidate-component': ({ value }) => `The component "${value}" is not a number from 1 to 256.`,
	'candidate-priority': ({ value }) => `The priority "${value}" is not a number from 1 to 2147483647.`,
	'candidate-address': ({ value }) => `"${value}" is neither an address nor a name.`,
	'candidate-port': ({ value }) => `The port "${value}" is not a number from 1 to 65535.`
};

export function faultSentence(fault: SdpFault): string {
	return (FAULTS[fault.kind] as (fault: SdpFault) => string)(fault);
}

/** What a line means, or why it has no meaning. */
export function annotationText({ text, fault }: Annotation): string {
	return fault ? `It cannot be read: ${faultSentence(fault)}` : text;
}
