/** tcpdump at end `a` of a call. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lab } from '../support/namespace';
import { findProgram, PROGRAMS } from '../support/programs';

/** Captures what is not of the page and its names, until it is asked for the packets. */
export async function startCapture(lab: Lab): Promise<() => Promise<Buffer>> {
	const program = findProgram(...PROGRAMS.tcpdump);
	if (!program) throw new Error('tcpdump is not installed (Debian package “tcpdump”)');
	const folder = mkdtempSync(join(tmpdir(), 'icelens-capture-'));
	const file = join(folder, 'packets.pcap');
	// -Z root: the folder is root's, and tcpdump gives its rights away otherwise.
	const tcpdump = lab.spawn('A', [
		program,
		'-i',
		'any',
		'-U',
		'-n',
		'-Z',
		'root',
		'-w',
		file,
		'not',
		'tcp',
		'port',
		'80',
		'and',
		'not',
		'port',
		'53'
	]);
	await tcpdump.printed(/listening on/);
	return async () => {
		await tcpdump.stop();
		if (!existsSync(file)) throw new Error(`tcpdump wrote no ${file}`);
		const packets = readFileSync(file);
		rmSync(folder, { recursive: true, force: true });
		return packets;
	};
}
