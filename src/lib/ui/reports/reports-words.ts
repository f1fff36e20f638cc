/** Words of the reports screen and of the history. */
import { count } from '../../core/base/format';
import { list } from '../../core/base/list';
import type { ReportKind } from '../../core/report/recordings';
import type { RemovedKind } from '../../core/report/redact-text';

export const historyWords = {
	full: 'The browser has no room left for reports. Delete some below, or download this one.',
	refused:
		'This browser keeps nothing for this page: a private window, or storage is switched off. Download reports to keep them.',
	blocked: 'Another tab with an older version of Icelens holds the kept reports. Close or reload it, then reload this page.',
	newerTab: 'A newer version of Icelens was opened in another tab. Reload this page to see the kept reports.',
	newer: 'A newer version of Icelens has kept reports on this device. Reload this page to get that version.',
	closedByBrowser: 'The browser closed the storage of this page. Reload the page to see the kept reports.',
	failed: (why: string) => `The kept reports could not be reached: ${why.replace(/\.$/, '')}.`,
	gone: 'This report is no longer there: it was deleted in another tab.'
};

const kinds: Record<ReportKind, string> = {
	check: 'Check',
	call: 'Call',
	stats: 'Statistics',
	pair: 'Two devices',
	reach: 'A URL'
};

export const reportsWords = {
	title: 'Reports',
	lead: 'What was measured with this browser, kept on this device and nowhere else. Open one, compare two, or open what somebody sent you.',
	open: 'Open a report',
	opened: (when: string, browser: string) => `A saved report from ${when}, measured with ${browser}.`,
	back: 'Back to the list',
	keepOpened: 'Keep on this device',
	keptOpened: 'Kept.',
	redacted: 'Addresses and names in this report are placeholders.',
	kept: 'Kept on this device',
	keptCount: (n: number, of: number) => (n === of ? count(n, 'report') : `${n} of ${count(of, 'report')}`),
	none: 'Nothing is kept yet. Every finished check and call, and every opened dump, will be listed here.',
	noneOff: 'Nothing is kept: keeping is switched off.',
	noMatch: 'No kept report matches.',
	search: 'Search',
	searchHelp: 'name, address, browser, verdict, date',
	keep: 'Keep finished checks and calls on this device, and what opened dumps say',
	kinds,
	unnamed: 'Unnamed network',
	unnamedStats: 'Unnamed dump',
	rename: 'Rename',
	renameLabel: (name: string) => `Rename ${name}`,
	nameField: 'Name of the network',
	save: 'Save',
	cancel: 'Cancel',
	openOne: 'Open',
	openLabel: (name: string) => `Open ${name}`,
	remove: 'Delete',
	removeLabel: (name: string) => `Delete ${name}`,
	removed: 'Deleted.',
	undo: 'Undo',
	removeAll: 'Delete all',
	removeAllSure: (n: number) => `Delete all ${count(n, 'kept report')}? This cannot be undone.`,
	removeAllDo: 'Delete all of them',
	more: (n: number) => `Show ${n} more`,
	choose: (name: string) => `Compare ${name}`,
	compare: 'Compare',
	compareHelp: 'Tick two reports to compare them.',
	compareOne: 'Tick one more to compare.',
	compareDo: 'Compare the two',
	compareTitle: 'What changed',
	compareFrom: (before: string, after: string) => `From ${before} to ${after}.`,
	compareNone: 'Nothing that matters changed.',
	compareSide: 'Side by side',
	compareColumns: ['', 'Before', 'After'],
	compareOnlyDifferent: 'Only what differs',
	compareMissing: 'not in this report',
	compareClose: 'Close the comparison',
	loading: 'Loading'
};

const removed: Record<RemovedKind, string> = {
	address: 'Addresses',
	host: 'Host names',
	username: 'User names',
	'ice-credential': 'ICE user fragments and passwords',
	fingerprint: 'Certificates and fingerprints',
	device: 'Devices',
	path: 'Paths of web addresses',
	identifier: 'Identifiers',
	foundation: 'Candidate foundations',
	model: 'Device models'
};

export const shareWords = {
	title: 'Save and share',
	shareTitle: 'To share',
	redact: 'Replace addresses and names with placeholders',
	redactHelp: 'What matters stays: which addresses are the same, whether they are private or public, ports, times.',
	unredacted: 'Public addresses, server names and user names are readable in what you share.',
	preview: (n: number) => `What is replaced (${n})`,
	previewColumns: ['What', 'Here', 'In the copy'],
	countOf: (n: number, kind: string) => `${n} ${kind.toLowerCase().replace(/^ice /, 'ICE ')}`,
	previewCounted: (parts: readonly string[]) => `Also replaced: ${list(parts)}.`,
	previewNone: 'Nothing in this report needs replacing.',
	previewNever: 'Credentials of servers are never in a report, redacted or not.',
	kinds: removed,
	link: 'Copy link to this result',
	linkDone: 'Copied. The whole result is inside the link; nothing was uploaded.',
	linkSize: (characters: number) => `The link has ${count(characters, 'character')}.`,
	linkTooLong: (atMost: number) =>
		`This report does not fit into a link of ${count(atMost, 'character')}. Send it as a file instead.`,
	linkWait: 'Measuring the link.',
	html: 'Download HTML',
	markdown: 'Copy Markdown',
	markdownDone: 'Copied. Paste it into an issue or a ticket.',
	print: 'Print',
	printHelp: 'Opens the page’s print view; the HTML file prints the redacted copy.',
	dataTitle: 'Complete data',
	dataHelp: 'As measured, for yourself or those you trust: with addresses and server names, never with credentials.',
	json: 'Download JSON',
	csv: 'Download CSV',
	junit: 'Download JUnit XML',
	keptHere: 'Kept on this device.',
	toReports: 'All reports',
	notKept: (why: string) => `Not kept on this device. ${why}`
};
