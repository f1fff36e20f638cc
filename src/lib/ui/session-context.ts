import { createContext } from 'svelte';
import type { Session } from './session.svelte';

/** The one Session of the page: made in the root layout, never a module variable, which the server would share between users. */
export const [useSession, provideSession] = createContext<Session>();
