import { Button, Checkbox } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { FileOutcomes } from '../../../../bot/pages/pages.ts';
import { callJson, isRefused } from '../link/session.ts';
import { fill, wordsIn } from '../shared/words.ts';

/** Rows that are shown at a time: the service's. */
const rows = 200;

/** What became of each file of a bundle, a part of the list at a time. `news` asks for it anew; while the work goes on the latest ones are shown. `names` are those that this window knows of its own. */
export function Files({
  handle,
  language,
  names,
  news,
  live = false,
}: {
  readonly handle: string;
  readonly language: string;
  readonly names: readonly string[];
  readonly news: number;
  readonly live?: boolean;
}) {
  const words = wordsIn(language).upload.files;
  const [asked, setFrom] = useState<number>();
  const [refusedAlone, setRefusedAlone] = useState(false);
  const [shown, setShown] = useState<FileOutcomes & { readonly from: number }>();
  const last = live && !refusedAlone ? Math.floor(Math.max(0, news - 1) / rows) * rows : 0;
  const from = asked ?? last;
  useEffect(() => {
    let over = false;
    void callJson<FileOutcomes>(`/u/api/files?from=${from}&refused=${refusedAlone ? 1 : 0}`, handle).then((answer) => {
      if (!over && !isRefused(answer)) setShown({ ...answer, from });
    });
    return () => {
      over = true;
    };
  }, [handle, from, refusedAlone, news]);
  if (!shown || shown.total === 0) return null;
  const { total, refused, files } = shown;
  const all = refusedAlone ? refused : total;
  return (
    <section className="panel files" aria-labelledby="files-title">
      <h3 id="files-title">{words.title}</h3>
      <p>{fill(words.summary, { total, taken: total - refused, refused })}</p>
      {refused > 0 && (
        <Checkbox
          label={words.refusedAlone}
          checked={refusedAlone}
          onChange={(_, { checked }) => {
            setRefusedAlone(checked === true);
            setFrom(undefined);
          }}
        />
      )}
      {/* The list is longer than its frame: it is moved with the arrow keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className="bare" tabIndex={0} aria-label={words.title}>
        {files.map(({ number, name, refused: why }) => (
          <li key={number} className={why === undefined ? '' : 'refused'}>
            <span className="sign" aria-hidden="true">
              {why === undefined ? '✓' : '✕'}
            </span>
            <span>
              <span className="name">{names[number - 1] ?? fill(words.number, { number })}</span>{' '}
              <span className="quiet">{why ?? fill(words.taken, { name: name ?? '' })}</span>
            </span>
          </li>
        ))}
      </ul>
      {all > rows && (
        <div className="row tight">
          <Button disabledFocusable={from === 0} onClick={() => setFrom(Math.max(0, from - rows))}>
            {words.earlier}
          </Button>
          <span className="count">{fill(words.part, { from: from + 1, to: from + files.length, total: all })}</span>
          <Button disabledFocusable={from + rows >= all} onClick={() => setFrom(from + rows)}>
            {words.later}
          </Button>
        </div>
      )}
      {names.length > 0 && <p className="quiet">{words.names}</p>}
    </section>
  );
}
