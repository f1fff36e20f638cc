/** Captures by tcpdump of calls in the lab (tests/recordings/captured.ts), beside what the browser counted and the server wrote. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isRecord } from '../../src/lib/core/base/record';
import { CaptureReader } from '../../src/lib/core/dump/capture/capture-reader';
import { sentence } from '../../src/lib/core/messages/en/sentence';
import { candidatesOf, lastOf, tracksOf } from '../../src/lib/core/recording/connection';
import { judgeDump } from '../../src/lib/core/report/imported';

const FOLDER = new URL('../fixtures/captures/', import.meta.url);

type Report = Record<string, unknown> & { type: string };
interface Truth {
	stats: Report[];
	serverSaid: string[];
}

function captured(name: string) {
	const reader = new CaptureReader();
	reader.push(new Uint8Array(gunzipSync(readFileSync(new URL(`${name}.pcap.gz`, FOLDER)))));
	const read = reader.end();
	if (!read.ok) throw new Error(read.error.message);
	const [connection, ...others] = read.value.connections;
	expect(others).toEqual([]);
	const truth = JSON.parse(readFileSync(new URL(`${name}.truth.json`, FOLDER), 'utf8')) as Truth;
	const { headline, findings } = judgeDump(read.value);
	const { values } = headline;
	return {
		connection: connection!,
		truth,
		/** Of the browser's reports of this type, the one by which the call went. */
		told: (type: string, more: Partial<Report> = {}) =>
			truth.stats.find((each) => each.type === type && Object.entries(more).every(([name, value]) => each[name] === value))!,
		worst: isRecord(values) && isRecord(values.worst) ? values.worst : null,
		first: sentence(headline),
		findings
	};
}

/** What was captured under these names, of the only object of its type. */
function counted({ connection }: ReturnType<typeof captured>, type: string, fields: readonly string[]) {
	const [track, ...others] = tracksOf(connection, type);
	expect(others).toEqual([]);
	return Object.fromEntries(fields.map((field) => [field, lastOf(track, field)]));
}
const among = (report: Report, fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, report[field]]));

const CHECKS = ['requestsSent', 'responsesReceived', 'requestsReceived', 'responsesSent'];
const CARRIED = ['packetsSent', 'packetsReceived', 'bytesSent', 'bytesReceived'];

test('a wrong password: the refusal that the server wrote down, with its URL and user', () => {
	const found = captured('captured-turn-password');
	expect(found.truth.serverSaid.join('\n')).toContain('user alice credentials are incorrect');
	expect(found.truth.stats.map(({ type }) => type)).not.toContain('local-candidate');
	expect(found.worst).toMatchObject({
		rule: 'turn-server-error',
		values: { url: 'turn:203.0.113.10:3478?transport=udp', username: 'alice', code: 401 }
	});
	expect(candidatesOf(found.connection)).toEqual([]);
});

test('a call over a relay: the counters of the browser, packet by packet and byte by byte', () => {
	const found = captured('captured-relay');
	const pair = found.told('candidate-pair', { nominated: true });
	expect(counted(found, 'candidate-pair', [...CHECKS, ...CARRIED, 'state', 'nominated'])).toEqual(
		among(pair, [...CHECKS, ...CARRIED, 'state', 'nominated'])
	);
	expect(counted(found, 'transport', ['dtlsState', ...CARRIED])).toEqual(
		among(found.told('transport'), ['dtlsState', ...CARRIED])
	);
	expect(counted(found, 'inbound-rtp', ['ssrc', 'packetsReceived', 'packetsLost'])).toEqual(
		among(found.told('inbound-rtp'), ['ssrc', 'packetsReceived', 'packetsLost'])
	);
	expect(counted(found, 'outbound-rtp', ['ssrc', 'packetsSent'])).toEqual(
		among(found.told('outbound-rtp'), ['ssrc', 'packetsSent'])
	);
	for (const side of ['local', 'remote'] as const) {
		const end = found.told(`${side}-candidate`, { id: pair[`${side}CandidateId`] });
		expect(candidatesOf(found.connection).filter((each) => each.side === side)).toMatchObject([
			{ address: end.address, port: end.port, ...(side === 'local' && { type: end.candidateType, url: end.url }) }
		]);
	}
	expect(found.findings.filter(({ severity }) => severity === 'problem' || severity === 'warning')).toEqual([]);
});

test('DTLS blocked: checks are answered, and no handshake is seen', () => {
	const found = captured('captured-dtls-blocked');
	expect(found.told('transport').dtlsState).toBe('connecting');
	const pair = found.told('candidate-pair', { nominated: true });
	// The last check may be on its way when the counters are read.
	for (const field of CHECKS)
		expect(Math.abs(Number(counted(found, 'candidate-pair', CHECKS)[field]) - Number(pair[field]))).toBeLessThanOrEqual(1);
	expect(counted(found, 'candidate-pair', CARRIED)).toEqual(among(pair, CARRIED));
	// tcpdump -i any tells which packets left this machine.
	expect(found.connection.label).toMatch(/^192\.0\.2\.18 to 192\.0\.2\.34/);
	expect(found.worst).toMatchObject({ rule: 'dtls-unfinished', values: { state: 'new' } });
	expect(found.first).toMatch(/ICE found a path, and the DTLS handshake was not seen to begin in 1\d\.\d s/);
});
