/**
 * Tells whether two texts are the same without keeping either: two FNV-1a sums (the 32-bit prime and offset of the FNV
 * reference, one over the characters and one over their complements), and the length. No cryptography: nobody gains by a
 * collision here, and `crypto.subtle` is missing where the page is not served securely.
 */
export function contentKey(text: string): string {
	let [a, b] = [0x811c9dc5, 0x811c9dc5 ^ text.length];
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, 0x01000193);
		b = Math.imul(b ^ (0xffff - code) ^ (i & 0xff), 0x01000193);
	}
	const hex = (sum: number) => (sum >>> 0).toString(16).padStart(8, '0');
	return `${hex(a)}${hex(b)}-${text.length}`;
}
