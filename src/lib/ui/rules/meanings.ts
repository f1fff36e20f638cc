/** What the rules screen explains beside rules: messages of browsers, error codes of servers, and words about NAT. */
import { NAT_FIELD_WORDS } from '../../core/messages/en/vocabulary';
import { remedyOf } from '../../core/report/export/sdp-error';
import { BROWSER_ERRORS } from '../../core/sdp/errors/browser-errors-table';
import { decodeBrowserError } from '../../core/sdp/errors/decode';
import { ERROR_CODES } from '../../core/stun/error-codes-table';

export interface Meaning {
	id: string;
	title: string;
	/** What it means, and what to do. */
	means: string;
	cite: string;
}

export interface MeaningSection {
	id: string;
	title: string;
	intro: string;
	meanings: Meaning[];
}

const ENGINES = {
	chromium: 'Chromium, and Safari where it says the same',
	firefox: 'Firefox',
	safari: 'Safari',
	any: 'Chromium and Firefox'
} as const;

/** Codes that no server sends: the browser reports them in an icecandidateerror event. */
const BROWSER_CODES: readonly Meaning[] = [
	{
		id: 'code-701',
		title: 'Error 701, of the browser',
		means:
			'The browser itself reports that a server was not reached: no answer came, its name was not found, or the connection to it failed. No server sends this code.',
		cite: 'webrtc-pc §4.8.1.3'
	}
];

export function meaningSections(): MeaningSection[] {
	return [
		{
			id: 'messages',
			title: 'Error messages of browsers',
			intro: 'Explained by the SDP workbench and by `icelens lint-sdp` wherever they stand in a text. Paste one into the search.',
			meanings: BROWSER_ERRORS.map(({ id, engine, example }) => {
				const decoded = decodeBrowserError(example)!;
				return {
					id: messageId(id),
					title: `“${example}”`,
					means: `${decoded.means} ${remedyOf(decoded) ?? ''}`.trimEnd(),
					cite: [ENGINES[engine], decoded.cite].filter((each) => each !== null).join('; ')
				};
			})
		},
		{
			id: 'codes',
			title: 'Error codes of STUN and TURN',
			intro: 'As servers send them, and as browsers report them in icecandidateerror events.',
			meanings: [
				...Object.entries(ERROR_CODES).map(([code, { phrase, cite, meaning }]) => ({
					id: `code-${code}`,
					title: `Error ${code} ${phrase}`,
					means: meaning,
					cite
				})),
				...BROWSER_CODES
			]
		},
		{
			id: 'words',
			title: 'Words about NAT',
			intro: 'As reports use them (RFC 4787), with the older words that they are often called by.',
			meanings: Object.entries(NAT_FIELD_WORDS).flatMap(([field, { title, values }]) =>
				Object.entries(values)
					.filter(([value]) => value !== 'unknown')
					.map(([value, { word, gloss }]) => ({
						id: `word-${field.toLowerCase()}-${value}`,
						title: `${title}: ${word}`,
						means: gloss,
						cite: 'RFC 4787'
					}))
			)
		}
	];
}

function messageId(id: string): string {
	return `message-${id}`;
}

/** Of a whole message, as it was pasted: the entry that explains it, and the rules with the same cause. */
export function explainedBy(query: string): string[] | null {
	const decoded = query.trim().includes(' ') ? decodeBrowserError(query) : null;
	return decoded && [messageId(decoded.id), ...decoded.rules];
}
