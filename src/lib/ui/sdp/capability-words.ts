/** Every sentence of the view of capabilities. */
import type { CapabilitySet, CodecMatch } from '../../core/sdp/compare/capabilities';

export const capabilityWords = {
	lead: 'What another browser can send and receive, beside the description or this browser. Copy the line into its console, run it, and paste here what it then has in the clipboard.',
	snippet: 'Copy the line for the other browser’s console',
	label: 'getCapabilities of the other browser',
	placeholder: '{"codecs":[{"mimeType":"video/VP8",…',
	nothing: 'No codec could be read from this. The line above makes the other browser say all of it as JSON.',
	folded: 'The console left something out (…), so the other browser may be able to do more than is shown.',
	from: (browser: string) => `It is from ${browser}.`,
	beside: 'Beside',
	description: (label: string) => `the ${label}`,
	thisBrowser: 'this browser',
	kinds: { audio: 'Audio', video: 'Video' },
	roles: (role: CapabilitySet['role']) => (role === 'sender' ? 'It sends' : role === 'receiver' ? 'It receives' : 'It has'),
	codec: 'Codec',
	table: (kind: string) => `${kind} codecs`,
	common: (common: number, all: number) =>
		all === 0 ? 'No codecs here.' : `${common} of ${all} codecs and formats are in common.`,
	same: 'yes',
	none: 'no',
	other: 'not this one',
	difference: ({ parameter, here, there }: Extract<CodecMatch, { has: 'other' }>) => `${parameter}: here ${here}, there ${there}`,
	levels: ({ here, there, asymmetric }: NonNullable<Extract<CodecMatch, { has: 'same' }>['levels']>) =>
		`level ${here} here, ${there} there; ${asymmetric ? 'each may send up to the other’s' : 'the lower one counts'} (RFC 6184 §8.2.2)`,
	onlyThere: (n: number) => (n === 1 ? 'One codec only it has' : `${n} codecs only it has`),
	extensions: (common: number, all: number) => `${common} of ${all} header extensions in common`,
	extension: (here: boolean, there: boolean) => (here && there ? 'both' : here ? 'only here' : 'only there'),
	help: 'Codecs are compared by name, clock rate, channels and the parameters that must agree: H.264 by profile and packetization-mode, VP9, AV1 and H.265 by profile. What a call then uses is up to the order of preference in its descriptions.'
};
