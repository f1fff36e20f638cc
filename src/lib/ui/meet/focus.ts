/** Where the keyboard goes on when what had the focus is no longer there; it is never taken from where somebody is. */
export function catchFocus(element: HTMLElement | undefined): void {
	if (document.activeElement === null || document.activeElement === document.body) element?.focus();
}
