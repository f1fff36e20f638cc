/** A value or a reason: how core reports bad input. Nothing in core throws across a public function. */
export type Result<T, E = Fault> = { ok: true; value: T } | { ok: false; error: E };

/** Why input was refused: a stable code, a sentence for people, and where in the input it happened. */
export interface Fault {
	code: string;
	/** One plain sentence that names the value and the remedy. */
	message: string;
	/** A path such as `iceServers[1].urls[0]`, or `line 3, column 7`; absent when the whole input is meant. */
	where?: string;
}

export function ok<T>(value: T): { ok: true; value: T } {
	return { ok: true, value };
}

export function fail(code: string, message: string, where?: string): { ok: false; error: Fault } {
	return { ok: false, error: where === undefined ? { code, message } : { code, message, where } };
}
