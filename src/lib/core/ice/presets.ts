/**
 * Public STUN servers that many applications use. Other people run them: nothing here is contacted unless the user switches
 * it on, and then the operator learns this device's public address.
 */
export interface StunPreset {
	/** Kebab-case, never reused. */
	id: string;
	operator: string;
	urls: string[];
}

export const STUN_PRESETS: readonly StunPreset[] = [
	{ id: 'google', operator: 'Google', urls: ['stun:stun.l.google.com:19302'] },
	{ id: 'cloudflare', operator: 'Cloudflare', urls: ['stun:stun.cloudflare.com:3478'] },
	{ id: 'twilio', operator: 'Twilio', urls: ['stun:global.stun.twilio.com:3478'] },
	{ id: 'nextcloud', operator: 'Nextcloud', urls: ['stun:stun.nextcloud.com:443'] },
	{ id: 'sipgate', operator: 'sipgate', urls: ['stun:stun.sipgate.net:3478'] }
];

/** What the page says beside the switch. */
export function presetNotice({ operator }: StunPreset): string {
	return `A third party: ${operator} sees your public address when this is on.`;
}
