/** `6.6 Mbit/s`, `55 kbit/s`. */
export function bitrate(bps: number): string {
	return bps >= 1e6 ? `${(bps / 1e6).toFixed(bps >= 1e8 ? 0 : 1)} Mbit/s` : `${Math.round(bps / 1000)} kbit/s`;
}
