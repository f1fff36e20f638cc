/** A document about a dump to share: the same value has the same placeholder in descriptions, statistics, events and sentences. */
import { makePseudonyms } from '../base/pseudonyms';
import { textRedactor, type RemovedKind } from './redact-text';

/** Names of microphones and cameras, where a request for them was granted; else an error. */
const LABEL_FIELDS = new Set(['detail']);

export function redactDump(value: unknown): unknown {
	const names = makePseudonyms();
	const placeholders: Record<RemovedKind, (text: string) => string> = {
		address: names.address,
		host: names.host,
		username: names.username,
		'ice-credential': (text) => (text.length >= 22 ? names.password(text) : names.ufrag(text)),
		fingerprint: names.fingerprint,
		device: (text) => names.named('device', text),
		path: () => '/…',
		identifier: (text) => names.named('id', text),
		foundation: (text) => names.named('foundation', text),
		model: (text) => names.named('model', text)
	};
	const redactor = textRedactor((kind, from) => placeholders[kind](from), new Map());
	const walk = (each: unknown, key: string, parent: Record<string, unknown>): unknown => {
		if (typeof each === 'string') {
			if (key === 'address') return names.host(each);
			if (LABEL_FIELDS.has(key) && 'outcome' in parent && each !== '')
				return parent.outcome === 'granted' ? names.named('device', each) : redactor.text(each);
			return redactor.text(each);
		}
		if (Array.isArray(each)) return each.map((inner) => walk(inner, key, parent));
		if (typeof each !== 'object' || each === null) return each;
		const record = each as Record<string, unknown>;
		return Object.fromEntries(Object.entries(record).map(([name, inner]) => [name, walk(inner, name, record)]));
	};
	return walk(value, '', {});
}
