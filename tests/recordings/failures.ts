/** All calls that fail. */
import { SERVER_FAILURES } from './server-failures';
import { SIGNALLING_FAILURES } from './signalling-failures';
import { NETWORK_FAILURES } from './network-failures';
import { MEDIA_FAILURES } from './media-failures';
import type { Kind } from './kind';

export const FAILURES: readonly Kind[] = [...SERVER_FAILURES, ...SIGNALLING_FAILURES, ...NETWORK_FAILURES, ...MEDIA_FAILURES];
