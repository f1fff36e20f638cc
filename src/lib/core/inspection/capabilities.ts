/** What somebody pasted of a browser's `getCapabilities`: JSON, several of them, or objects as a console prints them. */
import { isRecord } from '../base/record';
import { consoleValues } from '../dump/console-values';
import { codecEntry, type CapabilitySet, type MediaKind } from '../sdp/compare/capabilities';

export interface ReadCapabilities {
	/** One for each role that is told; empty where no codec could be read. */
	sets: CapabilitySet[];
	/** The other browser's, where the text has it. */
	userAgent: string | null;
	/** How often the console left something out, so that there may be more than is read. */
	folded: number;
}

/** Longer than any browser's, by far. */
const MOST_CHARACTERS = 1_000_000;

/** To be pasted into another browser's console: what it prints, both kinds and both directions, goes to the clipboard. */
export const CAPABILITIES_SNIPPET =
	"copy(JSON.stringify({userAgent:navigator.userAgent,sender:['audio','video'].map(k=>RTCRtpSender.getCapabilities(k)),receiver:['audio','video'].map(k=>RTCRtpReceiver.getCapabilities(k))}))";

export function readCapabilities(text: string): ReadCapabilities {
	const found: ReadCapabilities = { sets: [], userAgent: null, folded: 0 };
	if (text.length > MOST_CHARACTERS) return found;
	const { values, folded } = consoleValues(text);
	found.folded = folded.length;
	const walk = new Walk(found);
	for (const value of values) walk.visit(value, null, 0);
	found.sets = found.sets.filter(({ codecs }) => codecs.length > 0);
	return found;
}

class Walk {
	/** An extension does not say its kind; the codecs that stand with it do. */
	#kind: MediaKind | null = null;

	constructor(readonly found: ReadCapabilities) {}

	visit(value: unknown, role: CapabilitySet['role'], depth: number): void {
		if (depth > 8) return;
		if (Array.isArray(value)) return value.forEach((each) => this.visit(each, role, depth + 1));
		if (!isRecord(value)) return;
		if (typeof value.mimeType === 'string') return this.#addCodec(value, value.mimeType, role);
		if (typeof value.uri === 'string') return this.#addExtension(value.uri, role);
		if (typeof value.userAgent === 'string') this.found.userAgent = value.userAgent;
		// The codecs first, whatever their order: they tell the kind of the extensions.
		if ('codecs' in value) this.visit(value.codecs, role, depth + 1);
		for (const [name, each] of Object.entries(value)) {
			if (name !== 'codecs') this.visit(each, name === 'sender' || name === 'receiver' ? name : role, depth + 1);
		}
	}

	#addCodec({ clockRate, channels, sdpFmtpLine }: Record<string, unknown>, mimeType: string, role: CapabilitySet['role']): void {
		const number = (value: unknown) => (typeof value === 'number' ? value : null);
		const entry = codecEntry(
			mimeType,
			number(clockRate) ?? 0,
			number(channels),
			typeof sdpFmtpLine === 'string' ? sdpFmtpLine : ''
		);
		if (!entry) return;
		this.#kind = entry.kind;
		this.#setOf(role).codecs.push(entry);
	}

	#addExtension(uri: string, role: CapabilitySet['role']): void {
		if (this.#kind !== null) this.#setOf(role).extensions.push({ kind: this.#kind, uri });
	}

	#setOf(role: CapabilitySet['role']): CapabilitySet {
		const there = this.found.sets.find((set) => set.role === role);
		if (there) return there;
		const fresh: CapabilitySet = { role, codecs: [], extensions: [] };
		this.found.sets.push(fresh);
		return fresh;
	}
}
