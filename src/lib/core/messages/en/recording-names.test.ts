import { expect, test } from 'vitest';
import { connectionName, recordingName } from './recording-names';

test.each([
	['a call of this page', 'caller', 'caller', 'Caller'],
	['one in a file of an earlier version', 'callee', 'Callee', 'Callee'],
	['a call of two devices', 'caller', 'Anna’s laptop', 'Anna’s laptop'],
	['a dump', '8-1', 'Connection 8-1', 'Connection 8-1'],
	['a dump whose connection has no name', '8-1', '', '8-1']
])('a connection of %s is called by its name', (_, id, label, name) => {
	expect(connectionName({ id, label })).toBe(name);
});

test.each([
	['loopback-call', 'Call of this page'],
	['chrome://webrtc-internals', 'chrome://webrtc-internals']
])('a recording of %s is called %s', (formatName, name) => {
	expect(recordingName(formatName)).toBe(name);
});
