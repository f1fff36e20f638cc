/** Figures that depend on the reader, or that are said before anything is measured; the others are core/base/format. */
import { formatBytes } from '../core/base/format';

/** A cost before it is paid: rounded to what an estimate can promise. */
export function formatAbout(seconds: number, bytes: number): string {
	const roundedBytes = bytes < 1000 ? bytes : Number(bytes.toPrecision(bytes < 10_000 ? 1 : 2));
	return `${Math.max(1, Math.round(seconds))} s, ${formatBytes(roundedBytes)}`;
}

/** `21 Nov 2026, 01:54`, in the reader's time zone. */
export function formatTime(iso: string): string {
	const date = new Date(iso);
	if (Number.isNaN(date.getTime())) return iso;
	return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
