/** How much a finding matters, worst first; `normal` is how things are meant to be, `info` a note. */
export const SEVERITIES = ['problem', 'warning', 'normal', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** For sorting: worst first, equal ones as they were. */
export function worstFirst(a: { severity: Severity }, b: { severity: Severity }): number {
	return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

export function isSeverity(word: string): word is Severity {
	return (SEVERITIES as readonly string[]).includes(word);
}
