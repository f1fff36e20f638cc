/** Reports of networks that nobody described by hand: seeded, so that a failure can be repeated by its seed. */
import type { BrowserEngine, Observation } from '../../src/lib/core/observations/observation';
import { DEFAULT_LIMITS, type CheckConfig } from '../../src/lib/core/plan/config';
import { makePlan } from '../../src/lib/core/plan/plan';
import { judgeAgain } from '../../src/lib/core/report/judge-again';
import { makeReport } from '../../src/lib/core/report/make';
import { conclude } from '../../src/lib/core/verdict/conclude';
import type { Report } from '../../src/lib/core/report/report';
import type { Recording } from '../../src/lib/core/recording/recording';
import { listObservation, makeObservations } from './make-observations';
import { answersUdp, type Device, type Network, type Server } from './network';

export type Choose = (below: number) => number;

/** Linear congruential (Numerical Recipes): the choice need not be good, only the same each time. */
export function chooser(seed: number): Choose {
	let state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 4_294_967_296) * below);
	};
}

const pick = <T>(choose: Choose, from: readonly T[]): T => from[choose(from.length)]!;

/** Addresses in real blocks, which no placeholder may ever be. */
const PUBLIC_V4 = (choose: Choose) =>
	`${pick(choose, [5, 37, 81, 93, 149, 185])}.${choose(256)}.${choose(256)}.${1 + choose(254)}`;
const PUBLIC_V6 = (choose: Choose) =>
	`2a0${1 + choose(9)}:${(0x100 + choose(0xe00)).toString(16)}:${hex(choose)}::${hex(choose)}`;
const hex = (choose: Choose) => (0x1000 + choose(0xefff)).toString(16);
const INSIDE_V4 = (choose: Choose) =>
	pick(choose, [
		`192.168.${choose(256)}.${2 + choose(250)}`,
		`172.20.${choose(256)}.${2 + choose(250)}`,
		`100.72.${choose(256)}.${2 + choose(250)}`
	]);

export interface Generated {
	network: Network;
	/** User name of the n-th server, where it has one. */
	usernames: (string | undefined)[];
}

export function generateNetwork(choose: Choose): Generated {
	const own4 = INSIDE_V4(choose);
	const out4 = pick(choose, [PUBLIC_V4(choose), PUBLIC_V4(choose), `100.100.${choose(256)}.9`]);
	const own6 = PUBLIC_V6(choose);
	const devices: Device[] = [{ address: own4, family: 'ipv4' }];
	if (choose(3) === 0) devices.push({ address: own6, family: 'ipv6' });
	const kind = choose(5);
	const servers = Array.from({ length: 1 + choose(5) }, () => generateServer(choose));
	const turnAnswers = servers.some((s) => s.url.startsWith('turn') && (s.does ?? 'answers') === 'answers');
	const filtering = pick(choose, [
		'endpoint-independent',
		'address-dependent',
		'address-and-port-dependent',
		'relay-is-deaf'
	] as const);
	const engine = pick(choose, ['chromium', 'chromium', 'firefox'] as const satisfies readonly BrowserEngine[]);
	const network: Network = {
		engine,
		microphone: choose(2) === 0,
		devices,
		nat: (family, port, to, nth) => {
			if (family === 'ipv6') return { address: own6, port };
			if (kind === 0) return { address: own4, port };
			if (kind === 1) return { address: out4, port };
			if (kind === 2) return { address: out4, port: port - 1000 };
			if (kind === 3) return { address: out4, port: 20_000 + nth };
			return { address: out4, port: 1024 + ((Math.imul(port + to.port * 31 + to.address.length, 7919) >>> 0) % 60_000) };
		},
		servers,
		...(turnAnswers && servers.some(answersUdp) && choose(2) === 0 ? { filtering } : {}),
		app: pick(choose, [
			'fails' as const,
			{ url: 'http://localhost:8478/api/echo', clientAddress: '127.0.0.1' },
			{ url: `https://check-${choose(1000)}.corp-intern.dev/api/echo`, clientAddress: out4 }
		])
	};
	return {
		network,
		usernames: servers.map(({ url }) =>
			url.startsWith('turn') ? `1764000${100 + choose(900)}:ann.smith${choose(99)}` : undefined
		)
	};
}

function generateServer(choose: Choose): Server {
	const name = choose(2) === 0;
	const at = choose(6) === 0 ? INSIDE_V4(choose) : PUBLIC_V4(choose);
	const host = name ? `relay-${choose(500)}.${pick(choose, ['acme-video.io', 'acme-video.dev'])}` : at;
	const url = pick(choose, [
		`stun:${host}:3478`,
		`stun:${host}`,
		`turn:${host}:3478?transport=udp`,
		`turn:${host}:${3000 + choose(60_000)}?transport=tcp`,
		`turns:${host}:443?transport=tcp`,
		`stun:[${PUBLIC_V6(choose)}]:3478`
	]);
	const does = pick(choose, [
		'answers',
		'answers',
		'answers',
		'silent',
		'refused',
		'swallowed',
		'not-asked',
		{ code: 401, text: 'Unauthorized' },
		{ code: 701, text: `TURN host lookup of ${host} received error.`, atMs: 20 + choose(40_000) },
		{ fails: 'malformed' as const, message: `${url} was refused by the browser at ${at}: host ${host} is not known` }
	] as const);
	const turn = url.startsWith('turn');
	return {
		url,
		...(name ? { at: [at] } : {}),
		does,
		...(turn ? { relay: at, carries: pick(choose, [['direct'], ['self'], ['self', 'cross'], [], null] as const) } : {})
	};
}

export function generateReport(seed: number): Report {
	const choose = chooser(seed);
	const { network, usernames } = generateNetwork(choose);
	const config: CheckConfig = {
		iceServers: network.servers.map(({ url }, i) => ({
			urls: [url],
			...(usernames[i] ? { username: usernames[i], credential: 'never-in-a-report' } : {})
		})),
		profile: 'full',
		limits: DEFAULT_LIMITS,
		mediaPermission: network.microphone ?? false
	};
	const engine = network.engine ?? 'chromium';
	const createdMs = 1_763_000_000_000 + seed * 86_400_000;
	return makeReport(
		{
			version: '0.1.0',
			id: `generated-${seed}`,
			createdAt: new Date(createdMs).toISOString(),
			environment: {
				browser: engine === 'firefox' ? 'Firefox 153' : 'Chromium 156',
				userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
				platform: 'Linux',
				engine: 'browser'
			},
			config,
			plan: makePlan(config, { engine, mediaPermission: 'prompt', appOrigin: 'http://localhost:8478', secureContext: true }),
			observations: [listObservation(config.iceServers, createdMs), ...makeObservations(network)]
		},
		conclude
	);
}

/** What must not be in a redacted report, wherever it stood. */
export const SECRETS = {
	address: ['93.184.77.201', '10.77.88.99', '2a03:b0c0:3:d0::11f1:3001', 'fd12:3456:789a:1::77', '81.2.69.142'],
	mdns: ['9b36eaac-bb2e-49bb-bb78-21c41c499900.local', 'anns-macbook.local'],
	host: ['turn-7.secret-corp.dev', 'intranet.secret-corp.dev', 'vpn-gateway'],
	username: ['ann.ladovska', '1764003600:ann.ladovska'],
	credential: ['hunter2-credential', 'zAq12wsxCDE3', 'inl1neKeyKeyKeyKeyKeyKeyKeyKeyKeyKeyKey'],
	ufrag: ['uFr9', 'rEmUf'],
	pwd: ['pWd0123456789abcdefghijk', 'rPwd987654321zyxwvutsrqp'],
	fingerprint: [
		'6B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08',
		'0d:1e:2f:3a:4b:5c:6d:7e:8f:90:a1:b2:c3:d4:e5:f6:07:18:29:3a'
	],
	device: [
		'Ann’s Headset (046d:0a44)',
		'FaceTime HD Camera Ann',
		'Ann’s Pixel',
		'Bobs-Desk',
		'b4f5a2d1c0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3'
	],
	path: ['secret-room-4711', 'token=abcdef012345'],
	model: ['SM-G998B-ANN']
} as const;

/** A report in which every secret stands in every place that reports and recordings have for its kind, and in sentences. */
export function seededReport(seed: number): Report {
	const report = generateReport(seed);
	const [v4, lan, v6, ula, other] = SECRETS.address;
	const [uuid, mac] = SECRETS.mdns;
	const [turn, intranet, bare] = SECRETS.host;
	const [user, restUser] = SECRETS.username;
	const [credential, quoted, inline] = SECRETS.credential;
	const [ufrag, remoteUfrag] = SECRETS.ufrag;
	const [pwd, remotePwd] = SECRETS.pwd;
	const [print, lower] = SECRETS.fingerprint;
	const [headset, camera, phone, desk, deviceId] = SECRETS.device;
	const [room, token] = SECRETS.path;
	const sdp = [
		'v=0',
		`o=${user} 123 2 IN IP4 ${v4}`,
		`s=Call of ${user}`,
		't=0 0',
		'a=group:BUNDLE 0',
		'm=audio 9 UDP/TLS/RTP/SAVPF 111',
		`c=IN IP6 ${v6}`,
		`a=rtcp:9 IN IP4 ${other}`,
		`a=ice-ufrag:${ufrag}`,
		`a=ice-pwd:${pwd}`,
		`a=fingerprint:sha-256 ${print}`,
		`a=candidate:842163049 1 udp 1677729535 ${v4} 46154 typ srflx raddr ${lan} rport 50001 generation 0 ufrag ${ufrag}`,
		`a=candidate:1 1 udp 2113937151 ${uuid} 50001 typ host generation 0 ufrag ${ufrag} network-cost 999`,
		`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${inline}|2^20|1:32`,
		'a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
		`a=ssrc:1 cname:${user}`,
		`a=msid:- ${headset.replaceAll(' ', '')}`,
		''
	].join('\r\n');
	const recording: Recording = {
		format: 'call',
		formatName: 'A call of this page',
		clock: 'start',
		userAgent: `Mozilla/5.0 (Linux; Android 13; ${SECRETS.model[0]}) AppleWebKit/537.36 Chrome/130 Mobile`,
		connections: [
			{
				id: 'caller',
				label: `https://${intranet}/${room}?${token}`,
				url: `https://${intranet}/${room}?${token}`,
				configuration: `{ iceServers: [{ "urls": "turn:${turn}:3478", "username": "${restUser}", "credential": "${credential}" }] } {\\"credential\\":\\"${quoted}\\"}`,
				startMs: 0,
				endMs: 2000,
				events: [
					{ atMs: 1, peer: 'caller', call: 'set-local', phase: 'done', description: { type: 'offer', sdp } },
					{
						atMs: 2,
						peer: 'caller',
						call: 'candidate',
						phase: 'event',
						candidate: `candidate:77 1 tcp 1518214911 ${ula} 9 typ host tcptype active ufrag ${remoteUfrag}`,
						detail: `"usernameFragment: ${remoteUfrag}, url: turn:${turn}:3478"`.replace('usernameFragment:', 'ufrag:')
					},
					{
						atMs: 3,
						peer: 'caller',
						call: 'other',
						phase: 'failed',
						name: 'signalling',
						error: `ICE failed for ${v4}:46154 at ${bare} as ${user}, see https://${intranet}/${room}#${token}`,
						detail: `a=ice-pwd:${remotePwd}`
					}
				],
				tracks: [
					{
						id: `CF${print}`,
						type: 'certificate',
						columns: [
							{ field: 'fingerprint', tMs: [0, 1000], v: [print, lower], alignment: 'exact' },
							{ field: 'base64Certificate', tMs: [0], v: ['MIIBhTCCASqgAwIBAgIQ'], alignment: 'exact' }
						]
					},
					{
						id: 'I1',
						type: 'local-candidate',
						columns: [
							{ field: 'address', tMs: [0, 1000], v: [v4, mac], alignment: 'exact' },
							{ field: 'usernameFragment', tMs: [0], v: [ufrag], alignment: 'exact' },
							{ field: 'url', tMs: [0], v: [`turn:${v6}:3478?transport=udp`], alignment: 'exact' }
						]
					},
					{
						id: 'S1',
						type: 'media-source',
						columns: [
							{ field: 'trackIdentifier', tMs: [0], v: [deviceId], alignment: 'exact' },
							{ field: 'label', tMs: [0], v: [camera], alignment: 'exact' }
						]
					},
					{
						id: 'T1',
						type: 'transport',
						columns: [{ field: 'selectedCandidatePairId', tMs: [0, 1000, 2000], v: ['P1', 'P1', 'P1'], alignment: 'exact' }]
					},
					{
						id: 'P1',
						type: 'candidate-pair',
						columns: [{ field: 'currentRoundTripTime', tMs: [0, 1000, 2000], v: [0.02, 0.03, 0.025], alignment: 'exact' }]
					}
				]
			}
		],
		media: [
			{
				atMs: 0,
				method: 'getUserMedia',
				audio: `{"deviceId":{"exact":"${deviceId}"}}`,
				video: `{"label":"${camera}"}`,
				outcome: 'granted',
				detail: headset
			}
		],
		notes: [{ rule: 'note', text: `Read from ${intranet}, ${lan}.`, where: 'line 1' }]
	};
	const extra = [
		{
			probe: 'probe-of-a-later-version',
			step: `later ${turn}`,
			target: `turns:${turn}:443?transport=tcp`,
			startedMs: 1,
			tookMs: 2,
			outcome: {
				state: 'seen',
				data: {
					recording,
					[`stun:${turn}`]: { relay: { address: ula, port: 9 } },
					note: `gateway ${bare} is wss://${bare}:8443/x`
				}
			}
		},
		{
			probe: 'peer-check',
			step: 'peer-check',
			target: null,
			startedMs: 1,
			tookMs: 2,
			outcome: {
				state: 'seen',
				data: { seat: 'guest', name: phone, browser: 'Chromium 156', deadlineMs: 5000, observations: report.observations }
			}
		},
		{
			probe: 'pair-call',
			step: 'pair-call 1',
			target: null,
			startedMs: 1,
			tookMs: 2,
			outcome: {
				state: 'seen',
				data: {
					own: 'host',
					names: { host: desk, guest: phone },
					path: { kind: 'relay', url: `turn:${turn}:3478`, transport: 'udp' },
					endedBy: 'not-connected',
					error: `${phone} did not reach ${desk} at ${v4}`,
					clock: null,
					firstFrameMs: { host: null, guest: null },
					recording: { ...recording, connections: recording.connections.map((one) => ({ ...one, label: desk, tracks: [] })) },
					keptEvery: 1
				}
			}
		},
		{
			probe: 'relay',
			step: `relay turn:${turn}`,
			target: `turn:${turn}`,
			startedMs: 1,
			tookMs: 2,
			outcome: {
				state: 'failed',
				code: 'internal',
				message: `${turn.toUpperCase()} (${v6}, [${v6}]:3478, ${lan}) refused ${user}; ${mac} is ann@${intranet}; certificate ${lower}`
			}
		}
	];
	return judgeAgain({
		...report,
		environment: { ...report.environment, userAgent: recording.userAgent! },
		config: {
			...report.config,
			iceServers: [...report.config.iceServers, { urls: [`turn:${turn}:3478`, `stun:[${v6}]`], username: restUser }]
		},
		observations: [...report.observations, ...(extra as unknown as Observation[])]
	});
}
