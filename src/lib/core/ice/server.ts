/** ICE servers as the page configures them. Live in memory; only `withoutSecrets` of them enters a report, a link or a log. */

/** One entry of `RTCConfiguration.iceServers`, one URL or several (W3C RTCIceServer). */
export interface IceServer {
	urls: string[];
	username?: string;
	/** Secret. Never in a report, a link or a log. */
	credential?: string;
}

export function withoutSecrets(servers: readonly IceServer[]): { urls: string[]; username?: string }[] {
	return servers.map(({ urls, username }) => (username === undefined ? { urls: [...urls] } : { urls: [...urls], username }));
}
