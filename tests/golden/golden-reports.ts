/** The saved reports of this folder, read. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseReport } from '../../src/lib/core/report/parse';
import type { Report } from '../../src/lib/core/report/report';

const FOLDER = new URL('.', import.meta.url);

export function goldenReports(): { name: string; report: Report; text: string }[] {
	return readdirSync(FOLDER)
		.filter((file) => file.endsWith('.report.json'))
		.map((file) => {
			const text = readFileSync(new URL(file, FOLDER), 'utf8');
			const parsed = parseReport(text);
			if (!parsed.ok) throw new Error(`${file}: ${parsed.error.message}`);
			return { name: file.replace('.report.json', ''), report: parsed.value, text };
		});
}
