/** The rules of media-findings-rules by name, for those who only have to tell them from others. */
export const MEDIA_RULE_IDS = [
	'loss-burst',
	'loss-reported',
	'jitter-high',
	'picture-freezes',
	'bandwidth-limited',
	'cpu-limited',
	'resolution-drop',
	'audio-missing',
	'audio-silent',
	'microphone-silent',
	'concealment-high'
] as const;
