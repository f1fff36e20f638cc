/** Names that lead nowhere, or to one family: a row for each URL, and one finding for each name, wherever a report is shown. */
import { describe, expect, test } from 'vitest';
import { everySentence } from '../../src/lib/core/messages/en/every-sentence';
import { rootFindings } from '../../src/lib/core/verdict/root-findings';
import { conclusionsOf } from './falsities';
import { runCheck } from './run';
import { makeWorld, type Entry, type Machine, type World } from './world';

const LOGIN = { username: 'alice', credential: 'right' };
const MISSPELT: Entry[] = [
	{ url: 'stun:no.such.invalid', machine: null },
	{ url: 'turn:no.such.invalid?transport=udp', machine: null, ...LOGIN },
	{ url: 'turns:no.such.invalid?transport=tcp', machine: null, ...LOGIN }
];

function machine(name: string | null, addresses: string[], records: string[]): Machine {
	return {
		...{ addresses, name, records, stands: 'outside', alive: true, listeners: { 'udp 3478': 'works' }, turn: false },
		...{ sourceNat: null, users: {}, quota: null, error: null },
		relay: { ipv4: null, ipv6: null, open: true, sends: true }
	};
}

const MACHINES = [
	machine(null, ['203.0.113.10'], []),
	machine('four.example', ['203.0.113.20'], ['203.0.113.20']),
	machine('six.example', ['2001:db8:a::10'], ['2001:db8:a::10'])
];

function conclusions(engine: World['engine'], ipv6: string | null, list: Entry[]) {
	const plain = { udp: 'open', tcp: 'open', lossRatio: 0, rttMs: 20, lookups: true, broken: null, rewrittenTo: null } as const;
	const world: World = {
		...{ ...makeWorld(1), ...plain, engine, microphone: false, machines: MACHINES, list },
		device: { ipv4: '192.168.1.23', ipv6 }
	};
	return conclusionsOf(runCheck(world));
}

describe.each(['chromium', 'firefox'] as const)('%s', (engine) => {
	describe.each([null, '2001:db8:77::23'])('on a device with IPv6 %s', (ipv6) => {
		test.each([1, 2, 3])('%i URLs of a name that does not exist', (count) => {
			const { servers, findings } = conclusions(engine, ipv6, [
				{ url: 'stun:203.0.113.10', machine: 0 },
				...MISSPELT.slice(0, count)
			]);
			expect(servers.filter(({ url }) => url.includes('no.such.invalid'))).toHaveLength(count);
			const about = rootFindings(findings).filter((finding) => everySentence(finding).includes('no.such.invalid'));
			expect(about.map(({ rule }) => rule)).toEqual(['server-name-not-found']);
		});

		test.each(['four.example', 'six.example'])('a name that leads to one family: %s', (name) => {
			const { servers, findings } = conclusions(engine, ipv6, [
				{ url: 'stun:203.0.113.10', machine: 0 },
				{ url: `stun:${name}`, machine: name === 'four.example' ? 1 : 2 }
			]);
			const leads = name === 'four.example' || ipv6 !== null;
			expect(servers.filter(({ url }) => url.includes(name)).map(({ state }) => state)).toEqual([
				leads ? 'works' : 'unreachable'
			]);
			const about = rootFindings(findings).filter((finding) => everySentence(finding).includes(name));
			expect(about).toHaveLength(leads ? 0 : 1);
		});
	});
});
