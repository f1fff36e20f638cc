/** Every sentence in English. */
import { sayIn, type Messages } from '../messages';
import { FINDINGS } from './findings';
import { HEADLINE } from './headline';
import { NEXT_STEPS } from './next-steps';

export const EN: Messages = { ...HEADLINE, ...FINDINGS, ...NEXT_STEPS };

export const sentence = sayIn(EN);
