/** Share of timed messages that did not arrive; null where none was sent. A late duplicate makes no negative loss. */
export function pingLossRatio({ sent, received }: { sent: number; received: number }): number | null {
	return sent === 0 ? null : Math.max(0, sent - received) / sent;
}
