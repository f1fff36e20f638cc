/** `tailscale netcheck --format=json`: no WebRTC, but the same questions about the network, asked by another program. */
import { isRecord, type JsonObject } from '../base/record';
import { RecordingBuilder } from './builder';

export function looksLikeNetcheck(value: JsonObject): boolean {
	return 'MappingVariesByDestIP' in value || ('RegionLatency' in value && 'PreferredDERP' in value);
}

/** One connection without pairs: its public addresses as candidates, the rest as one object with the program's own names. */
export function readNetcheck(value: JsonObject): RecordingBuilder {
	const recording = new RecordingBuilder('netcheck', 'tailscale netcheck');
	recording.clock = 'none';
	const builder = recording.connection('1');
	builder.label = 'Network check';
	const report: Record<string, unknown> = { type: 'netcheck' };
	for (const [name, given] of Object.entries(value)) {
		if (given === null || typeof given !== 'object') report[name] = given;
		// Latencies are in nanoseconds.
		else if (isRecord(given))
			for (const [region, latency] of Object.entries(given))
				if (typeof latency === 'number') report[`${name}Ms.${region}`] = Math.round(latency / 1e4) / 100;
	}
	builder.addReport(0, 'netcheck', report);
	for (const key of ['GlobalV4', 'GlobalV6'] as const) {
		const endpoint = /^\[?([0-9a-fA-F.:]+?)\]?:(\d+)$/.exec(typeof value[key] === 'string' ? value[key] : '');
		if (!endpoint) continue;
		const [, address, port] = endpoint;
		builder.addReport(0, key, { type: 'local-candidate', candidateType: 'srflx', protocol: 'udp', address, port: Number(port) });
	}
	recording.notes.add('no-calls', 'This is a check of a network by another program: there are no connections in it.');
	return recording;
}
