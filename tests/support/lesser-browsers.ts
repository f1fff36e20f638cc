/**
 * What other browsers lack, taken from the two that can run here before a page loads: the pages must work without it, or say what is
 * lacking. Safari, which phones have, cannot run here.
 */

/** Scripts that run before those of a page, each taking one thing away. */
export const LACKS = {
	icecandidateerror: `
		delete RTCPeerConnection.prototype.onicecandidateerror;
		const listen = EventTarget.prototype.addEventListener;
		EventTarget.prototype.addEventListener = function (type, ...rest) {
			return type === 'icecandidateerror' ? undefined : listen.call(this, type, ...rest);
		};`,
	'candidate.url': `
		delete RTCIceCandidate.prototype.url;
		delete RTCPeerConnectionIceEvent.prototype.url;`,
	relayProtocol: 'delete RTCIceCandidate.prototype.relayProtocol;',
	RTCIceTransport: `
		delete window.RTCIceTransport;
		if (window.RTCDtlsTransport) delete RTCDtlsTransport.prototype.iceTransport;`,
	'addresses in getStats': `
		const getStats = RTCPeerConnection.prototype.getStats;
		RTCPeerConnection.prototype.getStats = async function (...rest) {
			const report = await getStats.apply(this, rest);
			const entries = [...report].map(([id, stats]) => {
				if (!/candidate$/.test(stats.type)) return [id, stats];
				const { address, ip, relatedAddress, url, ...rest } = stats;
				return [id, rest];
			});
			return new Map(entries);
		};`,
	'navigator.permissions': 'delete Navigator.prototype.permissions;',
	IndexedDB: 'Object.defineProperty(window, "indexedDB", { value: undefined });',
	'crypto.subtle': 'delete Crypto.prototype.subtle;'
} as const;

export type Lack = keyof typeof LACKS;

export const ALL_LACKS = Object.keys(LACKS) as Lack[];

/** Each in a scope of its own. */
export function without(...lacks: Lack[]): string {
	return lacks.map((lack) => `(() => {${LACKS[lack]}})();`).join('\n');
}

/** As where WebRTC is switched off by an extension. */
export const WITHOUT_WEBRTC = `
	for (const name of Object.getOwnPropertyNames(window)) if (/^(webkit)?RTC/.test(name)) delete window[name];`;

/** Keeps what nobody caught, for \`faultsOf\`. */
export const WATCH_FAULTS = `
	window.faults = [];
	addEventListener('error', ({ message }) => faults.push(message));
	addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason?.stack ?? reason)));`;
