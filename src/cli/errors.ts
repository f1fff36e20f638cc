/** The command could not run: a sentence for people, exit status 2. */
export class CliError extends Error {
	override name = 'CliError';
}
