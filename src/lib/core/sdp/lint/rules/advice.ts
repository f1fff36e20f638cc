/** Not errors: who wrote the description, what it gives away, how large and how old-fashioned it is. */
import { entryOf } from '../../../base/record';
import { scopeOfText } from '../../../base/ip';
import type { Description } from '../../text/description';
import { IMPLEMENTATIONS } from '../../text/implementations-table';
import type { SdpLine } from '../../text/document';
import type { SingleRule } from './rule';
import { clip } from '../../text/values';
import type { AdviceValues } from '../values/advice-values';

type Instead = AdviceValues['deprecated-attributes']['instead'];

/** Attributes of earlier days, with what took their place. */
const DEPRECATED: Record<string, Instead> = {
	'google-ice': 'ice-options',
	'x-google-flag': 'simulcast',
	'x-google-buffer-latency': 'nothing',
	direction: 'setup'
};

export const ADVICE_RULES: readonly SingleRule[] = [
	{
		id: 'implementation',
		code: 'X-01',
		severity: 'info',
		cite: 'RFC 8866 §5.2, §5.3',
		check: ({ sdp, report }) => {
			const found = implementationOf(sdp);
			if (found) report(found.line, { name: found.name });
		}
	},
	{
		id: 'addresses',
		code: 'X-02',
		severity: 'info',
		cite: 'RFC 8828 §3',
		check: ({ sdp, report }) => {
			const found = { public: new Set<string>(), private: new Set<string>(), hidden: new Set<string>() };
			let first: SdpLine | null = null;
			const note = (line: SdpLine, address: string, scope = scopeOfText(address)) => {
				const bin =
					scope === null
						? address.endsWith('.local')
							? found.hidden
							: null
						: scope === 'global'
							? found.public
							: scope === 'private' || scope === 'carrier-grade'
								? found.private
								: null;
				if (!bin) return;
				bin.add(address);
				first ??= line;
			};
			for (const section of sdp.sections) {
				for (const { line, value } of section.candidates) {
					note(line, value.address, value.scope);
					if (value.relatedAddress) note(line, value.relatedAddress);
				}
				for (const { line, value } of section.connections) note(line, value.address);
			}
			for (const { line, value } of sdp.session.connections) note(line, value.address);
			if (!first) return;

			report(first, { public: found.public.size, private: found.private.size, mdns: found.hidden.size });
		}
	},
	{
		id: 'size',
		code: 'X-03',
		severity: 'info',
		cite: 'RFC 3261 §18.1.1',
		check: ({ sdp, profile, report }) => {
			const characters = sdp.document.text.length;
			const most = profile === 'sip' ? 1300 : 10_000;
			if (characters > most)
				report(sdp.document.lines[0] ?? null, { characters, lines: sdp.document.lines.length, sip: profile === 'sip' });
		}
	},
	{
		id: 'deprecated-attributes',
		code: 'X-04',
		severity: 'info',
		cite: 'RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			const seen = new Set<string>();
			const once = (attribute: string, line: SdpLine, instead: Instead, onSource = false) => {
				const key = `${onSource} ${attribute}`;
				if (!seen.has(key)) report(line, { attribute, onSource, instead });
				seen.add(key);
			};
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const [name, lines] of part.attributes) {
					if (Object.hasOwn(DEPRECATED, name)) once(clip(name), lines[0]!, entryOf(DEPRECATED, name)!);
					else if (name.startsWith('x-google-')) once(clip(name), lines[0]!, 'nothing');
				}
			}
			for (const section of sdp.sections) {
				for (const { line, value } of section.sources)
					if (value.name === 'mslabel' || value.name === 'label') once(value.name, line, 'msid', true);
			}
		}
	}
];

export function implementationOf(sdp: Description): { name: string; line: SdpLine } | null {
	const origin = sdp.session.lines.find((line) => line.type === 'o');
	const name = sdp.session.lines.find((line) => line.type === 's');
	const tool = sdp.session.attributes.get('tool')?.[0];
	const source = sdp.sections.flatMap((section) => section.sources).find(({ value }) => value.name === 'cname');
	for (const entry of IMPLEMENTATIONS) {
		const match = origin && entry.origin?.exec(origin.value);
		if (match) return { name: match[1] ? `${entry.name} ${clip(match[1], 12)}` : entry.name, line: origin };
		if (name && entry.session?.test(name.value)) return { name: entry.name, line: name };
		if (tool && entry.tool?.test(tool.argument ?? '')) return { name: entry.name, line: tool };
		if (source && entry.cname?.test(source.value.value)) return { name: entry.name, line: source.line };
	}
	return null;
}
