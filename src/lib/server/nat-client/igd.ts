/**
 * Asks the own router for its external address by UPnP: a search (SSDP), its description, GetExternalIPAddress. Nothing is mapped. Only what
 * the router itself answers counts, and only URLs at its own address are fetched, without redirects, bounded in size and time.
 */
import { createSocket } from 'node:dgram';
import { request } from 'node:http';
import type { GatewayAsked, UpnpAnswer } from '../../core/nat/gateway-facts';
import type { Clock } from '../clock';
import { externalAddressRequest, readDescription, readExternalAddress, readSearchAnswer, urlAt } from './igd-messages';

const GROUP = '239.255.255.250';
const PORT = 1900;
const TARGETS = ['urn:schemas-upnp-org:device:InternetGatewayDevice:1', 'urn:schemas-upnp-org:device:InternetGatewayDevice:2'];
/** Three times, as UPnP Device Architecture 1.1 §1.3.2 asks of searches; MX says that answers may take a second. */
const SEARCH_AT_MS = [0, 500, 1500];
const SEARCH_MS = 3500;
const FETCH_MS = 4000;
/** miniupnpd's is 4 kB, those of boxes with television and telephone 20. */
const MOST_BYTES = 128 * 1024;

export interface IgdOptions {
	clock: Clock;
	gateway: string;
	localAddress: string;
	/** For tests on the loopback. */
	port?: number;
}

export async function askIgd(options: IgdOptions): Promise<GatewayAsked['upnp']> {
	const { clock, gateway } = options;
	const startedMs = clock.nowMs();
	const { location, sent } = await search(options);
	const answer = location === null ? null : await askAt(location, gateway, options);
	return { tookMs: clock.nowMs() - startedMs, sent, answer };
}

/** Unicast to the router (UPnP Device Architecture 1.1) and to the group, which older routers ask for. */
function search({ clock, gateway, localAddress, port = PORT }: IgdOptions): Promise<{ location: string | null; sent: number }> {
	const socket = createSocket('udp4');
	return new Promise((resolve) => {
		let sent = 0;
		const cancels: (() => void)[] = [];
		const end = (location: string | null) => {
			cancels.forEach((cancel) => cancel());
			socket.removeAllListeners('message').close();
			resolve({ location, sent });
		};
		socket.on('error', () => {});
		socket.on('message', (data, { address }) => {
			const location = address === gateway ? readSearchAnswer(data.toString('latin1')) : null;
			if (location !== null) end(location);
		});
		const send = () => {
			sent++;
			for (const target of TARGETS) {
				for (const address of [gateway, GROUP]) {
					const lines = [
						'M-SEARCH * HTTP/1.1',
						`HOST: ${GROUP}:${PORT}`,
						'MAN: "ssdp:discover"',
						'MX: 1',
						`ST: ${target}`,
						'',
						''
					];
					// A way to the group may be missing.
					socket.send(lines.join('\r\n'), port, address, () => {});
				}
			}
		};
		socket.bind({ address: localAddress, port: 0 }, () => {
			socket.setMulticastInterface(localAddress);
			socket.setMulticastTTL(2);
			cancels.push(
				...SEARCH_AT_MS.map((ms) => clock.setTimer(ms, send)),
				clock.setTimer(SEARCH_MS, () => end(null))
			);
		});
	});
}

async function askAt(location: string, gateway: string, options: IgdOptions): Promise<UpnpAnswer> {
	const place = urlAt(gateway, location);
	if (!place) return { state: 'elsewhere', location };
	const untilMs = options.clock.nowMs() + FETCH_MS;
	const fetchIt = (url: URL, action?: { type: string }) => fetchBounded(url, untilMs, options, action);
	const description = await fetchIt(place);
	if (description.text === null) return { state: 'unreadable', location, because: description.because };
	let answer: UpnpAnswer = { state: 'unreadable', location, because: 'no-connection' };
	for (const { type, controlUrl } of readDescription(description.text)) {
		const url = urlAt(gateway, controlUrl, place.href);
		if (!url) return { state: 'elsewhere', location: controlUrl };
		const answered = await fetchIt(url, { type });
		const told = answered.text === null ? null : readExternalAddress(answered.text);
		answer = told
			? { state: 'told', location, service: type, ...told }
			: { state: 'unreadable', location, because: answered.because ?? 'http' };
		// A router may have a connection of each kind, and only one of them in use.
		if (told?.externalAddress) return answer;
	}
	return answer;
}

type Fetched = { text: string; because?: undefined } | { text: null; because: 'http' | 'too-large' | 'timeout' };

/** GET, or the question for the external address. An error of UPnP comes with status 500 (UPnP Device Architecture 1.1 §3.2.2). */
function fetchBounded(url: URL, untilMs: number, options: IgdOptions, action?: { type: string }): Promise<Fetched> {
	const { clock, localAddress } = options;
	return new Promise((resolve) => {
		const end = (fetched: Fetched) => {
			cancel();
			asked.destroy();
			resolve(fetched);
		};
		const body = action && externalAddressRequest(action.type);
		const headers = action && {
			'Content-Type': 'text/xml; charset="utf-8"',
			'Content-Length': Buffer.byteLength(body!),
			SOAPAction: `"${action.type}#GetExternalIPAddress"`
		};
		const asked = request(url, { method: action ? 'POST' : 'GET', headers: headers ?? {}, localAddress, agent: false });
		const cancel = clock.setTimer(Math.max(0, untilMs - clock.nowMs()), () => end({ text: null, because: 'timeout' }));
		asked.on('error', () => end({ text: null, because: 'http' }));
		asked.on('response', (response) => {
			if (response.statusCode !== 200 && !(action && response.statusCode === 500)) return end({ text: null, because: 'http' });
			const pieces: Buffer[] = [];
			let bytes = 0;
			response.on('data', (piece: Buffer) => {
				bytes += piece.length;
				pieces.push(piece);
				if (bytes > MOST_BYTES) end({ text: null, because: 'too-large' });
			});
			response.on('error', () => end({ text: null, because: 'http' }));
			response.on('end', () => end({ text: Buffer.concat(pieces).toString('utf8') }));
		});
		asked.end(body);
	});
}
