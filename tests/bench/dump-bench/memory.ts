/** The memory of another process, from /proc (Linux). */
import { readFileSync, writeFileSync } from 'node:fs';

const MB = 1 << 20;

function statusOf(pid: number, name: 'VmRSS' | 'VmHWM'): number {
	const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return (Number(line?.[1] ?? NaN) * 1024) / MB;
}

/** Resets the peak of the resident memory of a process (VmHWM, proc(5)). */
export function resetPeakMemory(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** What it has resident now, and the peak since the reset, in MB (of 2^20 bytes). */
export function memoryOf(pid: number): { nowMb: number; peakMb: number } {
	return { nowMb: statusOf(pid, 'VmRSS'), peakMb: statusOf(pid, 'VmHWM') };
}
