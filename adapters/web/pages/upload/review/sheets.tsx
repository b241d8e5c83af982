import { memo } from 'react';
import type { Box } from '../../../../../domain/ports.ts';
import { fill, plural, wordsIn } from '../../shared/words.ts';
import { type LeafProps, PictureLeaf, TextLeaf } from '../leaf/leaf.tsx';
import type { Acts, Goal, OnPage } from './acts.ts';
import { Drawing } from './drawing.tsx';
import { Frames } from './frames.tsx';
import { Marks } from './marks.tsx';
import { Placing } from './placing.tsx';

export interface SheetProps extends Omit<LeafProps, 'mark'> {
  readonly on: OnPage;
  readonly current: string | undefined;
  readonly goal: Goal | undefined;
  readonly drawing: boolean;
  readonly placing: boolean;
  readonly placed: (page: number, box: Box | undefined) => void;
  readonly draw: (page: number, box: Box) => void;
  readonly acts: Acts;
}

/** One page under review, as a picture with its frames. In the view of the file as it was given there are none. */
export const PictureSheet = memo(function PictureSheet(props: SheetProps) {
  const { page, which, language, on, drawing, placing, placed, draw } = props;
  return (
    <PictureLeaf
      {...props}
      mark={<Mark {...props} />}
      // No frame stands on an empty page, nor on the picture of the other view.
      over={(shown) =>
        which === 'review' &&
        shown === 'review' && (
          <Frames {...props} {...on}>
            {drawing && <Drawing page={page} draw={draw} />}
            {placing && <Placing page={page} language={language} done={(box) => placed(page, box)} />}
          </Frames>
        )
      }
    />
  );
});

/** One page of a text file under review: its findings are marked in the text. */
export const TextSheet = memo(function TextSheet(props: SheetProps & { readonly lines: number }) {
  const { which, on } = props;
  return (
    <TextLeaf
      {...props}
      mark={<Mark {...props} />}
      inside={(text) => (which === 'review' ? <Marks {...props} {...on} text={text} /> : text)}
    />
  );
});

/** How much of this page goes and stays. */
export function Mark({ on, language }: Pick<SheetProps, 'on' | 'language'>) {
  const words = wordsIn(language).upload.frames;
  const staying = on.kept.length;
  const going = on.findings.length - staying + on.added.length;
  const parts = [
    going > 0 ? plural(words, 'going', going, language) : undefined,
    staying > 0 ? fill(words.staying, { count: staying }) : undefined,
  ].filter((part) => part !== undefined);
  return <span className="mark">{parts.length > 0 ? parts.join(', ') : words.nothing}</span>;
}
