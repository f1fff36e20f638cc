/** What the own router was asked, and said, about its external address. */

/** `answer` is null where nothing came. */
interface AskedBy<Answer> {
	tookMs: number;
	sent: number;
	answer: Answer | null;
}

/** `resultCode` 0 is success (RFC 6886 §3.5). */
export type NatPmpAnswer = { protocol: 'nat-pmp'; resultCode: number; externalAddress: string | null } | { protocol: 'pcp-only' };

/** `location`: where the router says its description is. */
export type UpnpAnswer =
	/** Not at its own address, and so not fetched. */
	| { state: 'elsewhere'; location: string }
	| { state: 'unreadable'; location: string; because: 'http' | 'too-large' | 'timeout' | 'no-connection' }
	/** `errorCode` of UPnP; null without one. */
	| { state: 'told'; location: string; service: string; externalAddress: string | null; errorCode: number | null };

export interface GatewayAsked {
	gateway: string;
	natPmp: AskedBy<NatPmpAnswer>;
	/** ANNOUNCE (RFC 6887 §14.1), which shows that PCP is spoken and maps nothing. */
	pcp: AskedBy<{ resultCode: number }>;
	upnp: AskedBy<UpnpAnswer>;
}
