/** The theme's colours for a canvas, which cannot read custom properties. */
import { lineColors, type LineColor } from '../../core/report/export/line-colors';
import './palette.css';

export { lineColors, type LineColor };

export interface ChartColors {
	line: Record<LineColor, string>;
	ink: string;
	muted: string;
	grid: string;
	surface: string;
	action: string;
	state: string;
	problem: string;
	font: string;
}

/** A custom property as it is now at `element`: `light-dark()` is resolved by asking for a computed colour. */
export function colorOf(element: HTMLElement, name: string): string {
	const probe = document.createElement('span');
	probe.hidden = true;
	probe.style.color = `var(${name})`;
	element.append(probe);
	const { color } = getComputedStyle(probe);
	probe.remove();
	return color;
}

export function readColors(element: HTMLElement): ChartColors {
	const read = (name: string) => colorOf(element, name);
	const line = Object.fromEntries(lineColors.map((n) => [n, read(`--line-${n}`)])) as Record<LineColor, string>;
	const colors: ChartColors = {
		line,
		ink: read('--ink'),
		muted: read('--ink-2'),
		grid: read('--line'),
		surface: read('--surface'),
		action: read('--mark-action'),
		state: read('--mark-state'),
		problem: read('--mark-problem'),
		font: getComputedStyle(document.body).fontFamily
	};
	return colors;
}

/** Calls back when the theme changes, by the switch or by the system. Returns what ends it. */
export function onThemeChange(changed: () => void): () => void {
	const observer = new MutationObserver(changed);
	observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
	const system = matchMedia('(prefers-color-scheme: dark)');
	system.addEventListener('change', changed);
	return () => {
		observer.disconnect();
		system.removeEventListener('change', changed);
	};
}
