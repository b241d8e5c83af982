/** What stands before the label of a box that is not checked, is checked, is neither; of a choice that is not taken, is taken. */
export const [UNCHECKED, CHECKED, UNKNOWN, OFF, ON] = ['☐', '☑', '▣', '○', '◉'];
