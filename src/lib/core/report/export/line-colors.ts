/** A line's colour: an entry of palette.css, or any other custom property of the theme. Without the styles, for workers. */
export type LineColor = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export const lineColors: readonly LineColor[] = [1, 2, 3, 4, 5, 6, 7, 8];
