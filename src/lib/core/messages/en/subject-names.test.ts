import { expect, test } from 'vitest';
import type { SubjectName } from '../../recording/metric-series';
import { subjectLabel } from './subject-names';

const RELAY = { type: 'relay', protocol: 'udp', relayProtocol: 'tls' };
const NAMED = { id: '', side: 'local', address: null, port: null, priority: null, url: null } as const;

test.each<[SubjectName, string]>([
	[{ is: 'stream', kind: 'video', direction: 'out', rid: 'hi' }, 'video, sent (hi)'],
	[{ is: 'stream', kind: 'unknown', direction: 'in', rid: null }, 'stream, received'],
	[{ is: 'reported-stream', kind: 'audio', reportedBy: 'receiver' }, 'audio, as the other end receives it'],
	[{ is: 'pair', local: { ...NAMED, ...RELAY }, remote: null }, 'relay over TLS to unknown'],
	[{ is: 'data-channel', label: '' }, 'data channel'],
	[{ is: 'one-way', from: null }, 'from the other end']
])('%o is called %s', (named, words) => {
	expect(subjectLabel(named)).toBe(words);
});
