/** Who answered over something other than UDP, in English. */
import type { Control } from '../../verdict/view';

export function answered(control: Control): string {
	return control.kind === 'app'
		? `this app answered over the web (${control.url})`
		: `${control.url} answered over ${control.transport.toUpperCase()}`;
}
