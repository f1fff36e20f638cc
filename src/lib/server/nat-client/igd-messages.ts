/** What a UPnP Internet gateway writes, read without trust: the answer to a search, a device's description, the answer to a question. */

/** Services that know the external address (UPnP WANIPConnection:1 and :2, WANPPPConnection:1). */
const SERVICE = /^urn:schemas-upnp-org:service:WAN(?:IP|PPP)Connection:\d{1,2}$/;
/** More of them than a router has lines. */
const MOST_SERVICES = 4;

export interface IgdService {
	type: string;
	controlUrl: string;
}

/** Where the description is, out of the answer to an M-SEARCH (UPnP Device Architecture 1.1 §1.3.3); null for anything else. */
export function readSearchAnswer(text: string): string | null {
	if (!/^HTTP\/1\.[01] 200\b/.test(text)) return null;
	return /^location:[ \t]*(\S+)[ \t]*\r?$/im.exec(text)?.[1] ?? null;
}

/** An http: URL at this very address; null for any other, also one by name, which may lead anywhere. */
export function urlAt(address: string, text: string, base?: string): URL | null {
	if (!URL.canParse(text, base)) return null;
	const url = new URL(text, base);
	return url.protocol === 'http:' && url.hostname === address && url.username === '' && url.password === '' ? url : null;
}

export function readDescription(xml: string): IgdService[] {
	const services = [...xml.matchAll(/<service>([\s\S]*?)<\/service>/g)].flatMap(([, inside]) => {
		const [type, controlUrl] = [readElement(inside!, 'serviceType'), readElement(inside!, 'controlURL')];
		return type && controlUrl && SERVICE.test(type) ? [{ type, controlUrl }] : [];
	});
	return services.slice(0, MOST_SERVICES);
}

export function externalAddressRequest(type: string): string {
	return [
		'<?xml version="1.0"?>',
		'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">',
		`<s:Body><u:GetExternalIPAddress xmlns:u="${type}"></u:GetExternalIPAddress></s:Body></s:Envelope>`
	].join('\r\n');
}

/** Null where it is neither an answer nor an error of UPnP. */
export function readExternalAddress(xml: string): { externalAddress: string | null; errorCode: number | null } | null {
	const errorCode = /^\d{1,3}$/.exec(readElement(xml, 'errorCode') ?? '');
	if (errorCode) return { externalAddress: null, errorCode: Number(errorCode[0]) };
	const told = readElement(xml, 'NewExternalIPAddress');
	return told === null ? null : { externalAddress: told === '' ? null : told, errorCode: null };
}

/** The text of the first element with this name, whatever its namespace is called. */
function readElement(xml: string, name: string): string | null {
	const match = new RegExp(`<(?:[\\w-]+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(xml);
	if (match) return match[1]!.trim().replaceAll('&amp;', '&');
	return new RegExp(`<(?:[\\w-]+:)?${name}(?:\\s[^>]*)?/>`).test(xml) ? '' : null;
}
