/** What a candidate priority is made of (RFC 8445 §5.1.2.1), and what the browsers put into its middle part. */

/** RFC 8839 §5.1. */
export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

export interface PriorityParts {
	/** Upper 8 bits, 0 to 126. */
	typePreference: number;
	/** Middle 16 bits. */
	localPreference: number;
	/** 256 minus the lowest 8 bits, so 1 to 256. */
	component: number;
}

/** (2^24) × type preference + (2^8) × local preference + (256 − component). */
export function candidatePriority({ typePreference, localPreference, component }: PriorityParts): number {
	return typePreference * 2 ** 24 + localPreference * 2 ** 8 + (256 - component);
}

export interface PriorityExplanation extends PriorityParts {
	/** What the type preference says: `host`, `relay over UDP`…; null when no known browser uses the value. */
	typeMeaning: string | null;
	/** What the local preference says in that browser; null where its maker is not known. */
	localMeaning: string | null;
	/** One sentence a part, for people. */
	sentences: string[];
}

/**
 * Type preferences in use. RFC 8445 §5.1.2.2 recommends 126, 110, 100 and 0; the rest is libwebrtc's
 * (p2p/base/p2p_constants.h: TCP below UDP, and the relay by the protocol to the TURN server) and Firefox's (nICEr).
 */
const TYPE_PREFERENCES: readonly {
	value: number;
	engine: 'any' | 'chromium' | 'firefox';
	type: CandidateType;
	meaning: string;
}[] = [
	{ value: 126, engine: 'any', type: 'host', meaning: 'host over UDP' },
	{ value: 110, engine: 'any', type: 'prflx', meaning: 'peer reflexive over UDP' },
	{ value: 100, engine: 'any', type: 'srflx', meaning: 'server reflexive over UDP' },
	{ value: 125, engine: 'firefox', type: 'host', meaning: 'host over TCP' },
	{ value: 109, engine: 'firefox', type: 'prflx', meaning: 'peer reflexive over TCP' },
	{ value: 99, engine: 'firefox', type: 'srflx', meaning: 'server reflexive over TCP' },
	{ value: 5, engine: 'firefox', type: 'relay', meaning: 'relay, TURN server reached over UDP' },
	{ value: 0, engine: 'firefox', type: 'relay', meaning: 'relay, TURN server reached over TCP or TLS' },
	{ value: 90, engine: 'chromium', type: 'host', meaning: 'host over TCP' },
	{ value: 80, engine: 'chromium', type: 'prflx', meaning: 'peer reflexive over TCP' },
	{ value: 3, engine: 'chromium', type: 'relay', meaning: 'relay, TURN server reached over UDP' },
	// Until libwebrtc kept a step for DTLS free, in 2025, UDP was 2.
	{ value: 2, engine: 'chromium', type: 'relay', meaning: 'relay, TURN server reached over UDP (older version)' },
	{ value: 1, engine: 'chromium', type: 'relay', meaning: 'relay, TURN server reached over TCP' },
	{ value: 0, engine: 'chromium', type: 'relay', meaning: 'relay, TURN server reached over TLS' }
];

/**
 * Takes a priority apart. With `engine` the local preference is read as that browser builds it; without, only the RFC's
 * own meaning is given. Null for numbers that are no priority (RFC 8445 §5.1.2: 1 to 2^31 − 1).
 */
export function explainPriority(
	priority: number,
	engine: 'chromium' | 'firefox' | 'safari' | 'unknown' = 'unknown'
): PriorityExplanation | null {
	if (!Number.isInteger(priority) || priority < 1 || priority > 0x7fffffff) return null;
	const typePreference = Math.floor(priority / 2 ** 24);
	const localPreference = Math.floor(priority / 2 ** 8) & 0xffff;
	const component = 256 - (priority & 0xff);
	// Safari's WebRTC is libwebrtc as well.
	const maker = engine === 'safari' ? 'chromium' : engine;
	const meanings = TYPE_PREFERENCES.filter(
		(entry) => entry.value === typePreference && (entry.engine === 'any' || entry.engine === maker)
	);
	const typeMeaning = meanings[0]?.meaning ?? null;
	const localMeaning = meaningOfLocal(localPreference, maker);
	const sentences = [
		`Type preference ${typePreference}: ${typeMeaning ?? (maker === 'unknown' ? 'its meaning depends on the browser' : 'not a value this browser is known to use')}.`,
		`Local preference ${localPreference}: ${localMeaning ?? 'chosen by the sender; a higher number is preferred'}.`,
		`Component ${component}${component === 1 ? ' (RTP, or everything on one port)' : component === 2 ? ' (RTCP)' : ''}.`
	];
	return { typePreference, localPreference, component, typeMeaning, localMeaning, sentences };
}

/**
 * libwebrtc (api/candidate.cc): network preference × 256 + address preference + the server's place from the end of the
 * list. Firefox (nICEr, ice_candidate.c): network preference × 256 + TCP direction × 32 + 31 minus the server's number.
 */
function meaningOfLocal(local: number, engine: string): string | null {
	const network = local >> 8;
	const low = local & 0xff;
	if (engine === 'chromium') {
		const kind = ADDRESS_PREFERENCES.findLast(({ value }) => value <= low);
		const known = network === 0 ? 'network not told apart, as long as no camera or microphone is allowed' : `network ${network}`;
		const address = kind ? `, address precedence ${kind.value} (${kind.meaning})` : '';
		const place =
			kind && low > kind.value ? `, plus ${low - kind.value} for the server's place in the list (the last counts 1)` : '';
		return `${known}${address}${place}`;
	}
	if (engine === 'firefox') {
		const direction = low >> 5;
		const server = low & 31;
		return (
			`network ${network}${direction === 0 ? '' : `, TCP direction preference ${direction}`}` +
			`${server === 0 ? '' : `, server ${32 - server} of the list`}`
		);
	}
	return null;
}

/** libwebrtc's order of address kinds (rtc_base/ip_address.cc, IPAddressPrecedence). */
const ADDRESS_PREFERENCES: readonly { value: number; meaning: string }[] = [
	{ value: 30, meaning: 'IPv4' },
	{ value: 40, meaning: 'IPv6' },
	{ value: 50, meaning: 'IPv6, unique local' },
	{ value: 60, meaning: 'IPv6, loopback' }
];
