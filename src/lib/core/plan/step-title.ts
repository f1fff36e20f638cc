/** One line for people about a step. */
import type { Said, WrittenSaid } from '../base/said';
import type { Step } from './plan-shapes';

type Titled = Pick<Step, 'id' | 'does' | 'title'>;

/** Files of earlier versions have a sentence alone; one of a later version stands beside an id that this version does not know. */
export function stepTitleIn(say: (said: Said | WrittenSaid) => string): (step: Titled) => string {
	return ({ id, does, title = id }) => (does ? say({ ...does, text: title }) : title);
}
