/**
 * Every sentence in English: also of what differs between two reports, of candidates that are missing and of what Node asks (a discovery, a URL) and of a recorded offer and answer, which
 * a page that checks its network need not load.
 */
import { sayIn, type Messages } from '../messages';
import { COMPARISON } from './comparison';
import { LADDER } from './ladder';
import { MISSING_CANDIDATES } from './missing-candidates';
import { NAT_DISCOVERY } from './nat-discovery';
import { REACH } from './reach';
import { CONCLUSIONS } from './sentence';

export const EN: Messages = { ...CONCLUSIONS, ...COMPARISON, ...MISSING_CANDIDATES, ...NAT_DISCOVERY, ...REACH, ...LADDER };

export const everySentence = sayIn(EN);
