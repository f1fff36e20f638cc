/** Corrections of what is shown: which there are, applied one by one or all safe ones together, and undone. */
import { fixIn, fixSafely, withDescription } from '../../core/inspection/fixes';
import { applyFixes } from '../../core/sdp/lint/fixes/apply';
import type { Fix } from '../../core/sdp/lint/fixes/fix';
import { withText, type SdpInput } from './inputs';
import type { SdpSession, ToldFinding } from './sdp-session.svelte';

/** One press: what the inputs were before it and are since. */
interface Step {
	before: SdpInput[];
	after: SdpInput[];
	/** How many findings it corrected. */
	corrected: number;
}

export class FixSession {
	/** Made when a finding is shown or counted, and once for each. */
	readonly #fixes = new WeakMap<ToldFinding, { fix: Fix | null }>();
	#steps = $state.raw<Step[]>([]);
	/** Findings with a safe correction that can be written into the text. */
	safe: number = $derived.by(
		() => this.sdp.findings.filter((finding) => this.of(finding)?.safe && this.isWritable(finding.description)).length
	);
	/** The last press, while the texts are as it left them. */
	last: Step | null = $derived.by(() => {
		const last = this.#steps.at(-1);
		return last?.after.every(({ id, text }) => this.sdp.inputs.some((input) => input.id === id && input.text === text))
			? last
			: null;
	});

	constructor(private readonly sdp: SdpSession) {}

	of(finding: ToldFinding): Fix | null {
		const known = this.#fixes.get(finding) ?? { fix: fixIn(this.sdp.analysis, finding, this.sdp.options) };
		this.#fixes.set(finding, known);
		return known.fix;
	}

	/** False in a recording, which is not edited, and where the text around the description does not show where it stands. */
	isWritable(description: number): boolean {
		const placed = this.sdp.placed[description];
		return placed !== undefined && !placed.input.held && withDescription(placed.input.text, placed.given.text, '') !== null;
	}

	apply(finding: ToldFinding): void {
		const fix = this.of(finding);
		if (!fix) return;
		this.sdp.settle();
		const texts = this.sdp.placed.map(({ given }, index) =>
			index === finding.description ? applyFixes(given.text, [fix]).text : given.text
		);
		this.#write(texts, 1);
	}

	applySafe(): void {
		this.sdp.settle();
		const given = this.sdp.placed.map((each) => each.given);
		const wanted = ({ description }: { description: number }) => this.isWritable(description);
		const fixed = fixSafely(given, this.sdp.options, wanted);
		this.#write(
			fixed.given.map(({ text }) => text),
			fixed.fixed.length
		);
	}

	undo(): void {
		const { last } = this;
		if (!last) return;
		this.sdp.put(last.before);
		this.#steps = this.#steps.slice(0, -1);
	}

	/** `texts`: of every description. */
	#write(texts: readonly string[], corrected: number): void {
		const before: SdpInput[] = [];
		const after: SdpInput[] = [];
		for (const input of this.sdp.inputs) {
			let text: string | null = input.text;
			this.sdp.placed.forEach((placed, index) => {
				if (placed.input === input && text !== null && texts[index] !== placed.given.text)
					text = withDescription(text, placed.given.text, texts[index]!);
			});
			if (text === null || text === input.text) continue;
			before.push(input);
			after.push(withText(input, text, input.exact));
		}
		if (after.length === 0) return;
		this.#steps = [...this.#steps, { before, after, corrected }];
		this.sdp.put(after);
	}
}
