/**
 * Changes of the other end's description in an exchange: what no longer fits the offer, or the rounds before. Operators have stable names;
 * one that does not apply to a description changes nothing and is left out.
 */
import type { ExchangeBase } from './exchanges';
import { mutationsOf } from './operators';
import { drop, partsOf, put, swap, textOf, type Parts } from './parts';
import { PRINT, SECTION, type SectionEdit } from './section-operators';

export interface Change {
	operator: string;
	text: string;
}

type Edit = (parts: Parts) => unknown;

/** To the group and the number of sections. */
const SESSION: Record<string, Edit> = {
	'no-group': ({ session }) => drop(session, /^a=group:BUNDLE/),
	'group-reversed': ({ session }) =>
		swap(session, /^a=group:BUNDLE/, (line) => `a=group:BUNDLE ${line.split(' ').slice(1).reverse().join(' ')}`),
	'group-without-first': ({ session }) => swap(session, /^(a=group:BUNDLE) \S+/, '$1'),
	'group-without-last': ({ session }) => swap(session, /^(a=group:BUNDLE.*) \S+$/, '$1'),
	'group-unknown-mid': ({ session }) => swap(session, /^a=group:BUNDLE.*/, (line) => `${line} nobody`),
	'group-mid-twice': ({ session }) => swap(session, /^a=group:BUNDLE.* (\S+)$/, (line) => `${line} ${line.split(' ').at(-1)}`),
	'group-empty': ({ session }) => swap(session, /^a=group:BUNDLE.*/, 'a=group:BUNDLE'),
	'group-split': ({ session }) => {
		const at = session.findIndex((line) => /^a=group:BUNDLE \S+ \S+/.test(line));
		if (at < 0) return;
		const [first, ...others] = session[at]!.split(' ').slice(1);
		session.splice(at, 1, `a=group:BUNDLE ${first}`, `a=group:BUNDLE ${others.join(' ')}`);
	},
	'group-twice': ({ session }) => {
		const group = session.find((line) => line.startsWith('a=group:BUNDLE'));
		if (group) session.push(group);
	},
	'group-ls': ({ session }) => swap(session, /^a=group:BUNDLE/, 'a=group:LS'),
	'first-two-sections-swapped': ({ sections }) => sections.length > 1 && sections.splice(0, 2, sections[1]!, sections[0]!),
	'last-section-first': ({ sections }) => sections.length > 1 && sections.unshift(sections.pop()!),
	'all-sections-reversed': ({ sections }) => sections.length > 1 && sections.reverse(),
	'last-section-gone': ({ sections }) => sections.pop(),
	'first-section-gone': ({ sections }) => sections.shift(),
	'all-sections-gone': ({ sections }) => sections.splice(0),
	'section-repeated': ({ sections }) => sections.push([...sections.at(-1)!]),
	'section-added': ({ sections }) => {
		const more = [...sections.at(-1)!];
		swap(more, /^a=mid:.*/, 'a=mid:more');
		drop(more, /^a=(ssrc|msid)/);
		sections.push(more);
	},
	'section-added-rejected': ({ sections }) => sections.push(['m=audio 0 UDP/TLS/RTP/SAVPF 0', 'c=IN IP4 0.0.0.0', 'a=inactive']),
	'all-rejected': ({ session, sections }) => {
		drop(session, /^a=group/);
		for (const section of sections) swap(section, /^(m=\S+) \d+/, '$1 0');
	},
	'version-lower': ({ session }) => swap(session, /^(o=\S+ \S+) \d+/, '$1 0'),
	'session-id': ({ session }) => swap(session, /^(o=\S+) \S+/, '$1 4711'),
	'ice-lite': ({ session }) => session.push('a=ice-lite'),
	'extmap-allow-mixed-toggled': ({ session, sections }) => {
		const had = [session, ...sections].map((part) => drop(part, /^a=extmap-allow-mixed$/));
		if (!had.includes(true)) put(session, 'a=extmap-allow-mixed');
	},
	'session-fingerprint-other': ({ session }) => swap(session, /^a=fingerprint:.*/, `a=fingerprint:${PRINT}`)
};

/** To what every section has. */
const EVERYWHERE: Record<string, SectionEdit> = {
	'setup-actpass': (part) => swap(part, /^a=setup:.*/, 'a=setup:actpass'),
	'setup-active': (part) => swap(part, /^a=setup:.*/, 'a=setup:active'),
	'setup-passive': (part) => swap(part, /^a=setup:.*/, 'a=setup:passive'),
	'setup-holdconn': (part) => swap(part, /^a=setup:.*/, 'a=setup:holdconn'),
	'no-setup': (part) => drop(part, /^a=setup:/),
	'ufrag-other': (part) => swap(part, /^a=ice-ufrag:.*/, 'a=ice-ufrag:Zz9q'),
	'pwd-other': (part) => swap(part, /^a=ice-pwd:.*/, 'a=ice-pwd:aB3dE6gH9jK2mN5pQ8sT1vW4'),
	'ufrag-and-pwd-other': (part) => {
		swap(part, /^a=ice-ufrag:.*/, 'a=ice-ufrag:Zz9q');
		swap(part, /^a=ice-pwd:.*/, 'a=ice-pwd:aB3dE6gH9jK2mN5pQ8sT1vW4');
	},
	'ufrag-short': (part) => swap(part, /^a=ice-ufrag:.*/, 'a=ice-ufrag:abc'),
	'pwd-short': (part) => swap(part, /^a=ice-pwd:.*/, 'a=ice-pwd:short'),
	'no-ufrag': (part) => drop(part, /^a=ice-ufrag:/),
	'no-pwd': (part) => drop(part, /^a=ice-pwd:/),
	'no-ice': (part) => drop(part, /^a=(ice-ufrag|ice-pwd|candidate|ice-options)/),
	'no-ice-options': (part) => drop(part, /^a=ice-options/),
	'fingerprint-other': (part) => swap(part, /^a=fingerprint:.*/, `a=fingerprint:${PRINT}`),
	'fingerprint-sha-1': (part) => swap(part, /^a=fingerprint:.*/, `a=fingerprint:sha-1 ${PRINT.slice(8, 8 + 59)}`),
	'fingerprint-cut': (part) => swap(part, /^(a=fingerprint:.*):..$/, '$1'),
	'no-fingerprint': (part) => drop(part, /^a=fingerprint:/),
	'no-rtcp-mux': (part) => drop(part, /^a=rtcp-mux$/),
	'no-rtcp-rsize': (part) => drop(part, /^a=rtcp-rsize$/),
	'no-mid': (part) => drop(part, /^a=mid:/),
	'no-extensions': (part) => drop(part, /^a=extmap:/),
	'no-sources': (part) => drop(part, /^a=(ssrc|ssrc-group|msid):/),
	'no-fmtp': (part) => drop(part, /^a=fmtp:/),
	'no-feedback': (part) => drop(part, /^a=rtcp-fb:/),
	'plain-profile': (part) => swap(part, /^(m=\S+ \d+) UDP\/TLS\/RTP\/SAVPF/, '$1 RTP/AVP'),
	'savpf-profile': (part) => swap(part, /^(m=\S+ \d+) UDP\/TLS\/RTP\/SAVPF/, '$1 RTP/SAVPF'),
	'savp-profile': (part) => swap(part, /^(m=\S+ \d+) UDP\/TLS\/RTP\/SAVPF/, '$1 UDP/TLS/RTP/SAVP'),
	'tcp-profile': (part) => swap(part, /^(m=\S+ \d+) UDP\/TLS\/RTP\/SAVPF/, '$1 TCP/TLS/RTP/SAVPF'),
	'bundle-only': (part) => part[0]!.startsWith('m=') && put(part, 'a=bundle-only'),
	'crypto-line': (part) =>
		part[0]!.startsWith('m=') && put(part, 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:FvLcvU2P3ZWmQxgPAgcDu7Zl9vftYElFOjEzhWs5')
};

/** To a section that was in use before, or was refused. */
const LATER: Record<string, SectionEdit> = {
	recycled: (section) => {
		swap(section, /^(m=\S+) 0 /, '$1 9 ');
		swap(section, /^a=mid:.*/, 'a=mid:fresh');
	},
	'reused-with-old-mid': (section) => swap(section, /^(m=\S+) 0 /, '$1 9 '),
	'recycled-in-group': (section, { session }) => {
		swap(section, /^(m=\S+) 0 /, '$1 9 ');
		swap(section, /^a=mid:.*/, 'a=mid:fresh');
		swap(session, /^a=group:BUNDLE.*/, (line) => `${line} fresh`);
	},
	'fingerprint-and-ice-other': (section) => {
		swap(section, /^a=fingerprint:.*/, `a=fingerprint:${PRINT}`);
		swap(section, /^a=ice-ufrag:.*/, 'a=ice-ufrag:Zz9q');
		swap(section, /^a=ice-pwd:.*/, 'a=ice-pwd:aB3dE6gH9jK2mN5pQ8sT1vW4');
	}
};

export function changesOf({ text, shape, lines = false }: Pick<ExchangeBase, 'text' | 'shape' | 'lines'>): Change[] {
	if (lines)
		return mutationsOf(text).map(({ line, operator, text: made }) => ({ operator: `line ${line} ${operator}`, text: made }));
	const changes: Change[] = [];
	const add = (operator: string, edit: Edit) => {
		const parts = partsOf(text);
		edit(parts);
		const made = textOf(parts);
		if (made !== textOf(partsOf(text))) changes.push({ operator, text: made });
	};
	for (const [operator, edit] of Object.entries(SESSION)) add(operator, edit);
	for (const [operator, edit] of Object.entries({
		...EVERYWHERE,
		...(shape === 'answer' ? {} : { 'fingerprint-and-ice-other': LATER['fingerprint-and-ice-other']! })
	}))
		add(`all ${operator}`, (parts) => [parts.session, ...parts.sections].forEach((part) => edit(part, parts)));
	const edits = { ...EVERYWHERE, ...SECTION, ...(shape === 'answer' ? {} : LATER) };
	partsOf(text).sections.forEach((_, index) => {
		for (const [operator, edit] of Object.entries(edits))
			add(`${index + 1} ${operator}`, (parts) => edit(parts.sections[index]!, parts));
	});
	return changes;
}
