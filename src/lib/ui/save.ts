/** Hands a text to the user as a file. */

export function download(text: string, name: string, type: string): void {
	const url = URL.createObjectURL(new Blob([text], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// Not at once: the browser may still be reading it.
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** `icelens-2026-11-20T120000.json`: sortable, and without characters that file systems refuse. */
export function reportFileName(createdAt: string, ending: string): string {
	return `icelens-${createdAt.slice(0, 19).replaceAll(':', '')}.${ending}`;
}
