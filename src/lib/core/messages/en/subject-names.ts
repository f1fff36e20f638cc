/** What streams, candidates and other objects of the statistics are called, in English. */
import type { StreamKind } from '../../recording/connection';
import type { EndKind, SubjectName } from '../../recording/metric-series';

/** `video, sent`, `video, sent (hi)`. */
export function streamLabel({ kind, direction, rid }: StreamKind): string {
	return `${kind === 'unknown' ? 'stream' : kind}, ${direction === 'in' ? 'received' : 'sent'}${rid ? ` (${rid})` : ''}`;
}

/** `relay udp`, `relay over TLS`, `host tcp`. */
export function endLabel(candidate: EndKind | null): string {
	if (!candidate) return 'unknown';
	const over = candidate.type === 'relay' && candidate.relayProtocol ? ` over ${candidate.relayProtocol.toUpperCase()}` : '';
	return `${candidate.type}${over || (candidate.protocol ? ` ${candidate.protocol}` : '')}`;
}

/** `video, received`, `relay udp to host udp`. */
export function subjectLabel(named: SubjectName): string {
	switch (named.is) {
		case 'stream':
			return streamLabel(named);
		case 'reported-stream': {
			const stream = named.kind === 'unknown' ? 'stream' : named.kind;
			return `${stream}, as the other end ${named.reportedBy === 'receiver' ? 'receives' : 'sends'} it`;
		}
		case 'pair':
			return `${endLabel(named.local)} to ${endLabel(named.remote)}`;
		case 'data-channel':
			return `data channel ${named.label}`.trim();
		case 'one-way':
			return `from ${named.from ?? 'the other end'}`;
		case 'picture':
			return 'picture';
		case 'other':
			return named.id;
	}
}
