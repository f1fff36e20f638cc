/** Hands something made in the page to the user as a file, without a request over the network. */

export function download(content: Blob, name: string): void {
	const url = URL.createObjectURL(content);
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
