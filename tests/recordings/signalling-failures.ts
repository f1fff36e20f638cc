/** Calls that fail for what the two ends told each other, or did not. */
import { DATA, VIDEO, type Candidate, type Description, type EndName, type Kind } from './kind';

/** The answer that end `a` is told has this line otherwise. */
const answered = (pattern: RegExp, instead: string | ((line: string) => string)) => (one: Description, from: EndName) =>
	from === 'b' && one.type === 'answer' ? { ...one, sdp: one.sdp.replace(pattern, instead as string) } : one;
/** The first character of a value is another one. */
const other = (pattern: RegExp) =>
	answered(pattern, (line) => line.replace(/:([^:\s])(\S*)$/, (_, first, rest) => `:${first === 'A' ? 'B' : 'A'}${rest}`));
const fromB = (change: (candidate: Candidate) => Candidate | null) => (candidate: Candidate, from: EndName) =>
	from === 'b' ? change(candidate) : candidate;
const at = (address: string) =>
	fromB((one) => ({ ...one, candidate: one.candidate.replace(/^(candidate:\S+ \d \S+ \d+) \S+/, `$1 ${address}`) }));

export const SIGNALLING_FAILURES: readonly Kind[] = [
	{
		name: 'answer-never-set',
		truth: 'the other end answered, and the answer never reached this one',
		describe: (one) => (one.type === 'answer' ? null : one),
		seconds: 10
	},
	{
		name: 'answer-never-made',
		truth: 'this end was given an offer and never answered it',
		b: { code: 'peer.keepsSilent = true;' },
		recorded: 'b',
		seconds: 10
	},
	{
		name: 'candidates-lost',
		truth: 'signalling lost the candidates of both ends',
		describe: (one) => one,
		trickle: () => null,
		seconds: 25
	},
	{
		name: 'ice-password-changed',
		truth: 'the ICE password of the answer was changed on the way',
		describe: other(/a=ice-pwd:\S+/g),
		seconds: 30
	},
	{
		name: 'ice-user-changed',
		truth: 'the ICE user name of the answer was changed on the way',
		describe: other(/a=ice-ufrag:\S+/g),
		trickle: (one, from) => (from === 'a' ? one : ({ ...one, usernameFragment: null } as Candidate)),
		seconds: 30
	},
	{
		name: 'fingerprint-changed',
		truth: 'the fingerprint of the answer was changed on the way, so that DTLS fails',
		describe: answered(/a=fingerprint:sha-256 (..)/g, 'a=fingerprint:sha-256 00'),
		seconds: 12
	},
	{
		name: 'fingerprint-changed-both-ends',
		truth: 'the fingerprint of the answer was changed on the way; both ends recorded',
		onePage: true,
		describe: answered(/a=fingerprint:sha-256 (..)/g, 'a=fingerprint:sha-256 00'),
		seconds: 12
	},
	{
		name: 'both-ends-passive',
		truth: 'each end waits for the other one to begin the DTLS handshake; both ends recorded',
		onePage: true,
		b: {
			code: `const native = peer.setLocalDescription.bind(peer);
				peer.setLocalDescription = async () => {
					const { type, sdp } = await peer.createAnswer();
					return native({ type, sdp: sdp.replace('setup:active', 'setup:passive') });
				};`
		},
		describe: answered(/a=setup:passive/g, 'a=setup:active'),
		seconds: 25
	},
	{
		name: 'private-address-only',
		truth: 'the other end offers only an address of a container network, which is not reached from here',
		trickle: (one, from) => (from === 'a' ? null : at('172.18.0.2')(one, from)),
		seconds: 25
	},
	{
		name: 'mdns-name-unknown',
		truth: 'the other end offers only a .local name, which is not found here',
		trickle: (one, from) => (from === 'a' ? null : at('5c1a2b3d-0000-4000-8000-00000000000a.local')(one, from)),
		seconds: 25
	},
	{
		name: 'answer-refused',
		truth: 'the answer lacks the section of the offer, so that the browser refuses it',
		a: { code: `${DATA} ${VIDEO}` },
		describe: (one) => (one.type === 'answer' ? { ...one, sdp: one.sdp.slice(0, one.sdp.lastIndexOf('m=')) } : one),
		seconds: 10
	},
	{
		name: 'answer-without-rtcp-mux',
		truth: 'the answer lacks rtcp-mux, which the browser requires',
		a: { code: VIDEO },
		describe: answered(/a=rtcp-mux\r\n/g, ''),
		seconds: 10
	},
	{
		name: 'answer-without-ice',
		truth: 'the answer lacks the ICE credentials',
		describe: answered(/a=ice-(?:ufrag|pwd):.*\r\n/g, ''),
		seconds: 10
	},
	{
		name: 'offer-never-set',
		truth: 'this end sent an offer that it never set itself, so that it cannot set the answer',
		a: {
			code: `${DATA} window.offer = async () => {
				const { type, sdp } = await peer.createOffer();
				window.signal(JSON.stringify({ end, description: { type, sdp } }));
			};`
		},
		seconds: 10
	}
];
