/** ICE servers as the page configures them. Live in memory; only `withoutSecrets` of them enters a report, a link or a log. */

import * as v from 'valibot';
import { listOf, object, text } from '../base/schema';

/** As a report has it. */
export const listedServer = object({ urls: listOf(text), username: v.optional(text) });
export type ListedServer = v.InferOutput<typeof listedServer>;

/** One entry of `RTCConfiguration.iceServers`, one URL or several (W3C RTCIceServer). */
export const iceServer = object({
	...listedServer.entries,
	/** Secret. Never in a report, a link or a log. */
	credential: v.optional(text)
});
export type IceServer = v.InferOutput<typeof iceServer>;
