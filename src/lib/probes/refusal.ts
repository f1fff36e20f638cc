/** A browser's exception as a recorded failure: its message, and the code for its name. */
import { entryOf } from '../core/base/record';
import { failed, type Failed } from '../core/observations/failure-values';
import type { FailureCode } from '../core/observations/observation';

/** Names of DOMException and errors (Web IDL §2.8.1) that the RTCPeerConnection constructor, fetch and getUserMedia throw. */
const CODES: Record<string, FailureCode> = {
	SyntaxError: 'malformed',
	TypeError: 'malformed',
	InvalidAccessError: 'malformed',
	NotSupportedError: 'unsupported',
	ReferenceError: 'unsupported',
	NotAllowedError: 'blocked',
	NotFoundError: 'unsupported',
	NotReadableError: 'blocked',
	SecurityError: 'blocked',
	TimeoutError: 'timeout',
	AbortError: 'aborted'
};

export function refusal(error: unknown): Failed {
	if (typeof RTCPeerConnection === 'undefined') {
		return failed('no-webrtc', 'failed-no-webrtc', {});
	}
	const { name, message } =
		error instanceof Error || error instanceof DOMException ? error : { name: '', message: String(error) };
	return { state: 'failed', code: entryOf(CODES, name) ?? 'internal', message: message || name };
}
