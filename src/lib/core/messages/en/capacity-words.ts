/** How the loads of a call of several people are made up, as formulas for people, in English. Numbers come from verdict/call/capacity.ts. */
import type { CapacityConstants, Topology } from '../../verdict/call/capacity';

/** What V, A and the delay are made of. */
export const CAPACITY_TERMS = {
	video: ({ headerBytes, videoPayloadBytes }: CapacityConstants) =>
		`V = bitrate · (1 + ${headerBytes} / ${videoPayloadBytes}) / (1 − p)`,
	audio: ({ headerBytes, audioPacketsPerSecond }: CapacityConstants) =>
		`A = bitrate + ${audioPacketsPerSecond} · ${headerBytes} · 8 bit/s`,
	fits: ({ lossStopsRatio }: CapacityConstants) =>
		`up ≤ u · measured up, down ≤ u · measured down, p ≤ ${lossStopsRatio * 100} %`,
	delay: () => 'delay = RTT / 2 + d, and m more with an MCU'
};

/** `n` participants, V and A one video and audio stream on the wire. */
export const CAPACITY_FORMULAS: Record<Topology, { up: string; down: string; server: string }> = {
	mesh: { up: '(n − 1)(V + A)', down: '(n − 1)(V + A)', server: 'none' },
	sfu: { up: 'V + A', down: '(n − 1)(V + A)', server: 'in n(V + A), out n(n − 1)(V + A)' },
	'sfu-simulcast': {
		up: 'V + ΣS + A',
		down: 'L·V + (n − 1 − L)·S + (n − 1)·A',
		server: 'in n(V + ΣS + A), out n times what each receives'
	},
	mcu: { up: 'V + A', down: 'M + A', server: 'in n(V + A), out n(M + A), n videos decoded and n encoded' }
};
