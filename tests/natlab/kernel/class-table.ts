/** One report held against the truth of its network, and many of them as rows of a table. */
import type { Observation } from '../../../src/lib/core/observations/observation';
import { indexObservations } from '../../../src/lib/core/observations/observation-index';
import { natViews } from '../../../src/lib/core/nat/view';
import { conclude } from '../../../src/lib/core/verdict/conclude';
import type { Report } from '../../../src/lib/core/report/report';
import { onlyTranslated, profile, type ProfileName } from '../profiles';
import {
	byMethod,
	knownAfterMs,
	rightFiltering,
	rightMapping,
	type Addressing,
	type Checked,
	type LabBrowser
} from './browser-check';

export type Mark = 'right' | 'unknown' | 'wrong';
export const ASPECTS = ['mapping', 'turn', 'prober', 'filtering', 'udp', 'needs', 'calls'] as const;
type Aspect = (typeof ASPECTS)[number];

/** What one run said of one address family. `udp` is the verdict on UDP as such, in every prefix of the run. */
export interface Held {
	name: ProfileName;
	family: 'ipv4' | 'ipv6';
	browser: LabBrowser;
	link: string;
	by: Addressing;
	said: Record<Aspect, string>;
	marks: Record<Aspect, Mark>;
	/** When mapping and filtering stood as they did in the end, ms after the start; null where one of them stayed unknown. */
	classMs: number | null;
	/** When it was said that UDP does not get through; null where it was not. */
	blockedMs: number | null;
	/** That it was said only when the first of the silent servers had had its time. */
	blockedSaidLate: boolean;
	tookMs: number;
}

/** TCP and the web tell nothing here either, so a network without UDP and a machine without a network look alike. */
const NOTHING_GETS_OUT: ProfileName[] = ['web-only'];
/** Pooled addresses: the relay may be written to from another address than the one it knows, and then tells nothing. */
const POOLED: ProfileName[] = ['symmetric-pool'];
/** Only observers of one address are left, which cannot show a mapping that depends on the address. */
const ONE_ADDRESS: ProfileName[] = ['udp-3478-blocked'];
/** Where addresses are hidden Firefox uses the interface of the default route alone, which here is the translator's: IPv4 and no IPv6. */
const OTHER_INTERFACE: ProfileName[] = ['464xlat'];
/** A rewritten answer names an address that cannot be probed, and Firefox drops it: its FINGERPRINT is wrong. */
const MISLED: ProfileName[] = ['stun-rewritten', 'stun-half-rewritten'];

export function hold(
	name: ProfileName,
	family: 'ipv4' | 'ipv6',
	browser: LabBrowser,
	link: string,
	{ report, tookMs }: Checked,
	by: Addressing = 'address'
): Held | null {
	const truth = profile(name)[family];
	if (!truth) return null;
	const nat = report.conclusions.nat[family];
	const udp = udpVerdicts(report);
	const answers = new Map(report.conclusions.answers.map(({ question, says }) => [question, says]));
	const blockedMs = udp.find(({ says }) => says === 'no')?.atMs ?? null;
	const said: Held['said'] = {
		mapping: nat?.mapping ?? 'unknown',
		turn: byMethod(report, 'turn', family).filtering,
		prober: byMethod(report, 'prober', family).filtering,
		filtering: nat?.filtering ?? 'unknown',
		udp: [...new Set(udp.map(({ says }) => says))].filter((says) => says !== 'unknown').join(', then ') || 'unknown',
		needs: answers.get('needs-turn')!,
		calls: answers.get('calls-will-work')!
	};
	const mark = (says: string, right: boolean): Mark =>
		says === 'unknown' && truth.mapping !== 'blocked' ? 'unknown' : right ? 'right' : 'wrong';
	const works = hasUdp(name);
	return {
		name,
		family,
		browser,
		link,
		by,
		said,
		marks: {
			mapping: mark(said.mapping, rightMapping(truth.mapping, said.mapping)),
			turn: mark(said.turn, rightFiltering(truth.filtering, said.turn)),
			prober: mark(said.prober, rightFiltering(truth.filtering, said.prober)),
			filtering: mark(said.filtering, rightFiltering(truth.filtering, said.filtering)),
			udp: said.udp === 'unknown' ? 'unknown' : said.udp === (works ? 'yes' : 'no') ? 'right' : 'wrong',
			needs: said.needs === 'unknown' ? 'unknown' : said.needs === trulyNeeds(name) ? 'right' : 'wrong',
			calls: said.calls === 'unknown' ? 'unknown' : rightCalls(name, by, said.calls) ? 'right' : 'wrong'
		},
		classMs: classKnownMs(report, family),
		blockedMs,
		blockedSaidLate: blockedMs !== null && blockedMs >= firstDeadlineMs(report),
		tookMs: Math.round(tookMs)
	};
}

/** A second family that works or does not says nothing about UDP as such. */
function hasUdp(name: ProfileName): boolean {
	return profile(name).ipv4?.mapping !== 'blocked';
}

/**
 * Which peers need a relay: all without UDP; none where IPv4, which most peers have, keeps its mapping and lets in whoever was written
 * to at least by address; some elsewhere (nat/peer-matrix). Nothing can be sent to an IPv4 peer's address from a device without IPv4.
 */
export function trulyNeeds(name: ProfileName): 'always' | 'never' | 'for-some-peers' {
	const { ipv4 } = profile(name);
	if (!hasUdp(name)) return 'always';
	const reachesIpv4 = ipv4 !== null && !onlyTranslated(name);
	const steady = ipv4?.mapping === 'none' || ipv4?.mapping === 'endpoint-independent';
	return reachesIpv4 && steady && ipv4.filtering !== 'address-and-port-dependent' ? 'never' : 'for-some-peers';
}

/** The families over which the servers of a list can be asked: those of the device that the list has. */
export function askedOver(name: ProfileName, by: Addressing): ('ipv4' | 'ipv6')[] {
	const { ipv4, ipv6 } = profile(name);
	const translated = onlyTranslated(name);
	// DNS64 makes an address only for a name that has no IPv6 one; by address the list has the device's own families.
	const overIpv4 = ipv4 !== null && (by === 'ipv4' || ((by === 'address' || by === 'both') && !translated));
	const overIpv6 = ipv6 !== null && ipv6.mapping !== 'blocked' && (by === 'address' || by === 'both' || by === 'ipv6');
	return [...(overIpv4 ? (['ipv4'] as const) : []), ...(overIpv6 ? (['ipv6'] as const) : [])];
}

/** Whether a TURN server of the list can be reached at all. */
function reachesTurn(name: ProfileName, by: Addressing): boolean {
	return askedOver(name, by).length > 0 && !NOTHING_GETS_OUT.includes(name);
}

function rightCalls(name: ProfileName, by: Addressing, said: string): boolean {
	if (said === 'yes') return trulyNeeds(name) === 'never';
	if (said === 'with-turn') return reachesTurn(name, by);
	return said === 'no' && !hasUdp(name) && !reachesTurn(name, by);
}

/** Where unknown is an honest answer even on a clean link: see the comments above. */
export function mayStayUnknown({ name, family, browser, by, marks }: Held, aspect: Aspect): boolean {
	if (marks[aspect] !== 'unknown') return true;
	const unused = browser === 'firefox' && OTHER_INTERFACE.includes(name);
	const asked = askedOver(name, by).filter((one) => !(unused && one === 'ipv6'));
	if (aspect === 'udp') return NOTHING_GETS_OUT.includes(name) || asked.length === 0;
	// The relay lets in only the address that STUN told, which is not the one that this device is seen under.
	if (aspect === 'calls') return asked.length === 0 || !reachesTurn(name, by) || MISLED.includes(name);
	if (aspect === 'needs') {
		const decides = onlyTranslated(name) || profile(name).ipv4 === null ? 'ipv6' : 'ipv4';
		return !asked.includes(decides) || ONE_ADDRESS.includes(name) || MISLED.includes(name) || NOTHING_GETS_OUT.includes(name);
	}
	if (!asked.includes(family)) return true;
	// From a device without IPv4 no prober and no relay at an IPv4 address is reached, and there Chromium is never done with gathering.
	if (family === 'ipv4' && onlyTranslated(name)) return true;
	if (aspect === 'mapping') return ONE_ADDRESS.includes(name) || MISLED.includes(name);
	// The relays of one family tell nothing of the other, and one task is asked: there one method may have nothing to say.
	if (aspect === 'turn' && family === 'ipv6') return true;
	if (aspect === 'turn' && MISLED.includes(name)) return true;
	return POOLED.includes(name) || (name === 'tcp-dropped' && aspect === 'prober');
}

function inOrder(report: Report): Observation[] {
	return report.observations.toSorted((a, b) => a.startedMs + a.tookMs - (b.startedMs + b.tookMs));
}

/** Every answer about UDP that the page showed, one after the other. */
function udpVerdicts(report: Report): { says: string; atMs: number }[] {
	const ordered = inOrder(report);
	const verdicts: { says: string; atMs: number }[] = [];
	for (let n = 1; n <= ordered.length; n++) {
		const { answers } = conclude(report.config.limits, ordered.slice(0, n));
		const { says } = answers.find(({ question }) => question === 'udp-usable')!;
		const last = ordered[n - 1]!;
		if (verdicts.at(-1)?.says !== says) verdicts.push({ says, atMs: Math.round(last.startedMs + last.tookMs) });
	}
	return verdicts;
}

/** When the first server that did not answer was given up. */
function firstDeadlineMs({ config, observations }: Report): number {
	const silent = observations.filter(({ probe, tookMs }) => probe === 'server-gathering' && tookMs >= config.limits.deadlineMs);
	return Math.min(...silent.map(({ startedMs, tookMs }) => startedMs + tookMs));
}

function classKnownMs(report: Report, family: 'ipv4' | 'ipv6'): number | null {
	const end = report.conclusions.nat[family];
	if (!end || end.mapping === 'unknown' || end.filtering === 'unknown') return null;
	return knownAfterMs(report, (observations) => {
		const view = natViews(indexObservations(observations))[family];
		return view?.mapping === end.mapping && view.filtering === end.filtering;
	});
}

const COLUMNS = [
	'network',
	'family',
	'browser',
	'link',
	'servers by',
	'runs',
	'mapping',
	'filtering by TURN',
	'by the prober',
	'in all',
	'UDP at all',
	'needs TURN',
	'calls will work'
];

/** A header and its rule, for rows that are printed as they come. */
export const TABLE_HEAD = [
	`| ${[...COLUMNS, 'class known after, ms (median, most)', 'no UDP said after, ms'].join(' | ')} |`,
	`|${'---|'.repeat(COLUMNS.length + 2)}`
].join('\n');

/** The runs of one network, family, browser and link as one row. */
export function row(all: readonly Held[]): string {
	const { name, family, browser, link, by } = all[0]!;
	const truth = profile(name)[family]!;
	const cell = (aspect: Aspect) => {
		const right = all.filter(({ marks }) => marks[aspect] === 'right').length;
		const wrong = all.filter(({ marks }) => marks[aspect] === 'wrong');
		const words = [...new Set(all.filter(({ marks }) => marks[aspect] === 'right').map(({ said }) => short(said[aspect])))];
		const rest = all.length - right - wrong.length;
		return [
			right > 0 ? `${words.join('/')} ${right}` : '',
			rest > 0 ? `unknown ${rest}` : '',
			wrong.length > 0 ? `WRONG ${wrong.length} (${[...new Set(wrong.map(({ said }) => short(said[aspect])))].join(', ')})` : ''
		]
			.filter((part) => part !== '')
			.join(', ');
	};
	const cells = [
		`${name} (${short(truth.mapping)}, ${short(truth.filtering)})`,
		family,
		browser,
		link,
		by,
		String(all.length),
		...ASPECTS.map(cell),
		spread(all.map(({ classMs }) => classMs)),
		spread(all.map(({ blockedMs }) => blockedMs))
	];
	return `| ${cells.join(' | ')} |`;
}

/** RFC 4787's words by their first letters. */
function short(word: string): string {
	const words: Record<string, string> = {
		'endpoint-independent': 'EI',
		'address-dependent': 'AD',
		'address-and-port-dependent': 'APD',
		'endpoint-dependent': 'ED'
	};
	return words[word] ?? word;
}

function spread(values: readonly (number | null)[]): string {
	const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
	return sorted.length === 0 ? '–' : `${sorted[Math.floor(sorted.length / 2)]}, ${sorted.at(-1)}`;
}
