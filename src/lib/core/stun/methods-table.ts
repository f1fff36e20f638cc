/** STUN methods (IANA registry; RFC 8489 §18.2, RFC 8656 §17.1). RFC 6062's TCP relaying is not spoken here. */
export const METHODS = {
	Binding: 0x001,
	Allocate: 0x003,
	Refresh: 0x004,
	Send: 0x006,
	Data: 0x007,
	CreatePermission: 0x008,
	ChannelBind: 0x009
} as const;

export type MethodName = keyof typeof METHODS;

export type MessageClass = 'request' | 'indication' | 'success' | 'error';

/** The two class bits C1 C0 (RFC 8489 §5). */
export const CLASSES: readonly MessageClass[] = ['request', 'indication', 'success', 'error'];

const NAMES = new Map<number, MethodName>(Object.entries(METHODS).map(([name, value]) => [value, name as MethodName]));

export function methodName(method: number): MethodName | null {
	return NAMES.get(method) ?? null;
}

/** The 14-bit type field: the class bits sit inside the method (RFC 8489 §5, figure 3). */
export function packType(method: number, messageClass: MessageClass): number {
	const bits = CLASSES.indexOf(messageClass);
	return (method & 0x00f) | ((method & 0x070) << 1) | ((method & 0xf80) << 2) | ((bits & 1) << 4) | ((bits & 2) << 7);
}

export function unpackType(type: number): { method: number; class: MessageClass } {
	const method = (type & 0x00f) | ((type & 0x0e0) >> 1) | ((type & 0x3e00) >> 2);
	return { method, class: CLASSES[((type >> 4) & 1) | ((type >> 7) & 2)]! };
}
