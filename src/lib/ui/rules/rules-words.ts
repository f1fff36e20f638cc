/** What the rules screen says besides the rules. */
export const rulesWords = {
	title: 'Every rule that Icelens judges by.',
	lead: 'Each sentence of a verdict, each finding and each explanation comes from one of these, with the text it rests on. Below them stands what messages of browsers, error codes and words about NAT mean.',
	search: 'Search',
	searchHelp: 'A word, an id, a code such as ICE-16 or 701, a section such as RFC 8839, or a whole error message of a browser.',
	found: (rules: number, all: number) => (rules === all ? `${all} entries.` : `${rules} of ${all} entries.`),
	none: 'No entry holds all these words.',
	sections: 'Sections',
	says: 'concludes',
	reads: 'Reads:',
	severity: 'severity',
	good: 'Passes',
	bad: 'Is reported',
	examples: 'Examples',
	try: 'Open in the SDP workbench',
	link: 'Link to this rule'
};
