import type { Added, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import type { Box } from '../../../../../domain/ports.ts';

/** What one can do on a page under review. The functions stay the same ones, so that a page is drawn anew only when its own things change. */
export interface Acts {
  readonly toggle: (finding: ReviewFinding) => void;
  readonly add: (places: readonly Added[]) => void;
  readonly drop: (place: Added) => void;
  /** Gives an added box another place and size. */
  readonly move: (place: Added, box: Box) => void;
  /** The finding that has the focus: 'next' goes on from there. */
  readonly at: (finding: ReviewFinding) => void;
  /** The goal has the focus: it is none any more. */
  readonly reached: () => void;
}

/** What is on one page. */
export interface OnPage {
  readonly findings: readonly ReviewFinding[];
  readonly added: readonly Added[];
  /** The ids of those findings that stay. */
  readonly kept: readonly string[];
  /** What a search found here. */
  readonly hits: readonly Added[];
}

/** A finding that is to have the focus, as soon as it is there. */
export interface Goal {
  readonly id: string;
}
