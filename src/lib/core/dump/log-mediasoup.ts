/** The log of mediasoup: each transport is a connection. */
import { addServerError } from './candidate-lines';
import { state } from './log-events';
import type { LogLine, LogProgram } from './log-reader';

export const MEDIASOUP: LogProgram = {
	format: 'mediasoup-log',
	name: 'Log of mediasoup',
	is: /\bmediasoup(?:-worker|:)|\bRTC::(?:WebRtcTransport|IceServer|DtlsTransport)::/,
	lines: () => {
		const at = (line: LogLine) => {
			const id = /\b(?:transport ?id|id):\s*"?([\w-]{6,})/i.exec(line.text)?.[1];
			return id === undefined ? line.connection('1', 'Transport') : line.connection(id, `Transport ${id}`);
		};
		return [
			{
				pattern:
					/\b(ice|dtls)state(?:change)?\b.*?\b(?:iceState|dtlsState|state)?[:=" ]*\b(new|connecting|connected|completed|disconnected|failed|closed)\b/i,
				take: ([, which, to], line) =>
					state(at(line), which!.toLowerCase() === 'ice' ? 'ice-state' : 'dtls-state', to!.toLowerCase(), line)
			},
			{
				pattern: /\b(?:wrong|unknown)\b.*\bSTUN\b.*=> ?(\d{3})/i,
				take: ([text, code], line) =>
					addServerError(at(line), { url: null, errorCode: Number(code), errorText: text.slice(0, 200) }, line.atMs)
			},
			{
				pattern: /RTC::DtlsTransport::.*\b(?:DTLS|handshake)\b.*\bfail/i,
				take: (_, line) => state(at(line), 'dtls-state', 'failed', line)
			}
		];
	}
};
