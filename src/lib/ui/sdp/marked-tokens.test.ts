import { expect, test } from 'vitest';
import { markedTokens } from './marked-tokens';

const underlined = (line: string, ...columns: number[]) => {
	const tokens = markedTokens(line, columns);
	expect(
		tokens
			.map(({ text }) => text)
			.join('')
			.trimEnd()
	).toBe(line);
	return tokens.filter(({ marked }) => marked).map(({ text }) => text);
};

test('the piece that a finding points at is underlined, from there on', () => {
	expect(underlined('m=audio 99999 RTP/AVP 0', 9)).toEqual(['99999']);
	expect(underlined('m=audio 99999 RTP/AVP 0', 11)).toEqual(['999']);
	expect(underlined('m=audio 99999 RTP/AVP 0', 9, 15)).toEqual(['99999', 'RTP/AVP']);
});

test('the first column is the whole line, and one behind the end is seen there', () => {
	expect(underlined('a=mid:0', 1)).toEqual(['a', '=', 'mid', ':', '0']);
	expect(underlined('a=mid:0', 1, 7)).toEqual(['0']);
	expect(underlined('a=rid:x', 8)).toEqual([' ']);
	expect(underlined('a=mid:0')).toEqual([]);
});
