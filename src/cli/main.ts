/** The `icelens` command: finds the command asked for and turns its outcome into an exit status. */
import { entryOf } from '../lib/core/base/record';
import { withoutControls } from '../lib/core/base/escape';
import { CONDITION_FIGURES } from '../lib/core/call/figure-conditions';
import { check } from './check';
import { compare } from './compare';
import { conclude } from './conclude';
import { CliError } from './errors';
import { lintSdp } from './lint-sdp';
import { nat } from './nat';
import { reach } from './reach';
import { redact } from './redact';
import { serve } from './serve-command';
import { stats } from './stats';
import { print } from './terminal';

const HELP = `icelens: see what this network does to WebRTC

  icelens serve [--port N] [--host ADDRESS]       the app, for browsers
  icelens check [--servers FILE] [--url URL] [--browser chromium|firefox|PATH]
                [--profile quick|full] [--deadline S] [--hairpin] [--out FILE]
                                                  the check, in a real headless browser
  icelens conclude FILE                           judges a saved report again and shows what changed
  icelens compare FILE FILE                       what changed between two reports
  icelens redact FILE                             a report, session descriptions or a dump with placeholders for
                                                  addresses, names and credentials
  icelens lint-sdp FILE... [--pair|--each] [--created FILE] [--role offer|answer]
                [--profile webrtc|sip|declarative] [--fail-on problem|warning|never]
                [--config FILE|--no-config] [--out FILE] [--fix|--fix-dry-run]
                                                  checks session descriptions: each file alone, or two that are named as an
                                                  offer with its answer; files may be patterns such as 'sdp/**/*.sdp';
                                                  --fix writes what has one right text back into the files,
                                                  --fix-dry-run shows it as a diff
  icelens stats FILE... [--fail-if CONDITION]...  what recordings of calls show, with figures per stream and per path:
                                                  webrtc-internals, rtcstats, about:webrtc, getStats, a Trickle ICE
                                                  table, a console, logs of libwebrtc and of servers, pcap and pcapng
                                                  (all also gzip); files may be patterns such as 'calls/*.json', and
                                                  two that are the two ends of one call are judged together
  icelens nat --server HOST[:PORT] [--lifetime S] [--no-hairpin] [--gateway auto|ADDRESS]
              [--layers] [--interface all|NAME|ADDRESS]
                                                  NAT behaviour by RFC 5780, without a browser
  icelens reach URL [--hold S]                    whether an https: or wss: URL is reached, and how long a silent
                                                  WebSocket stays open (70 s)

  --format text|json   for people (default), or one JSON document; lint-sdp also has junit,
                       github and sarif, check and conclude also markdown, html, junit and csv, and stats junit
  --fail-if 'loss>2%'  exit status 1 where a figure is so, or was not recorded: ${CONDITION_FIGURES.slice(0, 5).join(', ')},
                       ${CONDITION_FIGURES.slice(5).join(', ')}; before it worst, audio or video, received or sent
  --redact, --no-redact
                       whether a report's addresses and names are replaced with placeholders; by default
                       in markdown and html
  --help, --version

FILE may be - for standard input. Messages go to standard error.
Exit status: 0 fine, 1 problems found, 2 could not run.
`;

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
	check,
	compare,
	conclude,
	'lint-sdp': lintSdp,
	nat,
	reach,
	redact,
	serve,
	stats
};

async function main(args: string[]): Promise<number> {
	const [name, ...rest] = args;
	if (name === undefined || name === 'help' || name === '--help' || name === '-h' || rest.includes('--help')) {
		print(HELP);
		return name === undefined ? 2 : 0;
	}
	if (name === '--version' || name === 'version') {
		print(`${__ICELENS_VERSION__}\n`);
		return 0;
	}
	const command = entryOf(COMMANDS, name);
	if (!command)
		throw new CliError(`"${name}" is not a command. There are ${Object.keys(COMMANDS).join(', ')}; see icelens --help.`);
	return command(rest);
}

/** A reader that has seen enough (`| head`) is no error; a full disk is one. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
	print(`icelens: standard output could not be written (${error.code}).\n`, process.stderr);
	process.exit(2);
});
process.stderr.on('error', () => {});

main(process.argv.slice(2)).then(
	(status) => {
		process.exitCode = status;
	},
	(error: unknown) => {
		const expected = error instanceof CliError;
		const text = expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
		print(`icelens: ${withoutControls(text)}\n`, process.stderr);
		process.exitCode = 2;
	}
);
