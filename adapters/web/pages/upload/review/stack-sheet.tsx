import { Checkbox } from '@fluentui/react-components';
import { memo, useMemo } from 'react';
import type { Box } from '../../../../../domain/ports.ts';
import { wordsIn } from '../../shared/words.ts';
import { StackLeaf, type StackProps } from '../stack/stack.tsx';
import type { Acts, Goal, OnPage } from './acts.ts';
import { Drawing } from './drawing.tsx';
import { Frames } from './frames.tsx';
import { Placing } from './placing.tsx';
import { Mark } from './sheets.tsx';

export interface StackSheetProps
  extends Omit<StackProps, 'at' | 'setAt' | 'marked' | 'mark' | 'over' | 'tools' | 'number'> {
  /** From 0. */
  readonly index: number;
  readonly at: number;
  readonly setAt: (stack: number, at: number) => void;
  readonly onPage: (page: number) => OnPage;
  readonly current: string | undefined;
  readonly goal: Goal | undefined;
  readonly drawing: boolean;
  /** The page on which the keyboard places a box. */
  readonly placing: number | undefined;
  readonly placed: (page: number, box: Box | undefined) => void;
  readonly draw: (page: number, box: Box) => void;
  readonly acts: Acts;
  /** What is done on one frame is done on all of the series where the same stands in the same place. */
  readonly whole: boolean;
  readonly setWhole: (whole: boolean) => void;
}

/** A series under review: one frame of it with its findings, and where in the series others are. */
export const StackSheet = memo(function StackSheet(props: StackSheetProps) {
  const { index, at, setAt, stack, which, language, onPage, drawing, placing, placed, draw, whole, setWhole } = props;
  const words = wordsIn(language).upload.stack;
  const page = stack[at] as number;
  const on = onPage(page);
  const marked = useMemo(() => {
    const isOn = (one: number) => [...onPage(one).findings, ...onPage(one).hits].some(({ page: own }) => own === one);
    return new Set(stack.filter(isOn));
  }, [stack, onPage]);
  return (
    <StackLeaf
      {...props}
      number={index + 1}
      setAt={useMemo(() => (to: number) => setAt(index, to), [setAt, index])}
      marked={marked}
      mark={<Mark on={on} language={language} />}
      over={(shown) =>
        which === 'review' &&
        shown === 'review' && (
          <Frames {...props} {...on} key={page} page={page}>
            {drawing && <Drawing page={page} draw={draw} />}
            {placing === page && <Placing page={page} language={language} done={(box) => placed(page, box)} />}
          </Frames>
        )
      }
      tools={
        stack.length > 1 &&
        which === 'review' && (
          <Checkbox label={words.whole} checked={whole} onChange={(_, { checked }) => setWhole(checked === true)} />
        )
      }
    />
  );
});
