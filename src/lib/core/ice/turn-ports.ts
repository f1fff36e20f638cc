/** libwebrtc TurnPort::AllowedTurnPort: to other ports below 1024 it never sends anything, and reports no error for it. */
const LOW_TURN_PORTS: readonly number[] = [53, 80, 443];

export const isTriedByLibwebrtc = (port: number) => port >= 1024 || LOW_TURN_PORTS.includes(port);
