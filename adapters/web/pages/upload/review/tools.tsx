import { Button, ToggleButton } from '@fluentui/react-components';
import { ArrowUndoRegular, SquareHintRegular, TextUnderlineCharacterURegular } from '@fluentui/react-icons';
import { wordsIn } from '../../shared/words.ts';

/** What the pages are worked on with: a box is drawn (or in a text file a selection removed), and a step is taken back. */
export function Tools({
  language,
  text,
  pictures,
  drawing,
  setDrawing,
  removeSelection,
  undo,
}: {
  readonly language: string;
  readonly text: boolean;
  readonly pictures: boolean;
  readonly drawing: boolean;
  readonly setDrawing: (drawing: boolean) => void;
  readonly removeSelection: () => void;
  readonly undo: (() => void) | undefined;
}) {
  const words = wordsIn(language).upload.view;
  return (
    <>
      {text && (
        // The selection stays while the button is pressed.
        <Button
          icon={<TextUnderlineCharacterURegular />}
          onMouseDown={(event) => event.preventDefault()}
          onClick={removeSelection}
        >
          <span className="label">{words.selection}</span>
        </Button>
      )}
      {pictures && (
        <ToggleButton icon={<SquareHintRegular />} checked={drawing} onClick={() => setDrawing(!drawing)}>
          <span className="label">{words.draw}</span>
        </ToggleButton>
      )}
      <Button icon={<ArrowUndoRegular />} disabledFocusable={!undo} onClick={undo}>
        <span className="label">{words.undo}</span>
      </Button>
    </>
  );
}
