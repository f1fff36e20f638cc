/**
 * What was given to the SDP workbench: texts as they came, each with what was recognised in it. Nothing here changes a
 * text; a description taken out of its wrapping keeps the text it came from.
 */
import { readDescription, type Role } from '../../core/sdp/text/description';
import { exchangesOf, recognise } from '../../core/dump/recognise';
import type { GivenDescription, InputFormat, Recognised } from '../../core/dump/recognised';

export interface SdpInput {
	id: number;
	/** Of the file it came from; null for what was pasted or typed. */
	name: string | null;
	text: string;
	/** False where a text box has made every line end a line feed, so that nothing can be said about line ends. */
	exact: boolean;
	/** What the user says it is; null leaves it to the text. */
	role: Role | null;
	/** What the text was before it was replaced at a press, to go back to. */
	before: { text: string; exact: boolean } | null;
	recognised: Recognised;
	/** Too big or too structured for a text box: kept whole, its descriptions are shown one at a time. */
	held: boolean;
}

/** One description of one input. */
export interface Placed {
	input: SdpInput;
	/** Which of the input's descriptions. */
	index: number;
	given: GivenDescription;
}

/** A text box of this size still follows every key; recordings beyond it are held. */
const MOST_EDITED = 400_000;

const DUMPS = new Set<InputFormat>(['webrtc-internals', 'rtcstats', 'firefox-report', 'about-webrtc']);

let lastId = 0;

export function makeInput(text: string, more: Partial<Omit<SdpInput, 'id' | 'text' | 'recognised' | 'held'>> = {}): SdpInput {
	const recognised = recognise(text);
	return {
		id: ++lastId,
		name: null,
		exact: true,
		role: null,
		before: null,
		...more,
		text,
		recognised,
		held: isHeld(text, recognised)
	};
}

/** The same input with another text. */
export function withText(input: SdpInput, text: string, exact: boolean): SdpInput {
	const recognised = recognise(text);
	return { ...input, text, exact, recognised, held: isHeld(text, recognised) };
}

/** Known before it is read: whether a text of this length goes into the text box at all. */
export function isTooLong(text: string): boolean {
	return text.length > MOST_EDITED;
}

function isHeld(text: string, recognised: Recognised): boolean {
	return isTooLong(text) || DUMPS.has(recognised.format);
}

/** Every description of every input, with the role that the user, the input or the text itself gives it. */
export function placedOf(inputs: readonly SdpInput[]): Placed[] {
	const several = inputs.length > 1;
	const placed: Placed[] = [];
	for (const input of inputs) {
		const { descriptions } = input.recognised;
		descriptions.forEach((each, index) => {
			const role = (descriptions.length === 1 ? input.role : null) ?? each.role ?? (several ? roleBy(each, placed) : null);
			const label = several && input.name !== null ? `${input.name}: ${each.label}` : each.label;
			// Two recordings may both have a connection 1.
			const peer = several && each.peer !== null ? `${input.id} ${each.peer}` : each.peer;
			placed.push({ input, index, given: { ...each, role, label: role && label === 'description' ? role : label, peer } });
		});
	}
	return placed;
}

/** By its text, or by its place: after an offer comes an answer. */
function roleBy({ text }: GivenDescription, before: readonly Placed[]): Role {
	const last = before[before.length - 1];
	return readDescription(text).role ?? (last?.given.role === 'offer' ? 'answer' : 'offer');
}

/** What would come next: an answer after an offer, otherwise an offer. */
export function nextRole(placed: readonly Placed[]): Role {
	const given = placed.map((each) => each.given);
	const exchanges = exchangesOf(given);
	const last = exchanges[exchanges.length - 1];
	if (!last) return 'offer';
	return last.answer === null && (last.offer.role ?? readDescription(last.offer.text).role) !== 'answer' ? 'answer' : 'offer';
}

/** True when the input is something around a description that could be taken out of it. */
export function isWrapped({ recognised: { format, descriptions, messages } }: SdpInput): boolean {
	return descriptions.length > 0 && format !== 'unknown' && (format !== 'sdp' || messages.length > 0);
}

/** Whether the text of its descriptions has line ends that a text box cannot have changed. */
export function isRemade({ recognised: { format, descriptions } }: SdpInput): boolean {
	return descriptions.length > 0 && format !== 'unknown' && format !== 'sdp';
}
