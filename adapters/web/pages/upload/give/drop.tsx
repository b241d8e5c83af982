import { Button } from '@fluentui/react-components';
import { DocumentArrowUpRegular } from '@fluentui/react-icons';
import { type DragEvent, useRef, useState } from 'react';
import { fill, size, wordsIn } from '../../shared/words.ts';
import { accept } from './accepts.ts';
import { droppedFiles, folderPicker, offersFolders } from './folders.ts';
import type { Chosen } from './parcel.ts';

/** Where files are dropped, chosen, or on a phone photographed: the input offers the camera there and forces nobody to it. Several of them, or a folder, are given as one. */
export function Drop({
  language,
  limit,
  bundleLimit,
  again,
  give,
}: {
  readonly language: string;
  readonly limit: number;
  readonly bundleLimit: number;
  readonly again: boolean;
  readonly give: (chosen: readonly Chosen[]) => void;
}) {
  const words = wordsIn(language).upload.choose;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(give);
  };
  return (
    // Dropping is a second way: the buttons inside do the same.
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
      <div className="row">
        <Button appearance="primary" size="large" onClick={() => input.current?.click()}>
          {again ? words.again : words.button}
        </Button>
        {offersFolders() && (
          <Button size="large" onClick={() => folderPicker(give)}>
            {words.folder}
          </Button>
        )}
      </div>
      <p className="quiet by-touch">{words.camera}</p>
      <p className="quiet">{fill(words.limit, { limit: size(limit), bundle: size(bundleLimit) })}</p>
      <input
        ref={input}
        type="file"
        multiple
        accept={accept}
        aria-label={words.button}
        hidden
        onChange={(event) => {
          give([...(event.target.files ?? [])].map((file) => ({ path: file.name, file })));
          event.target.value = '';
        }}
      />
    </fieldset>
  );
}
