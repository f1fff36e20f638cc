import { describe, expect, test } from 'vitest';
import { parseCandidate, type CandidateLine } from './candidate';
import { explainPairPriority, formPairs, pairPriority } from './pair';

function candidate(line: string): CandidateLine {
	const result = parseCandidate(`candidate:${line}`);
	if (!result.ok) throw new Error(result.error.message);
	return result.value;
}

const host = candidate('1 1 udp 2113937151 192.0.2.10 5000 typ host');
const hostV6 = candidate('2 1 udp 2113942271 2001:db8::10 5001 typ host');
const srflx = candidate('3 1 udp 1677729535 203.0.113.10 6000 typ srflx raddr 192.0.2.10 rport 5000');
const hiddenSrflx = candidate('3 1 udp 1677729535 203.0.113.10 6000 typ srflx raddr 0.0.0.0 rport 0');
const relay = candidate('4 1 udp 50339839 198.51.100.1 7000 typ relay raddr 203.0.113.10 rport 6000');
const hidden = candidate('5 1 udp 2113937151 a.local 5000 typ host');
const active = candidate('6 1 tcp 1518280447 192.0.2.10 9 typ host tcptype active');
const passive = candidate('7 1 tcp 1518214911 192.0.2.20 9000 typ host tcptype passive');
const rtcp = candidate('8 2 udp 2113937150 192.0.2.10 5002 typ host');
const theirHost = candidate('9 1 udp 2113937151 192.0.2.20 5000 typ host');
const theirRelay = candidate('10 1 udp 50339839 198.51.100.2 7000 typ relay raddr 0.0.0.0 rport 0');

const names = (pairs: { local: CandidateLine; remote: CandidateLine }[]) =>
	pairs.map(({ local, remote }) => `${local.foundation}-${remote.foundation}`);

describe('pairPriority', () => {
	test.each([
		[2, 1, (1n << 32n) + 4n + 1n],
		[1, 2, (1n << 32n) + 4n],
		[2, 2, (2n << 32n) + 4n],
		[2113937151, 50339839, 50339839n * 4294967296n + 2n * 2113937151n + 1n]
	])('computes the priority of %d controlling and %d controlled', (controlling, controlled, expected) => {
		const priority = pairPriority(controlling, controlled);
		expect(priority).toBe(expected);
		expect(explainPairPriority(priority)).toEqual({ controlling: BigInt(controlling), controlled: BigInt(controlled) });
	});
});

describe('formPairs', () => {
	test('puts the best pair first and drops the reflexive one whose base is there', () => {
		const pairs = formPairs([relay, srflx, host], [theirRelay, theirHost], 'controlling');
		expect(names(pairs)).toEqual(['1-9', '1-10', '4-9', '4-10']);
	});

	test('a reflexive candidate whose base is blanked stays', () => {
		expect(names(formPairs([host, hiddenSrflx], [theirHost], 'controlling'))).toEqual(['1-9', '3-9']);
	});

	test('blanked bases are not taken for one and the same', () => {
		const second = candidate('11 1 udp 1677729279 203.0.113.11 6001 typ srflx raddr 0.0.0.0 rport 0');
		expect(names(formPairs([hiddenSrflx, second], [theirHost], 'controlling'))).toEqual(['3-9', '11-9']);
	});

	test('families and components stay apart, hidden addresses go with either', () => {
		expect(names(formPairs([host, hostV6, rtcp, hidden], [theirHost], 'controlled'))).toEqual(['1-9', '5-9']);
		expect(names(formPairs([hostV6], [hidden], 'controlled'))).toEqual(['2-5']);
	});

	test('pairs TCP active with passive alone', () => {
		expect(names(formPairs([active, passive], [passive, active, theirHost], 'controlling'))).toEqual(['6-7', '7-6']);
	});

	test('the role decides which priority is G', () => {
		const [asController] = formPairs([host], [theirRelay], 'controlling');
		const [asControlled] = formPairs([host], [theirRelay], 'controlled');
		expect(asController!.priority - asControlled!.priority).toBe(1n);
	});

	test('the list is cut at the limit, the best kept', () => {
		expect(names(formPairs([relay, host], [theirRelay, theirHost], 'controlling', 2))).toEqual(['1-9', '1-10']);
	});
});
