/** The rules of media-findings-rules, stream-rules and coding-rules by name, for those who only have to tell them from others. */
export const MEDIA_RULE_IDS = [
	'video-not-decoded',
	'packets-without-frames',
	'receiver-reports-missing',
	'source-without-frames',
	'keyframe-requests-many',
	'codec-changed',
	'coder-changed',
	'simulcast-layers',
	'simulcast-layer-unsent',
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
