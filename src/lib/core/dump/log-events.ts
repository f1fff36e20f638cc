/** What lines of logs say of a connection: a state it came to, or what the program wrote in its own words. */
import type { HandshakeEvent } from '../recording/handshake';
import type { ConnectionBuilder } from './builder';
import type { LogLine } from './log-reader';

type StateCall = Extract<HandshakeEvent['call'], 'ice-state' | 'connection-state' | 'dtls-state'>;

export function state(builder: ConnectionBuilder, call: StateCall, to: string, { atMs }: LogLine): void {
	builder.events.push({ atMs, peer: builder.id, call, phase: 'event', state: to });
}

export function said(builder: ConnectionBuilder, name: string, text: string, { atMs }: LogLine): void {
	builder.events.push({ atMs, peer: builder.id, call: 'other', phase: 'event', name, detail: text.trim().slice(0, 400) });
}
