/** Where the packets decide a question, so that "unknown" would be a loss, and the kinds of it that are left. */
import type { Family } from '../../src/lib/core/base/ip';
import { truthOf } from './falsities';
import type { Run } from './run';
import { isLiteral, placeOf, type Heard, type Truth } from './truth';

export const DECIDED: Record<string, (run: Run) => boolean> = {
	'udp-usable': (run) => truthOf(run).toldOutside().length > 0,
	'ipv6-usable': (run) => truthOf(run).toldOutside('ipv6').length > 0,
	'turn-works': (run) => usedOutside(truthOf(run)),
	'calls-will-work': (run) => usedOutside(truthOf(run)),
	'needs-turn': (run) => {
		const truth = truthOf(run);
		return (
			silentBesideControl(truth) ||
			seenDifferently(truth) ||
			(seenAlike(truth, 'ipv4') && filterTold(truth)) ||
			(truth.world.device.ipv4 === null && seenAlike(truth, 'ipv6'))
		);
	}
};

/** Kinds of unknown that are left, by the rule that says it: the last moments of a loss, a late answer or a lie on the way. */
export const KINDS_OF_UNKNOWN: Record<string, readonly string[]> = {
	'udp-usable': ['udp-not-decided-yet'],
	'ipv6-usable': ['ipv6-not-tested'],
	'turn-works': ['turn-not-decided-yet'],
	'calls-will-work': ['calls-not-decided', 'calls-mostly-direct', 'calls-depend-on-peer'],
	'needs-turn': ['turn-need-unknown-filtering', 'turn-need-unknown-mapping']
};

/** A relay with a public address that carried data to this page. */
function usedOutside(truth: Truth): boolean {
	const direct = truth.anyRelayed().filter(({ toward }) => toward === 'direct');
	return direct.some(({ relay, url }) => truth.machineOf(url)?.stands === 'outside' && !/^(192\.168|10)\./.test(relay.address));
}

/**
 * Several servers outside were asked over UDP in vain, while one answers over a connection. A device with a public address is left
 * out: servers that agree with it are not told, so that silence may be agreement. So is what only relays show.
 */
function silentBesideControl(truth: Truth): boolean {
	const { device, nat } = truth.world;
	if (device.ipv6 !== null || nat.mapping === 'none' || truth.anyRelayed().some(({ toward }) => toward === 'direct'))
		return false;
	const controls = truth.heardOutside('stream').filter(({ url }) => isLiteral(url));
	return truth.askedOutsideOverUdp().size > 1 && truth.heardOutside('udp').length === 0 && controls.length > 0;
}

/** What servers outside told of one socket that asked all of them, for each such socket. */
function toldTogether(truth: Truth, family: Family): Heard[][] {
	const told = truth.toldOutside(family).filter(({ step, user }) => step.startsWith('nat-mapping') && user === null);
	const steps = [...new Set(told.map(({ step }) => step))];
	return steps.map((step) => told.filter((each) => each.step === step));
}

const seenAs = (told: readonly Heard[]) => new Set(told.map(({ mapped }) => `${mapped!.address} ${mapped!.port}`)).size;

function seenDifferently(truth: Truth): boolean {
	return toldTogether(truth, 'ipv4').some((told) => seenAs(told) > 1);
}

function seenAlike(truth: Truth, family: Family): boolean {
	return toldTogether(truth, family).some(
		(told) => seenAs(told) === 1 && told.some((a) => told.some((b) => areApart(a.url, b.url)))
	);
}

/** A page does not learn where names lead: of one operator, or a name and an address, may be one machine. */
function areApart(a: string, b: string): boolean {
	const [one, two] = [placeOf(a).host, placeOf(b).host];
	const [first, second] = [isLiteral(a), isLiteral(b)];
	if (first !== second) return false;
	const operator = (name: string) => name.split('.').slice(-2).join('.');
	return first ? one !== two : operator(one) !== operator(two);
}

/** Unsolicited packets came in, or did not while one that was asked for came from the same place. */
function filterTold(truth: Truth): boolean {
	const of = (opened: string) => truth.probes.filter((each) => each.opened === opened && each.family === 'ipv4');
	const strangers = of('other-address');
	return strangers.some(({ arrived }) => arrived) || (strangers.length > 0 && of('relay-address').length > 0);
}
