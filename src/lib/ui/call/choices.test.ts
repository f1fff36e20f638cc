import { expect, test } from 'vitest';
import { DEFAULT_MEDIA } from '../../probes/call/loopback-call-media';
import { costOf, pathOptions, routeOf } from './choices';

const names = { any: 'any', host: 'host', srflx: 'srflx' };
const turn = {
	urls: ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org:5349'],
	username: 'u',
	credential: 'c'
};
const stun = { urls: ['stun:stun.example.org:3478'] };

test('the paths of a list are every relay by itself, and server-reflexive only where somebody can tell the address', () => {
	expect(pathOptions([], names).map(({ value }) => value)).toEqual(['any', 'host']);
	expect(pathOptions([stun, turn, turn], names).map(({ value }) => value)).toEqual(['any', 'host', 'srflx', ...turn.urls]);
});

test('a relay route holds that one URL and its credentials; a server that has gone is no route', () => {
	const route = routeOf('turns:turn.example.org:5349', 'relay', [stun, turn])!;
	expect(route.path).toEqual({ kind: 'relay', url: 'turns:turn.example.org:5349', transport: 'tls', far: 'relay' });
	expect(route.servers).toEqual([{ ...turn, urls: ['turns:turn.example.org:5349'] }]);
	expect(routeOf('turn:gone.example.org', 'relay', [stun, turn])).toBe(null);
	expect(routeOf('host', 'relay', [stun, turn])!.servers).toEqual([]);
});

test('with one end behind the relay the other learns its address from the other servers', () => {
	const route = routeOf(turn.urls[0]!, 'direct', [stun, turn])!;
	expect(route.path.far).toBe('direct');
	expect(route.servers.flatMap(({ urls }) => urls)).toContain('stun:stun.example.org:3478');
});

test('the cost follows time, size and limit, and a direct call costs nothing', () => {
	const relay = routeOf(turn.urls[0]!, 'relay', [turn]);
	const whole = costOf(relay, DEFAULT_MEDIA, 30)!;
	expect(whole.seconds).toBe(30);
	expect(costOf(relay, DEFAULT_MEDIA, null)!.bytes).toBe(2 * whole.bytes);
	expect(costOf(relay, { ...DEFAULT_MEDIA, bitrateCapBps: 100_000 }, 30)!.bytes).toBeLessThan(whole.bytes / 2);
	expect(costOf(routeOf('host', 'relay', []), DEFAULT_MEDIA, 30)!.bytes).toBe(0);
	expect(costOf(null, DEFAULT_MEDIA, 30)).toBe(null);
});
