/** The colour theme: the system's, unless the user chose one. The choice is an attribute on <html> that app.css reads. */
import { keep, kept } from './storage';

export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'icelens.theme';

export class ThemeChoice {
	current = $state<Theme>('auto');

	read(): void {
		const stored = kept(KEY);
		this.current = stored === 'light' || stored === 'dark' ? stored : 'auto';
	}

	next(): void {
		this.current = this.current === 'auto' ? 'light' : this.current === 'light' ? 'dark' : 'auto';
		if (this.current === 'auto') delete document.documentElement.dataset['theme'];
		else document.documentElement.dataset['theme'] = this.current;
		keep(KEY, this.current === 'auto' ? null : this.current);
	}
}
