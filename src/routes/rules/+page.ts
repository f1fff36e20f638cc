/** Nothing in it depends on who asks. */
export const prerender = true;
