/**
 * ICE servers from whatever people paste: an RTCConfiguration, an iceServers array or one server (JSON or JavaScript), the
 * answer of a TURN REST service, URLs line by line, a coturn configuration, a turnutils_uclient command. Nothing is dropped
 * without a note. URLs themselves are judged by the linter (server-lint), so that a wrong one can be shown and mended.
 */
import { fail, type Result } from '../base/result';
import { isCoturnConfig, readCoturnConfig } from './coturn-config';
import type { IceServer } from './server';
import { isUclientCommand, readServerLines, readUclientCommand } from './server-lines';
import { literalStart, readServerLiteral } from './server-literal';

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

/** More than any configuration has, and little enough to read at once. */
const MAX_CHARACTERS = 200_000;

/** Faults name line and column, or a path such as `iceServers[1].urls[0]`, and say what to write. */
export function parseServers(text: string): Result<ParsedServers> {
	const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	if (plain.trim() === '') {
		return fail(
			'empty',
			'Nothing was pasted. Paste an RTCConfiguration, an iceServers list, one address a line, or a coturn configuration.'
		);
	}
	if (plain.length > MAX_CHARACTERS) {
		return fail(
			'too-long',
			`The text has ${plain.length} characters; ${MAX_CHARACTERS} can be read. Paste the part with the servers.`
		);
	}
	const start = literalStart(plain);
	if (start !== null) return readServerLiteral(plain, start);
	if (isUclientCommand(plain)) return readUclientCommand(plain);
	if (isCoturnConfig(plain)) return readCoturnConfig(plain);
	return readServerLines(plain);
}

/** An iceServers array as JSON, two spaces deep; parseServers reads it back. Credentials are in it. */
export function formatServers(servers: readonly IceServer[]): string {
	const ordered = servers.map(({ urls, username, credential }) => ({ urls, username, credential }));
	return JSON.stringify(ordered, null, 2);
}
