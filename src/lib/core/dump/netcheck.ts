/** What other programs found out about a network, as JSON: no WebRTC, but the same questions, `tailscale netcheck` and NAT testers. */
import { scopeOfText } from '../base/ip';
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

/** Names that NAT testers (natcheck, go-nats and their like) give what they found; one alone may mean anything. */
const FOUND =
	/^(?:is_?natt?ed|(?:nat_?)?(?:mapping|filtering)(?:_?(?:behaviou?r|type))?|nat_?type|port_?preservation|hairpin(?:ning)?|(?:external|public|mapped)_?(?:ip|addr\w*|endpoint)|turn_?required|webrtc_?forecast|cgnat)$/i;
const OUTSIDE = /(?:external|public|mapped|reflexive|srflx)/i;
const MOST_DEPTH = 4;

export function looksLikeNatCheck(value: JsonObject): boolean {
	const names = [value, ...Object.values(value).filter(isRecord)].flatMap((each) => Object.keys(each));
	return new Set(names.filter((name) => FOUND.test(name)).map((name) => name.toLowerCase())).size >= 2;
}

/** Everything that it found under its own names; addresses seen from outside as candidates. */
export function readNatCheck(value: JsonObject): RecordingBuilder {
	const recording = new RecordingBuilder('nat-check', 'Check of a NAT by another program');
	recording.clock = 'none';
	const builder = recording.connection('1');
	builder.label = 'Network check';
	const report: Record<string, unknown> = { type: 'nat-check' };
	const outside = new Set<string>();
	const walk = (item: unknown, path: string, depth: number): void => {
		if (item === null || typeof item !== 'object') {
			if (path !== '') report[path] = item;
			const endpoint = /^\[?([0-9a-fA-F.:]+?)\]?(?::(\d+))?$/.exec(typeof item === 'string' ? item : '');
			if (endpoint && OUTSIDE.test(path) && scopeOfText(endpoint[1]!) !== null)
				outside.add(`${endpoint[1]} ${endpoint[2] ?? ''}`);
		} else if (depth < MOST_DEPTH)
			for (const [name, inner] of Object.entries(item)) walk(inner, path === '' ? name : `${path}.${name}`, depth + 1);
	};
	walk(value, '', 0);
	builder.addReport(0, 'nat-check', report);
	for (const each of outside) {
		const [address, port] = each.split(' ');
		const at = port ? { port: Number(port) } : {};
		builder.addReport(0, `outside ${each}`, { type: 'local-candidate', candidateType: 'srflx', protocol: 'udp', address, ...at });
	}
	recording.notes.add('no-calls', 'This is a check of a network by another program: there are no connections in it.');
	return recording;
}
