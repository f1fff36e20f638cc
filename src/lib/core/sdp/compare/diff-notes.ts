/** What the differences between two descriptions mean together: a re-offer, an ICE restart, another peer, a stopped section. */
import { count } from '../../base/format';
import type { Description, Section } from '../text/description';
import type { Difference } from './difference';
import type { SdpLine } from '../text/document';
import { sessionOf } from '../text/origin';
import { fingerprintsOf, iceOf, nameOf } from '../text/transport';

export type NoteId =
	| 'same'
	| 'order-only'
	| 'different-peer'
	| 'different-ends'
	| 're-offer'
	| 'ice-restart'
	| 'certificate-changed'
	| 'section-added'
	| 'section-stopped'
	| 'section-resumed'
	| 'section-reused'
	| 'direction-changed'
	| 'candidates-added';

/** What the differences together mean. */
export interface DiffNote {
	id: NoteId;
	text: string;
	before: number | null;
	after: number | null;
}

/** A section on both sides, or on one. */
export interface Pair {
	before: Section | null;
	after: Section | null;
}

export function notesOf(before: Description, after: Description, pairs: Pair[], differences: Difference[]): DiffNote[] {
	if (differences.length === 0) {
		const text = before.document.text === after.document.text;
		return [
			text
				? note('same', 'Both texts are the same.', null, null)
				: note('order-only', 'Only the order or the spelling of lines differs; both say the same.', null, null)
		];
	}
	const notes: DiffNote[] = [];
	const lines = [before.origin?.line ?? null, after.origin?.line ?? null] as const;
	const sessions = [sessionOf(before), sessionOf(after)];
	const sameSession = sessions[0] === sessions[1];
	const { ice, certificate } = identityChanges(pairs, before, after);
	if (!sameSession && ice && certificate) {
		const reply = before.role !== null && after.role !== null && before.role !== after.role;
		notes.push(
			reply
				? note(
						'different-ends',
						'These come from the two ends of a call: session id, certificate and ICE credentials are of their own.',
						...lines
					)
				: note(
						'different-peer',
						'Session id, certificate and ICE credentials all differ: a different peer wrote this, or the same one after a reload. An existing connection cannot take it.',
						...lines
					)
		);
	} else {
		if (sameSession && sessions[0] !== null && differences.some(({ subject }) => subject === 'session version'))
			notes.push(
				note(
					're-offer',
					`The same session in a later version: ${before.origin!.value.sessionVersion.slice(0, 20)}, then ${after.origin!.value.sessionVersion.slice(0, 20)}.`,
					...lines
				)
			);
		if (ice)
			notes.push(
				note(
					'ice-restart',
					'The ICE credentials are new: ICE restarts, and new candidates are gathered and checked.',
					ice.before.number,
					ice.after.number
				)
			);
		if (certificate)
			notes.push(
				note(
					'certificate-changed',
					'The certificate fingerprint is another: a new DTLS handshake is needed.',
					certificate.before.number,
					certificate.after.number
				)
			);
	}
	return [...notes, ...sectionNotes(pairs), ...candidateNotes(differences)];
}

function note(id: NoteId, text: string, before: SdpLine | number | null, after: SdpLine | number | null): DiffNote {
	const number = (line: SdpLine | number | null) => (line !== null && typeof line === 'object' ? line.number : line);
	return { id, text, before: number(before), after: number(after) };
}

interface Changed {
	before: SdpLine;
	after: SdpLine;
}

function identityChanges(
	pairs: Pair[],
	before: Description,
	after: Description
): { ice: Changed | null; certificate: Changed | null } {
	let ice: Changed | null = null;
	let certificate: Changed | null = null;
	for (const pair of pairs) {
		if (!pair.before || !pair.after || pair.before.rejected || pair.after.rejected) continue;
		const [was, is] = [iceOf(before, pair.before), iceOf(after, pair.after)];
		if (was.line && is.line && (was.ufrag !== is.ufrag || was.pwd !== is.pwd)) ice ??= { before: was.line, after: is.line };
		const [old, fresh] = [fingerprintsOf(before, pair.before)[0], fingerprintsOf(after, pair.after)[0]];
		if (old && fresh && old.value.digest.toUpperCase() !== fresh.value.digest.toUpperCase())
			certificate ??= { before: old.line, after: fresh.line };
	}
	return { ice, certificate };
}

function sectionNotes(pairs: Pair[]): DiffNote[] {
	return pairs.flatMap(({ before, after }) => {
		if (!before) return [note('section-added', `The ${nameOf(after!)} was added.`, null, after!.mLine)];
		if (!after) return [];
		const of = (id: NoteId, text: string) => [note(id, text, before.mLine, after.mLine)];
		if (!before.rejected && after.rejected) return of('section-stopped', `The ${nameOf(after)} was stopped: its port is 0 now.`);
		if (before.rejected && !after.rejected)
			return before.mid === after.mid
				? of('section-resumed', `The ${nameOf(after)} had port 0 and is in use now.`)
				: of('section-reused', `The place of the stopped ${nameOf(before)} is used for the ${nameOf(after)}.`);
		if (!after.rejected && before.isRtp && before.direction !== after.direction)
			return of(
				'direction-changed',
				`The direction of the ${nameOf(after)} changed from ${before.direction} to ${after.direction}.`
			);
		return [];
	});
}

function candidateNotes(differences: Difference[]): DiffNote[] {
	const added = differences.filter(
		({ topic, change, subject }) => topic === 'candidates' && change === 'added' && subject.startsWith('candidate')
	);
	return added.length === 0
		? []
		: [note('candidates-added', `${count(added.length, 'candidate')} more.`, null, added[0]!.after!.line)];
}
