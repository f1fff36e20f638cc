/** The HTTP API of Janus: a session, handles of plugins, and messages with descriptions. */
export interface Description {
	type: 'offer' | 'answer';
	sdp: string;
}

/** What a plugin answers; more than these fields, of which the tests read a few. */
export interface PluginEvent {
	data: Record<string, unknown>;
	jsep: Description | null;
}

export interface PluginHandle {
	send(body: object, jsep?: Description): Promise<PluginEvent>;
	/** Resolves when Janus has keys and a path for the connection of this handle. */
	connected(): Promise<void>;
}

interface Event {
	janus: string;
	sender?: number;
	transaction?: string;
	plugindata?: { data: Record<string, unknown> };
	jsep?: Description;
	error?: { reason: string };
}

interface Reply extends Event {
	data?: { id: number };
}

/** How long Janus may take over one message. */
const REPLY_WITHIN_MS = 30_000;

export async function openSession(url: string): Promise<{ attach(plugin: string): Promise<PluginHandle> }> {
	let count = 0;
	const post = async (path: string, body: object): Promise<Reply> => {
		const transaction = `t${count++}`;
		const response = await fetch(url + path, { method: 'POST', body: JSON.stringify({ ...body, transaction }) });
		const reply = (await response.json()) as Reply;
		if (reply.janus === 'error') throw new Error(`Janus refused ${JSON.stringify(body)}: ${reply.error?.reason}`);
		return { ...reply, transaction };
	};
	const session = `/${(await post('', { janus: 'create' })).data!.id}`;
	const events: Event[] = [];
	const next = async (test: (event: Event) => boolean): Promise<Event> => {
		const end = performance.now() + REPLY_WITHIN_MS;
		for (;;) {
			const index = events.findIndex(test);
			if (index >= 0) return events.splice(index, 1)[0]!;
			if (performance.now() > end) throw new Error(`Janus said nothing of it; it said ${JSON.stringify(events)}`);
			// Holds the request until there is something to tell.
			const found = (await (await fetch(`${url}${session}?maxev=10`)).json()) as Event | Event[];
			events.push(...[found].flat());
		}
	};
	return {
		async attach(plugin) {
			const { id } = (await post(session, { janus: 'attach', plugin: `janus.plugin.${plugin}` })).data!;
			return {
				async send(body, jsep) {
					const reply = await post(`${session}/${id}`, { janus: 'message', body, ...(jsep && { jsep }) });
					const event =
						reply.janus === 'success'
							? reply
							: await next(({ transaction, plugindata }) => transaction === reply.transaction && Boolean(plugindata));
					const data = event.plugindata!.data;
					if (data.error) throw new Error(`Janus refused ${JSON.stringify(body)}: ${String(data.error)}`);
					return { data, jsep: event.jsep ?? null };
				},
				connected: async () => void (await next(({ janus, sender }) => janus === 'webrtcup' && sender === id))
			};
		}
	};
}
