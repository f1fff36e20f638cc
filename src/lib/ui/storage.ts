/** What is kept on this device. Storage may be switched off or full: then nothing is kept, and nothing breaks. */

export function kept(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

/** Null forgets. Returns whether the device did as told. */
export function keep(key: string, value: string | null): boolean {
	try {
		if (value === null) localStorage.removeItem(key);
		else localStorage.setItem(key, value);
		return true;
	} catch {
		return false;
	}
}
