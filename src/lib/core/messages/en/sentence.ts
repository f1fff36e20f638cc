/** Every sentence in English. */
import { sayIn, type Messages } from '../messages';
import { ANSWERS } from './answers';
import { FINDINGS } from './findings';
import { HEADLINE } from './headline';
import { NEXT_STEPS } from './next-steps';
import { PAIR } from './pair';
import { PATHS } from './paths';

export const EN: Messages = { ...HEADLINE, ...FINDINGS, ...NEXT_STEPS, ...PATHS, ...PAIR, ...ANSWERS };

export const sentence = sayIn(EN);
