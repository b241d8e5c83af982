import { Button } from '@fluentui/react-components';
import { DocumentArrowUpRegular } from '@fluentui/react-icons';
import { type DragEvent, useRef, useState } from 'react';
import { fill, size, wordsIn } from '../../shared/words.ts';
import { accept } from './accepts.ts';

/** Where a file is dropped, chosen, or on a phone photographed: the input offers the camera there and forces nobody to it. */
export function Drop({
  language,
  limit,
  again,
  give,
}: {
  readonly language: string;
  readonly limit: number;
  readonly again: boolean;
  readonly give: (files: readonly File[]) => void;
}) {
  const words = wordsIn(language).upload.choose;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    give([...event.dataTransfer.files]);
  };
  return (
    // Dropping is a second way: the button inside does the same.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      aria-label={words.title}
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <DocumentArrowUpRegular className="drop-sign" aria-hidden="true" />
      <p className="by-mouse">{words.drop}</p>
      <Button appearance="primary" size="large" onClick={() => input.current?.click()}>
        {again ? words.again : words.button}
      </Button>
      <p className="quiet by-touch">{words.camera}</p>
      <p className="quiet">{fill(words.limit, { limit: size(limit) })}</p>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={words.button}
        hidden
        onChange={(event) => {
          give([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </fieldset>
  );
}
