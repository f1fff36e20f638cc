/** Credentials never enter a report, a link or a recording, under whatever name and in whatever notation they come. */
import { isRecord } from './record';

/** Fields of RTCIceServer, of server configurations and of what services answer. */
const NAME = '(?<![\\w-])[\\w-]{0,30}?(?:credentials?|passw(?:or)?d|passphrase|secret|access_?token|mac_?key|api_?key)';
const SECRET_NAME = new RegExp(`^${NAME}$`, 'i');

/** A quote of JSON or of an object literal, escaped where the text stands inside another one. */
const QUOTE = '\\\\{0,8}["\'`]';
/** `"secret": "…"`, `credential: '…'`, `\"password\":\"…\"`; also where the text was cut off before the end of the value. */
const QUOTED = new RegExp(
	`((${QUOTE}|)${NAME}\\2\\s{0,20}[:=]\\s{0,20})(${QUOTE})(?:(?!\\3)(?:\\\\[\\s\\S]|[^\\\\]))*(?:\\3|$)`,
	'gi'
);
/**
 * `{ urls: turn:x, credential: … }`, `static-auth-secret=…`, `"password": 1234`. The name has to stand where a field begins: in a
 * sentence “the password: it must be …” is none.
 */
const BARE = new RegExp(
	`((?:^|[{[(,;?&])\\s{0,20}(${QUOTE}|)${NAME}\\2\\s{0,20}[:=]\\s{0,20})(?!${QUOTE}|(?:null|true|false)\\b)[^\\s,;}\\])&][^,;}\\])&\\n]*`,
	'gim'
);
/** One look that most texts do not survive. */
const SUSPICIOUS = /credential|passw|passphrase|secret|access_?token|mac_?key|api_?key/i;

/** A text that may hold a configuration, without the secrets in it. */
export function withoutSecretText(text: string): string {
	if (!SUSPICIOUS.test(text)) return text;
	return text.replace(QUOTED, '$1$3…$3').replace(BARE, (_, start: string, quote: string) => `${start}${quote}…${quote}`);
}

/** `turn:user:password@host`, which browsers refuse and people write. What comes before the `@` gives way to a mark. */
export function withoutUserInfo(url: string): string {
	return url.replace(/^(\s*(?:stun|turn)s?:(?:\/\/)?)[^?#]*@/i, '$1…@');
}

/** Names that reach an object's prototype when code assigns them (CWE-1321). */
const PROTOTYPE_KEYS = ['__proto__'];

/** A copy without secrets and without keys that could reach a prototype; everything else stays as it is. */
export function withoutDanger(value: unknown): unknown {
	if (typeof value === 'string') return withoutSecretText(value);
	if (Array.isArray(value)) return value.map(withoutDanger);
	if (!isRecord(value)) return value;
	const safe = Object.entries(value).filter(([name, item]) => !PROTOTYPE_KEYS.includes(name) && !holdsSecret(name, item));
	return Object.fromEntries(safe.map(([name, item]) => [name, withoutDanger(item)]));
}

/** Whether there is one, said by yes or no, is no secret. */
function holdsSecret(name: string, item: unknown): boolean {
	return typeof item !== 'boolean' && SECRET_NAME.test(name);
}
