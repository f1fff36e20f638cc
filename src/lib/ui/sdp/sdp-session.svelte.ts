/** The state of the SDP workbench: the texts, what core says about them, and where the user is looking. */
import { annotate, type Annotation } from '../../core/sdp/explain/annotate';
import { analyse, analyseCandidates, type Analysis, type LocatedFinding } from '../../core/inspection/analysis';
import { told } from '../../core/messages/en/sdp';
import type { FindingWords } from '../../core/messages/sdp-language';
import type { BrowserMessage } from '../../core/sdp/errors/messages-in';
import { readDescription, type Role } from '../../core/sdp/text/description';
import { engineOf } from '../../core/base/user-agent';
import { isUnexplained } from '../../core/inspection/contradiction';
import { guessProfile } from '../../core/sdp/lint/profile-guess';
import type { LintOptions } from '../../core/sdp/lint/lint';
import type { Profile, Refuser } from '../../core/sdp/lint/rules/rule';
import type { Judgement } from '../../probes/sdp-judge';
import { byLine } from './by-line';
import { FixSession } from './fixes.svelte';
import { isRemade, makeInput, nextRole, placedOf, withText, type Placed, type SdpInput } from './inputs';

/** With its sentence and what to do. */
export type ToldFinding = LocatedFinding & FindingWords;

export type View =
	'findings' | 'explained' | 'candidates' | 'negotiated' | 'changes' | 'simulcast' | 'handshake' | 'capabilities' | 'structured';

/** Where the editor and the views are asked to go. A new object each time, so that the same place can be asked for again. */
export interface Target {
	/** Index in `analysis.descriptions`. */
	description: number;
	/** In the description. */
	line: number;
	/** In the text of the input that is shown, and how much of it to select. */
	column: number;
	textLine: number;
}

export interface AskedDescription {
	role: Role;
	own: string;
	/** Of an answer; null where it is not there. */
	offer: string | null;
	/** Both, as indexes in the analysis. */
	indexes: number[];
	/** Tells one question from another. */
	key: string;
}

/** The browser this page runs in, where its refusals were recorded. */
function refuser(): Refuser | null {
	const engine = typeof navigator === 'undefined' ? 'unknown' : engineOf(navigator.userAgent);
	return engine === 'chromium' || engine === 'firefox' ? engine : null;
}

/** Analysis waits until the keys rest this long, so that none is kept waiting. */
const REST_MS = 150;

export class SdpSession {
	inputs = $state.raw<SdpInput[]>([makeInput('')]);
	/** Index of the input whose text is shown. */
	active = $state(0);
	/** What the user says the descriptions are for; null leaves it to them. */
	chosenProfile = $state<Profile | null>(null);
	view = $state<View>('findings');
	/** Index of the description that is explained. */
	current = $state(0);
	target = $state.raw<Target | null>(null);
	/** What was pasted of another browser's `getCapabilities`. */
	capabilities = $state('');
	/** What `clear` put aside. */
	cleared = $state.raw<SdpInput[] | null>(null);
	/** Grows when a text changes other than by typing: then the text box takes it over. */
	revision = $state(0);

	placed: Placed[] = $derived(placedOf(this.inputs));
	input: SdpInput = $derived(this.inputs[Math.min(this.active, this.inputs.length - 1)]!);
	/** What they look like, where that is not WebRTC. */
	guess: Exclude<Profile, 'webrtc'> | null = $derived(guessProfile(this.placed.map(({ given }) => readDescription(given.text))));
	/** What two telephones say to each other is no fault of it; a description alone may be meant for a browser. */
	profile: Profile = $derived(
		this.chosenProfile ?? (this.inputs.every(({ recognised }) => recognised.format === 'sip') ? this.guess : null) ?? 'webrtc'
	);
	options: LintOptions = $derived({
		profile: this.profile,
		lineEndsKnown: this.inputs.every((input) => input.exact || input.held || isRemade(input))
	});
	analysis: Analysis = $derived(
		analyse(
			this.placed.map(({ given }) => given),
			this.options
		)
	);
	/** Messages of browsers that stand in the texts. */
	messages: BrowserMessage[] = $derived(this.inputs.flatMap(({ recognised }) => recognised.messages));
	findings: ToldFinding[] = $derived(
		[...this.analysis.findings, ...this.inputs.flatMap(({ recognised }) => analyseCandidates(recognised))].map(told)
	);
	/** Those of the active input, by the line of the text that is shown. */
	marks: Map<number, ToldFinding[]> = $derived(
		byLine(
			this.findings.filter(({ description }) =>
				this.placed.length === 0
					? true
					: this.input.held
						? description === this.chosen
						: this.placed[description]?.input === this.input
			),
			({ line, fileLine }) => (this.input.held ? line : fileLine)
		)
	);
	/** The description that is explained, whatever became of the one that was. */
	chosen: number = $derived(Math.max(0, Math.min(this.current, this.placed.length - 1)));
	ownPlaced: Placed | null = $derived(
		this.placed[this.chosen]?.input === this.input
			? this.placed[this.chosen]!
			: (this.placed.find(({ input }) => input === this.input) ?? null)
	);
	/** What the text box shows: the input, or one description of a recording. */
	shown: string = $derived(this.input.held ? (this.ownPlaced?.given.text ?? '') : this.input.text);
	/** What the lines of the chosen description mean, one for each. */
	annotations: Annotation[] = $derived.by(() => {
		const described = this.analysis.descriptions[this.chosen];
		return described ? annotate(described.sdp) : [];
	});
	/** What this browser is asked about the chosen description: an answer together with its offer. */
	asked: AskedDescription = $derived.by(() => {
		const exchange =
			this.analysis.connections
				.flatMap(({ exchanges }) => exchanges)
				.find(({ offer, answer }) => [offer, answer].includes(this.chosen)) ?? null;
		const text = (index: number) => this.placed[index]?.given.text ?? '';
		const offerIndex = exchange && exchange.answer === this.chosen ? exchange.offer : null;
		const role = this.analysis.descriptions[this.chosen]?.sdp.role ?? 'offer';
		const [own, offer] = [text(this.chosen), offerIndex === null ? null : text(offerIndex)];
		const indexes = offerIndex === null ? [this.chosen] : [offerIndex, this.chosen];
		return { role, own, offer, indexes, key: `${role} ${own.length} ${offer?.length ?? ''} ${own}${offer ?? ''}` };
	});
	/** What this browser said, and of what. */
	judgement = $state.raw<{ of: string; description: number; said: Judgement } | null>(null);
	/** The same, while it is about what is shown. */
	judged: Judgement | null = $derived(this.judgement?.of === this.asked.key ? this.judgement.said : null);
	/** Its message, where it refuses what no rule finds a reason for. */
	contradiction: string | null = $derived(
		this.profile === 'webrtc' && this.judged?.verdict === 'refused' && isUnexplained(this.findings, this.asked.indexes, refuser())
			? this.judged.message
			: null
	);
	readonly fixes = new FixSession(this);
	isEmpty: boolean = $derived(this.inputs.every(({ text }) => text.trim() === ''));
	nextRole: Role = $derived(nextRole(this.placed));

	#timer: ReturnType<typeof setTimeout> | undefined;
	#pending: { id: number; text: string; exact: boolean } | null = null;

	/** From the text box: the text is taken over when the keys rest. */
	write(id: number, text: string, exact: boolean): void {
		if (this.#pending && this.#pending.id !== id) this.settle();
		this.#pending = { id, text, exact };
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.settle(), REST_MS);
	}

	/** Takes over what was typed, at once. */
	settle(): void {
		clearTimeout(this.#timer);
		const pending = this.#pending;
		this.#pending = null;
		if (!pending) return;
		this.inputs = this.inputs.map((input) => (input.id === pending.id ? withText(input, pending.text, pending.exact) : input));
		if (pending.text !== '') this.cleared = null;
		const input = this.inputs.find(({ id }) => id === pending.id);
		if (input?.held) this.revision++;
		this.#follow();
	}

	/** Puts texts in: into the active input where it is empty, otherwise beside what is there. */
	add(texts: readonly { text: string; name?: string | null; exact?: boolean; role?: Role | null }[]): void {
		this.settle();
		const fresh = texts.map(({ text, name = null, exact = true, role = null }) => makeInput(text, { name, exact, role }));
		if (fresh.length === 0) return;
		const rest = this.inputs.filter(({ text }) => text.trim() !== '');
		this.#replaceAll([...rest, ...fresh], rest.length);
	}

	addEmpty(): void {
		this.settle();
		this.#replaceAll([...this.inputs, makeInput('', { role: this.nextRole })], this.inputs.length);
	}

	/** Replaces everything, as a link does. */
	load(inputs: readonly { text: string; name?: string | null; role?: Role | null }[], profile: Profile): void {
		this.chosenProfile = profile === 'webrtc' ? null : profile;
		this.#replaceAll(
			inputs.map(({ text, name = null, role = null }) => makeInput(text, { name, role })),
			0
		);
	}

	clear(): void {
		this.settle();
		const before = this.inputs;
		this.#replaceAll([makeInput('')], 0);
		this.cleared = before;
	}

	restore(): void {
		if (this.cleared) this.#replaceAll(this.cleared, 0);
	}

	remove(id: number): void {
		this.settle();
		const rest = this.inputs.filter((input) => input.id !== id);
		const cleared = this.inputs;
		this.#replaceAll(rest.length === 0 ? [makeInput('')] : rest, Math.min(this.active, rest.length - 1));
		this.cleared = cleared;
	}

	choose(index: number): void {
		this.settle();
		this.active = index;
		this.revision++;
		this.#follow();
	}

	setRole(role: Role | null): void {
		this.settle();
		const { id } = this.input;
		this.inputs = this.inputs.map((input) => (input.id === id ? { ...input, role } : input));
	}

	/** The description instead of what is around it; the text before stays at hand. */
	takeOut(): void {
		this.settle();
		const { input, ownPlaced } = this;
		if (!ownPlaced) return;
		const before = { text: input.text, exact: input.exact };
		this.put([{ ...withText(input, ownPlaced.given.text, true), before, role: ownPlaced.given.role }]);
	}

	backToGiven(): void {
		this.settle();
		const { before } = this.input;
		if (before) this.put([{ ...withText(this.input, before.text, before.exact), before: null }]);
	}

	/** Another text in the place of an input's; what was there can be brought back. */
	replace(id: number, text: string): void {
		this.settle();
		const before = this.inputs;
		const kept = before.find((input) => input.id === id);
		if (!kept) return;
		this.put([{ ...withText(kept, text, true), before: null }]);
		this.cleared = kept.text === '' ? null : before;
	}

	/** Other texts for inputs, by their ids. */
	put(changed: readonly SdpInput[]): void {
		this.settle();
		this.inputs = this.inputs.map((input) => changed.find(({ id }) => id === input.id) ?? input);
		this.revision++;
		this.#follow();
	}

	/** Several descriptions in one text become texts of their own. */
	split(): void {
		this.settle();
		const { input } = this;
		const own = this.placed.filter((each) => each.input === input);
		const fresh = own.map(({ given }) => makeInput(given.text, { role: given.role }));
		const cleared = this.inputs;
		this.#replaceAll(
			this.inputs.flatMap((each) => (each === input ? fresh : [each])),
			this.active
		);
		this.cleared = cleared;
	}

	/** A description of a recording, to be changed and tried. */
	editCopy(): void {
		if (this.ownPlaced) this.add([{ text: this.ownPlaced.given.text, role: this.ownPlaced.given.role }]);
	}

	/** Shows a description, in the views and in the text box. */
	show(description: number): void {
		this.settle();
		this.current = description;
		const owner = this.inputs.indexOf(this.placed[description]?.input ?? this.input);
		if (owner >= 0 && (owner !== this.active || this.input.held)) {
			this.active = owner;
			this.revision++;
		}
	}

	goTo(description: number, line: number, column = 1): void {
		this.show(description);
		const place = this.#placeInText(description, line);
		this.target = {
			description,
			line,
			column: (place?.column ?? 1) + column - 1,
			textLine: place?.line ?? line
		};
	}

	/** The number of a description's line in the text that is shown. */
	textLine(description: number, line: number): number {
		return this.#placeInText(description, line)?.line ?? line;
	}

	/** Null where the text is the description. */
	#placeInText(description: number, line: number) {
		return this.input.held ? null : this.placed[description]?.given.places?.[line - 1];
	}

	#replaceAll(inputs: SdpInput[], active: number): void {
		this.inputs = inputs;
		this.active = Math.max(0, active);
		this.cleared = null;
		this.revision++;
		this.#follow();
	}

	/** The views show a description of the active input, and a view that there is something for. */
	#follow(): void {
		if (this.placed[this.current]?.input === this.input) return;
		const first = this.placed.findIndex(({ input }) => input === this.input);
		if (first >= 0) this.current = first;
	}
}
