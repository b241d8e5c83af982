/** Whether the window has room for a list and what is chosen from it, side by side: the same width as in local.css. */
export const isWide = matchMedia('(min-width: 760px)');
