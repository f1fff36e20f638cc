/** Logs of real servers (tests/fixtures/pasted/SOURCES.md): what is said first of each. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { importDump } from '../../src/lib/core/dump/import';
import { sentence } from '../../src/lib/core/messages/en/sentence';
import { judgeDump } from '../../src/lib/core/report/imported';

const FOLDER = new URL('../fixtures/pasted/', import.meta.url);

test.each([
	['janus-verbose.log.gz', 'headline-import-connected', /^The connection was established, and nothing stands out\./],
	['janus-dtls-failed.log', 'headline-import-failed', /^ICE found a path, and the DTLS handshake failed\./],
	['janus-ice-failed.log', 'headline-import-failed', /^No connection was established\. It failed at 2\d\.\d s/],
	// A server does not know what became of its clients' calls.
	['coturn.log', 'headline-import-unknown', /\(user name alice\) gave no relay\. .* error 401/],
	['coturn-quota.log', 'headline-import-unknown', /error 486/]
])('%s', (name, rule, said) => {
	const bytes = readFileSync(new URL(name, FOLDER));
	const read = importDump((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
	if (!read.ok) throw new Error(read.error.message);
	const { headline } = judgeDump(read.value);
	expect(sentence(headline)).toMatch(said);
	expect(headline.rule).toBe(rule);
});
