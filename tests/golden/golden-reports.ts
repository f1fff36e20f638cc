/** The saved reports of this folder, read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReport } from '../../src/lib/core/report/parse';
import type { Report } from '../../src/lib/core/report/report';

// Not by the module's URL: where modules are made as for a browser, that is an address of a server.
const FOLDER = import.meta.dirname;

export function goldenReports(): { name: string; report: Report; text: string }[] {
	return readdirSync(FOLDER)
		.filter((file) => file.endsWith('.report.json'))
		.map((file) => {
			const text = readFileSync(join(FOLDER, file), 'utf8');
			const parsed = parseReport(text);
			if (!parsed.ok) throw new Error(`${file}: ${parsed.error.message}`);
			return { name: file.replace('.report.json', ''), report: parsed.value, text };
		});
}
