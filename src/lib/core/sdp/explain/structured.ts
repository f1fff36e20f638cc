/**
 * A description as the npm package sdp-transform reads it, which many applications use. It leaves out or alters lines that it
 * does not know, so it is a second view only: the linter and everything else read the lines themselves.
 */
import { parse } from 'sdp-transform';

export function structuredOf(text: string): object {
	return parse(text);
}
