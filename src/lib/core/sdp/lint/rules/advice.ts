/** Not errors: who wrote the description, what it gives away, how large and how old-fashioned it is. */
import { scopeOfText } from '../../../base/ip';
import type { Description } from '../../text/description';
import { IMPLEMENTATIONS } from '../../text/implementations-table';
import type { SdpLine } from '../../text/document';
import type { ProseSingleRule } from './rule';
import { clip } from '../../text/values';

/** Attributes of earlier days, with what took their place. */
const DEPRECATED: Record<string, string> = {
	'google-ice': 'a=ice-options replaced it',
	'x-google-flag': 'a=simulcast replaced it',
	'x-google-buffer-latency': 'it never left Chromium',
	direction: 'a=setup replaced it',
	'msid-semantic': 'a=msid needs it no more; old browsers still read it'
};

export const ADVICE_RULES: readonly ProseSingleRule[] = [
	{
		id: 'implementation',
		code: 'X-01',
		severity: 'info',
		title: 'Who wrote this',
		cite: 'RFC 8866 §5.2, §5.3',
		advice: 'Nothing needs to be done; knowing the writer helps to find its settings and known faults.',
		check: ({ sdp, report }) => {
			const found = implementationOf(sdp);
			if (found) report(found.line, `This looks like ${found.name}.`);
		},
		good: `
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			s=-`,
		bad: `
			v=0
			o=mozilla...THIS_IS_SDPARTA-99.0 3911325447743400059 0 IN IP4 0.0.0.0
			s=-`
	},
	{
		id: 'addresses',
		code: 'X-02',
		severity: 'info',
		title: 'Addresses in the description',
		cite: 'RFC 8828 §3',
		advice: 'Redact the description before showing it to others.',
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
			const parts = (['public', 'private', 'hidden'] as const)
				.filter((key) => found[key].size > 0)
				.map((key) => `${found[key].size} ${key}${key === 'hidden' ? ' (mDNS)' : ''}`);
			report(
				first,
				`The description holds ${parts.join(', ')} ${found.public.size + found.private.size + found.hidden.size === 1 ? 'address' : 'addresses'}.`
			);
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			c=IN IP4 0.0.0.0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 udp 2113937151 192.168.1.20 56071 typ host`
	},
	{
		id: 'size',
		code: 'X-03',
		severity: 'info',
		title: 'A large description',
		cite: 'RFC 3261 §18.1.1',
		advice:
			'Remove unused codecs with setCodecPreferences if size matters: SIP over UDP above 1300 bytes, or push messages above a few kilobytes.',
		check: ({ sdp, profile, report }) => {
			const bytes = sdp.document.text.length;
			const most = profile === 'sip' ? 1300 : 10_000;
			if (bytes > most)
				report(
					sdp.document.lines[0] ?? null,
					`The description has ${bytes} characters in ${sdp.document.lines.length} lines${profile === 'sip' ? '; above 1300 bytes SIP must leave UDP' : ''}.`
				);
		},
		good: `
			v=0
			s=-`,
		bad: `
			v=0
			s=${'-'.repeat(10_000)}`
	},
	{
		id: 'deprecated-attributes',
		code: 'X-04',
		severity: 'info',
		title: 'Attributes of earlier days',
		cite: 'RFC 9429 §5.2.1',
		advice: 'Nothing needs to be done; programs that write descriptions can leave them out.',
		check: ({ sdp, report }) => {
			const seen = new Set<string>();
			const once = (key: string, line: SdpLine, why: string) => {
				if (!seen.has(key)) report(line, `${key} is deprecated: ${why}.`);
				seen.add(key);
			};
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const [name, lines] of part.attributes) {
					if (name === 'msid-semantic') continue;
					if (DEPRECATED[name]) once(`a=${clip(name)}`, lines[0]!, DEPRECATED[name]);
					else if (name.startsWith('x-google-')) once(`a=${clip(name)}`, lines[0]!, 'it never left Chromium');
				}
			}
			for (const section of sdp.sections) {
				for (const { line, value } of section.sources)
					if (value.name === 'mslabel' || value.name === 'label') once(`${value.name} in a=ssrc`, line, 'a=msid replaced it');
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid:stream track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:a
			a=ssrc:1 mslabel:stream`
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
