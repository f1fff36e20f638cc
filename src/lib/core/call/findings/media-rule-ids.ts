/** The rules of media-findings-rules and stream-rules by name, for those who only have to tell them from others. */
export const MEDIA_RULE_IDS = [
	'video-not-decoded',
	'packets-without-frames',
	'receiver-reports-missing',
	'source-without-frames',
	'keyframe-requests-many',
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
