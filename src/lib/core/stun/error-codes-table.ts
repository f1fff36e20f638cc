/** Error codes with the phrase we send and what each means to the person whose call does not work. */
export interface ErrorCodeEntry {
	phrase: string;
	cite: string;
	meaning: string;
}

export const ERROR_CODES = {
	300: { phrase: 'Try Alternate', cite: 'RFC 8489 §14.8', meaning: 'The server sends the client to another server.' },
	400: { phrase: 'Bad Request', cite: 'RFC 8489 §14.8', meaning: 'The server could not make sense of the request.' },
	401: { phrase: 'Unauthorized', cite: 'RFC 8489 §9.2', meaning: 'The user name or the password is wrong, missing or expired.' },
	403: { phrase: 'Forbidden', cite: 'RFC 8656 §18', meaning: 'The server does not relay to this address, or not for this user.' },
	405: {
		phrase: 'Mobility Forbidden',
		cite: 'RFC 8016 §3',
		meaning: 'The server does not let an allocation move to another address.'
	},
	420: {
		phrase: 'Unknown Attribute',
		cite: 'RFC 8489 §14.8',
		meaning: 'The request needs a feature that the server does not have.'
	},
	437: {
		phrase: 'Allocation Mismatch',
		cite: 'RFC 8656 §18',
		meaning: 'There is no allocation for this client address, or there is one already.'
	},
	438: {
		phrase: 'Stale Nonce',
		cite: 'RFC 8489 §9.2',
		meaning: 'The nonce has expired; the client repeats the request with the new one.'
	},
	440: { phrase: 'Address Family not Supported', cite: 'RFC 8656 §18', meaning: 'The server cannot relay over this IP version.' },
	441: { phrase: 'Wrong Credentials', cite: 'RFC 8656 §18', meaning: 'The allocation belongs to another user.' },
	442: { phrase: 'Unsupported Transport Protocol', cite: 'RFC 8656 §18', meaning: 'The server relays UDP only.' },
	443: {
		phrase: 'Peer Address Family Mismatch',
		cite: 'RFC 8656 §18',
		meaning: 'The peer uses another IP version than the relay address.'
	},
	446: { phrase: 'Connection Already Exists', cite: 'RFC 6062 §6.3', meaning: 'There is a TCP connection to this peer already.' },
	447: {
		phrase: 'Connection Timeout or Failure',
		cite: 'RFC 6062 §6.3',
		meaning: 'The relay could not connect to the peer over TCP.'
	},
	486: {
		phrase: 'Allocation Quota Reached',
		cite: 'RFC 8656 §18',
		meaning: 'This user or this address has as many allocations as it may have.'
	},
	487: { phrase: 'Role Conflict', cite: 'RFC 8445 §7.3.1.1', meaning: 'Both ICE agents took the same role.' },
	500: { phrase: 'Server Error', cite: 'RFC 8489 §14.8', meaning: 'The server failed; trying again may help.' },
	508: {
		phrase: 'Insufficient Capacity',
		cite: 'RFC 8656 §18',
		meaning: 'A capacity limit of the server is reached: no relay port left, or none with the properties asked for.'
	}
} as const satisfies Record<number, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;
