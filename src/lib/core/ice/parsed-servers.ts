/** What became of a pasted text that holds ICE servers. */
import type { IceServer } from './server';

/** What the text was taken for. */
export type Recognised =
	| 'rtc-configuration'
	| 'ice-servers'
	| 'ice-server'
	| 'turn-rest-answer'
	| 'url-lines'
	| 'coturn-configuration'
	| 'turnutils-command';

/** Fields of RTCConfiguration besides the servers (W3C WebRTC §4.2.1), as far as they have a meaning here. */
export interface ConfigurationOptions {
	iceTransportPolicy?: 'all' | 'relay';
	bundlePolicy?: 'balanced' | 'max-compat' | 'max-bundle';
	iceCandidatePoolSize?: number;
}

export interface ParsedServers {
	servers: IceServer[];
	recognised: Recognised;
	/** What was added, assumed or left out; one sentence each, for people. Never a secret. */
	notes: string[];
	options: ConfigurationOptions;
	/** The shared secret of a coturn configuration: with it the page can make a credential. Keep it in memory. */
	sharedSecret: string | null;
}
