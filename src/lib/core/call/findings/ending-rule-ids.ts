/** The rules of ending-rules by name, for those who only have to tell them from others. */
export const ENDING_RULE_IDS = [
	'closed-by-other-end',
	'media-direction-ended',
	'inbound-media-stopped',
	'inbound-media-emptied',
	'audio-source-ended',
	'audio-source-silent',
	'sender-without-track',
	'encodings-switched-off',
	'data-channel-closed',
	'data-channel-unanswered',
	'video-slowed',
	'media-neither-way',
	'media-one-way'
] as const;
