/**
 * Errors of STUN and TURN servers in a recorded log, explained as a check explains them (ice/candidate-errors), with the URL and the
 * user name that the configuration has for it.
 */
import type { Said } from '../../base/said';
import { isRecord, parseJson } from '../../base/record';
import { engineOf } from '../../base/user-agent';
import { explainError, mostTelling } from '../../ice/candidate-errors';
import { isUnspecifiedIpv6 } from '../../ice/error-facts';
import type { HandshakeEvent } from '../../recording/handshake';
import { restExpiryMs } from '../../stun/rest-credentials';
import type { ConnectionView } from './findings-view';
import { isTurnUrl, placeOfUrl } from './recorded-configuration';

export interface RecordedError {
	atMs: number | null;
	url: string;
	errorCode: number;
	errorText: string;
	address: string | null;
	/** The server was asked to prolong what it had allocated. */
	ofRefresh: boolean;
}

export interface ExplainedError {
	url: string;
	/** Null where the configuration does not tell. */
	username: string | null;
	code: number;
	/** The answer of the server itself, which proves that it was reached. */
	isAnswer: boolean;
	explanation: Said;
	nextStep: Said;
	atMs: number | null;
}

/** Null where the recorder wrote down neither a URL nor a code. */
export function recordedError({ error = '', atMs }: HandshakeEvent): RecordedError | null {
	const value = parseJson(error);
	const field = (...names: string[]): string | null => {
		if (isRecord(value)) {
			const found = names.map((name) => value[name]).find((one) => one !== undefined && one !== null);
			return found === undefined ? null : String(found);
		}
		return new RegExp(`\\b(?:${names.join('|')}): ([^,]*)`).exec(error)?.[1]?.trim() ?? null;
	};
	const code = Number(field('errorCode', 'error_code') ?? NaN);
	const url = field('url');
	if (!Number.isFinite(code) || !url) return null;
	return {
		atMs,
		url,
		errorCode: code,
		errorText: field('errorText', 'error_text') ?? '',
		address: field('address'),
		ofRefresh: field('request') === 'refresh'
	};
}

function errorsOf(view: ConnectionView): RecordedError[] {
	return view.events('candidate-error').flatMap((event) => recordedError(event) ?? []);
}

/** An allocation that a server had given and refused to prolong. */
export function refreshErrors(view: ConnectionView): RecordedError[] {
	return errorsOf(view).filter(({ url, ofRefresh }) => isTurnUrl(url) && ofRefresh);
}

/** One for each TURN URL that told an error and gave no relay; those of another address family than the server has say nothing. */
export function turnErrors(view: ConnectionView): ExplainedError[] {
	const errors = errorsOf(view).filter(
		({ url, errorText, address, ofRefresh }) =>
			isTurnUrl(url) && !ofRefresh && !(/host lookup/.test(errorText) && isUnspecifiedIpv6(address))
	);
	const given = relayUrls(view);
	const urls = [...new Set(errors.map(({ url }) => url))].filter((url) => !given.has(url));
	return urls.flatMap((url) => explained(view, url, errors) ?? []);
}

function relayUrls({ candidates }: ConnectionView): ReadonlySet<string | null> {
	return new Set(candidates.filter(({ side, type }) => side === 'local' && type === 'relay').map(({ url }) => url));
}

/** Quota, and no port that is left (RFC 8656 §7.2): of several allocations the last ones are refused. */
const FULL: ReadonlySet<number> = new Set([486, 508]);

/** Of servers that gave a relay and had no other one to give. */
export function furtherRelayErrors(view: ConnectionView): ExplainedError[] {
	const given = relayUrls(view);
	const errors = errorsOf(view).filter(({ url, errorCode, ofRefresh }) => given.has(url) && FULL.has(errorCode) && !ofRefresh);
	return [...new Set(errors.map(({ url }) => url))].flatMap((url) => explained(view, url, errors) ?? []);
}

function explained(view: ConnectionView, url: string, errors: readonly RecordedError[]): ExplainedError | null {
	const own = errors.filter((error) => error.url === url);
	const event = mostTelling(url, own);
	const place = placeOfUrl(url);
	const fromMs = gatheringFromMs(view);
	if (!event || !place) return null;
	const since = (atMs: number | null) => (atMs === null || fromMs === null ? null : Math.max(0, atMs - fromMs));
	const { configuration } = view;
	const username = configuration?.servers.find((server) => server.url === url)?.username ?? null;
	const expiryMs = username === null ? null : restExpiryMs(username);
	const ended = view.events('gathering-state').find(({ state }) => state === 'complete')?.atMs ?? null;
	const { rule, values, nextStep } = explainError({
		scheme: place.scheme,
		transport: place.transport,
		host: place.host,
		hostKind: place.hostKind,
		port: place.port,
		engine: engineOf(view.recording.userAgent ?? ''),
		code: event.errorCode,
		text: event.errorText,
		events: own.length,
		elapsedMs: since(event.atMs),
		waitedMs: since(ended ?? event.atMs),
		endedBy: ended === null ? 'deadline' : 'complete',
		candidates: [],
		address: event.address,
		expiredForMs:
			expiryMs !== null && view.recording.clock === 'epoch' && event.atMs !== null && event.atMs > expiryMs
				? event.atMs - expiryMs
				: null
	});
	const isAnswer = event.errorCode > 0 && event.errorCode !== 701 && !/Missing TURN server credentials/.test(event.errorText);
	return { url, username, code: event.errorCode, isAnswer, explanation: { rule, values }, nextStep, atMs: event.atMs };
}

/** When servers were first asked: gathering is announced, or a description was set. */
function gatheringFromMs(view: ConnectionView): number | null {
	const gathering = view.events('gathering-state').find(({ state }) => state === 'gathering');
	const set = view.connection.events.find(({ call, phase }) => call === 'set-local' && phase === 'called');
	return gathering?.atMs ?? set?.atMs ?? null;
}
