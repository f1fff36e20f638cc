/**
 * Rules whose sentence is still made where they are judged, by table. The list may only become shorter: a rule leaves it when its
 * values and its message are there (CONTRIBUTING.md, "Recipe: a rule"). Rules of descriptions move all together: until then their table grows.
 */
export const PROSE_RULES: Readonly<Record<string, readonly string[]>> = {
	sdp: [
		'first-line',
		'line-order',
		'session-lines-missing',
		'origin',
		'session-id-range',
		'connection-missing',
		'media-line',
		'line-type',
		'line-ends',
		'blank-line',
		'stray-blank',
		'carriage-return',
		'line-empty-value',
		'attribute-without-value',
		'attribute-name-case',
		'beyond-ascii',
		'time-line',
		'connection-repeated',
		'candidate-transport',
		'candidate-number',
		'extension-levels',
		'number-too-large',
		'msid-empty',
		'rid-restriction',
		'audio-sources',
		'user-name-long',
		'control-characters',
		'spaced-line',
		'repeated-session-line',
		'connection-line',
		'repeated-line',
		'no-media',
		'conflicting-values',
		'attribute-level',
		'attribute-value',
		'too-many-sections',
		'section-unknown'
	]
};
