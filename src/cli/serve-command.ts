/** `icelens serve`: the app, until it is told to stop. */
import { frontSettingsOf } from '../lib/server/http/front-settings';
import { currentServices } from '../lib/server/services';
import { readSettings } from '../lib/server/settings';
import { readArguments } from './arguments';
import { CliError } from './errors';
import { otherUrls, serveApp } from './serve';
import { print } from './terminal';

export async function serve(args: string[]): Promise<number> {
	const { values } = readArguments(args, { port: { type: 'string' }, host: { type: 'string' } }, 0);
	// As variables, so that the app, which reads its own settings, sees the same.
	if (values.port !== undefined) process.env.PORT = values.port;
	if (values.host !== undefined) process.env.HOST = values.host;
	const settings = readSettings(process.env);
	if (!settings.ok) throw new CliError(settings.error.message);

	const { host, port } = settings.value;
	const warn = async (warning: string) => {
		print(`${warning}\n`, process.stderr);
		(await currentServices()).warnings.push(warning);
	};
	const app = await serveApp({ host, port, front: { ...frontSettingsOf(settings.value), warn } });
	const stopped = untilAskedToStop();
	const { about, notes, warnings } = await currentServices();
	for (const line of [about, ...notes, ...warnings]) print(`${line}\n`, process.stderr);
	print(`Icelens is at ${[app.url, ...otherUrls(settings.value.host, app.url)].join('\n             or ')}\n`);
	print('Stop it with Ctrl+C.\n', process.stderr);
	await stopped;
	await app.close();
	return 0;
}

/** The first signal asks; a second one, while the end takes its time, is obeyed at once. */
function untilAskedToStop(): Promise<void> {
	return new Promise((resolve) => {
		let asked = false;
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			process.on(signal, () => {
				if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
				asked = true;
				resolve();
			});
		}
	});
}
