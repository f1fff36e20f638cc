/** `icelens reach URL`: whether a signalling or media server is reached over HTTPS or WebSocket, from Node, where errors are exact. */
import { jsonDocument } from '../lib/core/base/escape';
import { everySentence as sentence } from '../lib/core/messages/en/every-sentence';
import { judgeReach } from '../lib/core/reach/reach-rules';
import { reach as askUrl } from '../lib/server/reach/reach';
import { readArguments, readFormat } from './arguments';
import { CliError } from './errors';
import { print, terminalOf, wrap } from './terminal';

const DEADLINE_MS = 10_000;
/** Longer than the 60 s after which nginx and many load balancers end a silent connection. */
const HOLD_S = 70;

export async function reach(args: string[]): Promise<number> {
	const { values, positionals } = readArguments(args, { hold: { type: 'string' }, format: { type: 'string' } }, 1);
	const format = readFormat(values.format);
	const url = readUrl(positionals[0]!);
	const holdMs = 1000 * readHold(values.hold);
	const onProgress = (heldMs: number) =>
		print(`The WebSocket has been open for ${Math.round(heldMs / 1000)} s.\n`, process.stderr);
	const observed = await askUrl(url, { deadlineMs: DEADLINE_MS, holdMs, onProgress });
	const judged = judgeReach(observed);
	const text = sentence(judged);
	if (format === 'json') {
		const tool = { name: 'icelens', version: __ICELENS_VERSION__ };
		print(jsonDocument({ tool, url: url.href, ...judged, text, observed }));
	} else {
		print(`${wrap(text, terminalOf(process.stdout, process.env).columns, '')}\n`);
	}
	return judged.reached === 'yes' ? 0 : 1;
}

function readUrl(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || !/^(https?|wss?):$/.test(url.protocol))
		throw new CliError(`"${text}" is not an https:, http:, wss: or ws: URL.`);
	return url;
}

function readHold(text: string | undefined): number {
	if (text === undefined) return HOLD_S;
	if (!/^\d+$/.test(text) || Number(text) > 3600)
		throw new CliError(`--hold: "${text}" is not a number of seconds from 0 to 3600.`);
	return Number(text);
}
