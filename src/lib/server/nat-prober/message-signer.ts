/**
 * How two Icelens servers authenticate each other's messages: an HMAC keyed with their shared secret over the time, a nonce and the
 * body; in an answer, over the nonce of the request. The secret itself is never in a header: where the operator's URL says plain
 * http (a private line between the servers, a laboratory) it could be read on the way, and a reader could request probes with it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';

/** How far two clocks may be apart: machines with NTP are within a second, those without drift some seconds a day. */
const WINDOW_S = 60;

export interface MessageSigner {
	/** The Authorization header for a request of ours, and the nonce that its answer must be signed with. */
	request(body: string): { authorization: string; nonce: string };
	/** `clockOf` is given only to those who know the secret. A nonce is accepted once, whichever of the two made it. */
	check(authorization: string | null, body: string): { ok: true; nonce: string } | { ok: false; clockOf: string | null };
	answer(nonce: string, status: number, body: string): string;
	isAnswer(proof: string | null, nonce: string, status: number, body: string): boolean;
}

export function makeMessageSigner(secret: string, clock: Clock, random: Random): MessageSigner {
	// Two generations: what is older than both is outside the window anyway. Requests without a valid HMAC are not remembered.
	let fresh = new Set<string>();
	let stale = new Set<string>();
	let turnedS = 0;
	const nowS = () => Math.floor(clock.epochMs() / 1000);
	const remember = (nonce: string) => {
		if (nowS() - turnedS > 2 * WINDOW_S) {
			stale = fresh;
			fresh = new Set();
			turnedS = nowS();
		}
		fresh.add(nonce);
	};
	const mac = (...parts: (string | number)[]) =>
		createHmac('sha256', secret)
			.update(['icelens partner', ...parts].join('\n'))
			.digest('base64url');
	return {
		request(body) {
			const nonce = Buffer.from(random.bytes(18)).toString('base64url');
			// A request of our own that is sent back to us is a replay too.
			remember(nonce);
			return { authorization: `Icelens ${nowS()}.${nonce}.${mac('request', nowS(), nonce, body)}`, nonce };
		},
		check(authorization, body) {
			const [, time, nonce, seen] = /^Icelens (\d{1,12})\.([\w-]{24})\.([\w-]{43})$/.exec(authorization ?? '') ?? [];
			if (!time || !nonce || !same(seen!, mac('request', Number(time), nonce, body))) return { ok: false, clockOf: null };
			if (Math.abs(nowS() - Number(time)) > WINDOW_S) return { ok: false, clockOf: nonce };
			if (fresh.has(nonce) || stale.has(nonce)) return { ok: false, clockOf: null };
			remember(nonce);
			return { ok: true, nonce };
		},
		answer: (nonce, status, body) => mac('answer', nonce, status, body),
		isAnswer: (proof, nonce, status, body) => proof !== null && same(proof, mac('answer', nonce, status, body))
	};
}

/** In constant time. */
function same(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
