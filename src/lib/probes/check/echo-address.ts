/** The address that the app says it saw; a module of its own, loaded while the app is asked. */
import { read } from '../../core/base/schema';
import { echoAnswer } from '../../core/observations/app-answers';

export async function addressIn(response: Response): Promise<string | null> {
	try {
		const body = read(echoAnswer, await response.json(), 'The answer');
		return body.ok ? body.value.address : null;
	} catch {
		return null;
	}
}
