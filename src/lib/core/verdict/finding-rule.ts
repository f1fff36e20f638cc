/** An entry of a table of findings about a network or a call: what it looks for, and what it says. */
import type { Finding } from './conclusion';
import type { View } from './view';

export interface FindingRule {
	id: string;
	severity: Finding['severity'];
	cite: string;
	title: string;
	/** What it is a statement about, where that is not the network or a server: this device. */
	about?: 'machine';
	/** One entry for each occurrence. `where` is a server URL, `network`, `ipv4`, `ipv6`, `page` or `list`. */
	find(view: View): { text: string; where: string }[];
	/** Rules whose findings are consequences of this one. */
	hides?: readonly string[];
}
