/** Components by themselves, mounted into a light DOM without a browser, a build or a server: for words, tables and branches. */
import { flushSync, mount, tick, unmount, type Component } from 'svelte';
import { vi } from 'vitest';
import type { Report } from '../../../src/lib/core/report/report';
import { Session } from '../../../src/lib/ui/session.svelte';
import WithSession from './WithSession.svelte';

const mounted: Record<string, unknown>[] = [];

/** The page after the component and its effects ran once. */
export function show<Props extends Record<string, unknown>>(
	component: Component<Props>,
	given: NoInfer<Props>,
	session = new Session()
): HTMLElement {
	const target = document.createElement('main');
	document.body.append(target);
	mounted.push(mount(WithSession as Component<object>, { target, props: { component, given, session } }));
	flushSync();
	return target;
}

/** Takes everything away that was shown: called after every test (setup.ts). */
export async function takeAway(): Promise<void> {
	for (const one of mounted.splice(0)) await unmount(one);
	document.body.replaceChildren();
}

/** A page on which this report was opened. */
export async function sessionOf(report: Report): Promise<Session> {
	const session = new Session();
	await session.open(report);
	return session;
}

/** The words that a person sees, as one line. */
export function textOf(element: Element | null | undefined): string {
	return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

export function textsOf(parent: ParentNode, selector: string): string[] {
	return [...parent.querySelectorAll(selector)].map(textOf);
}

/** As a person presses it; what follows at once has happened when this returns. */
export async function press(element: HTMLElement): Promise<void> {
	element.click();
	await tick();
	flushSync();
}

/** As a person writes into a field or chooses in a list. */
export async function write(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, value: string): Promise<void> {
	field.value = value;
	field.dispatchEvent(new Event('input', { bubbles: true }));
	field.dispatchEvent(new Event('change', { bubbles: true }));
	await tick();
	flushSync();
}

/** Timeout of a test whose condition does not become true; it decides no result. */
export const WAIT_AT_MOST_MS = 15_000;

/** Waits until the check throws no longer. */
export function until<T>(check: () => T | Promise<T>): Promise<T> {
	return vi.waitFor(check, { timeout: WAIT_AT_MOST_MS, interval: 10 });
}
