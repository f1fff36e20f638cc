import { expect } from 'vitest';
import { patience } from './patience';

/** `expect.poll` that gives up only where nothing moves any more: vitest's own second is a bound that a busy machine breaks. */
export const eventually = <T>(read: () => T | Promise<T>, what?: string) =>
	expect.poll(read, { timeout: patience(60_000), ...(what ? { message: what } : {}) });
