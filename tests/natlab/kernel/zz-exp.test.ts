import { test } from 'vitest';
import { launchBrowser } from '../../support/browsers';
import { startCoturn } from '../../support/coturn';
import { makeLab } from './lab';
import { PROV, STUN2 } from './topology';
const NAMES = [
	'open',
	'firewall',
	'full-cone',
	'port-restricted',
	'full-cone-hairpin',
	'port-restricted-hairpin',
	'symmetric'
] as const;
test('exp', async () => {
	const lab = await makeLab(...NAMES);
	const servers = [
		await startCoturn({
			namespace: await lab.namespace('prov'),
			addresses: PROV.ipv4,
			user: { name: 'a', password: 'b' }
		} as never)
	];
	try {
		for (const [i, name] of NAMES.entries())
			for (const b of ['chromium', 'firefox'] as const) {
				const browser = await launchBrowser(b, { namespace: await lab.namespace(String.fromCharCode(65 + i)) });
				try {
					const r = await browser.evaluate(
						async ({ stun, turn }: { stun: string; turn: string }) => {
							const strip = (d: RTCSessionDescription) => ({
								type: d.type,
								sdp: d.sdp.replace(/^a=(candidate:|end-of-candidates).*\r?\n/gm, '')
							});
							const pairsOf = async (c: RTCPeerConnection) => {
								const s = await c.getStats();
								const out: unknown[] = [];
								s.forEach((p: any) => {
									if (p.type === 'candidate-pair') {
										const l: any = s.get(p.localCandidateId),
											r: any = s.get(p.remoteCandidateId);
										out.push({
											st: p.state,
											nom: p.nominated,
											l: l && [l.candidateType, l.address, l.port],
											r: r && [r.candidateType, r.address, r.port],
											sent: p.requestsSent,
											resp: p.responsesReceived,
											recv: p.requestsReceived,
											rs: p.responsesSent
										});
									}
								});
								return out;
							};
							const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
							const mk = () => {
								const c = new RTCPeerConnection({ iceServers: [{ urls: stun }] });
								const cands: RTCIceCandidate[] = [];
								c.onicecandidate = (e) => {
									if (e.candidate && e.candidate.candidate) cands.push(e.candidate);
								};
								return { c, cands };
							};
							const a = mk(),
								z = mk();
							a.c.createDataChannel('');
							await a.c.setLocalDescription();
							await z.c.setRemoteDescription(strip(a.c.localDescription!));
							await z.c.setLocalDescription();
							await a.c.setRemoteDescription(strip(z.c.localDescription!));
							const t = performance.now();
							while (
								performance.now() - t < 1500 &&
								!(a.cands.some((c) => c.type === 'srflx') && z.cands.some((c) => c.type === 'srflx'))
							)
								await wait(15);
							const sa = a.cands.find((c) => c.type === 'srflx'),
								sz = z.cands.find((c) => c.type === 'srflx');
							if (!sa || !sz) return { none: [a.cands.map((c) => c.candidate), z.cands.map((c) => c.candidate)] };
							await a.c.addIceCandidate(sz);
							await z.c.addIceCandidate(sa);
							await wait(1200);
							const before = {
								ports: [
									sa.port,
									sz.port,
									a.cands.filter((c) => c.type === 'host').map((c) => c.port),
									z.cands.filter((c) => c.type === 'host').map((c) => c.port)
								],
								a: await pairsOf(a.c),
								z: await pairsOf(z.c),
								ca: a.c.iceConnectionState
							};
							const t2 = performance.now();
							for (const c of z.cands) if (c.type === 'host') await a.c.addIceCandidate(c);
							for (const c of a.cands) if (c.type === 'host') await z.c.addIceCandidate(c);
							while (performance.now() - t2 < 3000 && !['connected', 'completed'].includes(a.c.iceConnectionState))
								await wait(15);
							const control = [a.c.iceConnectionState, Math.round(performance.now() - t2)];
							a.c.close();
							z.c.close();
							// NAT presence: relay peer against page's own socket
							const n = new RTCPeerConnection({
								iceServers: [{ urls: turn, username: 'a', credential: 'b' }],
								iceTransportPolicy: 'relay'
							});
							const f = mk();
							const rel: RTCIceCandidate[] = [];
							n.onicecandidate = (e) => {
								if (e.candidate && e.candidate.candidate) rel.push(e.candidate);
							};
							n.createDataChannel('');
							await n.setLocalDescription();
							await f.c.setRemoteDescription(strip(n.localDescription!));
							await f.c.setLocalDescription();
							await n.setRemoteDescription(strip(f.c.localDescription!));
							await wait(500);
							const sf = f.cands.find((c) => c.type === 'srflx');
							if (sf) await n.addIceCandidate(sf);
							for (const c of rel) await f.c.addIceCandidate(c);
							await wait(600);
							const presence = { cands: f.cands.map((c) => c.candidate), f: await pairsOf(f.c), n: await pairsOf(n) };
							n.close();
							f.c.close();
							return { before, control, presence };
						},
						{ stun: `stun:${PROV.ipv4[0]}:3478`, turn: `turn:${PROV.ipv4[0]}:3478` }
					);
					process.stdout.write(`\n${name} ${b} ${JSON.stringify(r)}\n`);
				} finally {
					await browser.close();
				}
			}
	} finally {
		for (const s of servers) await s.close();
		await lab.close();
	}
}, 180000);
