/**
 * ICE servers from whatever people paste: an RTCConfiguration, an iceServers array or one server (JSON or JavaScript), the
 * answer of a TURN REST service, URLs line by line, a coturn configuration, a turnutils_uclient command. Nothing is dropped
 * without a note. URLs themselves are judged by the linter (server-lint), so that a wrong one can be shown and mended.
 */
import { count, integer } from '../base/format';
import { fail, type Result } from '../base/result';
import { isCoturnConfig, readCoturnConfig } from './coturn-config';
import type { ParsedServers } from './parsed-servers';
import type { IceServer } from './server';
import { isUclientCommand, readServerLines, readUclientCommand } from './server-lines';
import { literalStart, readServerLiteral } from './server-literal';

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
			`The text has ${count(plain.length, 'character')}; ${integer(MAX_CHARACTERS)} can be read. Paste the part with the servers.`
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
