/** Uses the ICE screen as a person does: a configuration, the button, and the table of servers that it shows at the end. */
import type { IceServer } from '../../src/lib/core/ice/server';
import type { TestBrowser } from './browsers';

export interface GatheredScreen {
	/** One for each row of the table of servers. */
	servers: { url: string; about: string; state: string; note: string }[];
	/** Why a kind of candidate is missing. */
	missing: string[];
	/** All visible text of the page. */
	text: string;
}

/** On the screen that is open. */
export async function gatherOnScreen({ screen }: TestBrowser, iceServers: IceServer[]): Promise<GatheredScreen> {
	// The panel around the field bears the same name.
	await screen.fill('RTCConfiguration', JSON.stringify({ iceServers }), { selector: 'section.panel' });
	await screen.press('button', 'Gather candidates');
	// The same button says so at the end.
	await screen.see('Gather again');
	const within = { selector: '.servers tbody' };
	const [urls, about, states, notes] = await Promise.all([
		screen.read('th .mono', within),
		screen.read('th .about', within),
		screen.read('.status', within),
		screen.read('tr.note', within)
	]);
	return {
		servers: urls.map((url, i) => ({ url, about: about[i]!, state: states[i]!, note: notes[i]! })),
		missing: await screen.read('li', { selector: '.missing' }),
		text: (await screen.read('main')).join('\n')
	};
}
