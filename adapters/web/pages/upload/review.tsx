import { Button, Select } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { UploadState } from '../../../../bot/pages.ts';
import type { Open } from '../link/gate.tsx';
import { Heading } from '../link/heading.tsx';
import { fill, moment, plural, wordsIn } from '../shared/words.ts';
import { Attest } from './attest.tsx';
import { PagePicture } from './page-picture.tsx';
import { Report } from './report.tsx';
import { useSeen } from './seen.ts';

/** The second and third step: what was removed and what was not searched, every page as a picture, and the attestation below them. */
export function Review({
  state,
  handle,
  take,
  document: file,
}: Open<UploadState> & { readonly document: NonNullable<UploadState['document']> }) {
  const words = wordsIn(state.language).upload.result;
  const seen = useSeen();
  const [zoom, setZoom] = useState(1);
  const pages = Array.from({ length: file.pages }, (_, index) => index + 1);
  const next = pages.find((page) => !seen.pages.has(page));
  // Said to a screen reader, but not page by page: a long file would talk without an end.
  const [told, setTold] = useState('');
  const count =
    next === undefined
      ? (plural(words, 'allSeen', file.pages, state.language) ?? '')
      : fill(words.seenCount, { seen: seen.pages.size, pages: file.pages });
  useEffect(() => {
    const timer = setTimeout(() => setTold(count), 1500);
    return () => clearTimeout(timer);
  }, [count]);

  const goTo = (page: number) => {
    const place = document.getElementById(`page-${page}`);
    place?.scrollIntoView({ block: 'start' });
    place?.focus({ preventScroll: true });
  };
  return (
    <>
      <section className="panel">
        <Heading>{words.title}</Heading>
        <Report file={file} language={state.language} />
        <p className="quiet">{fill(words.until, { time: moment(file.bytesUntil, state.language) })}</p>
      </section>
      <section aria-label={words.pages}>
        <div className="tools">
          <span className="count">{count}</span>
          <span className="row">
            {next !== undefined && <Button onClick={() => goTo(next)}>{words.next}</Button>}
            <label className="row">
              {words.zoom}
              <Select value={String(zoom)} onChange={(_, { value }) => setZoom(Number(value))}>
                <option value="1">{words.zoomFit}</option>
                <option value="1.5">{fill(words.zoomMore, { percent: 150 })}</option>
                <option value="2">{fill(words.zoomMore, { percent: 200 })}</option>
              </Select>
            </label>
          </span>
        </div>
        <output className="hidden">{told}</output>
        {pages.map((page) => (
          <PagePicture
            key={page}
            handle={handle}
            page={page}
            of={file.pages}
            zoom={zoom}
            seen={seen}
            language={state.language}
          />
        ))}
      </section>
      <Attest
        state={state}
        handle={handle}
        take={take}
        seen={seen.pages.size}
        left={file.pages - seen.pages.size}
        goOn={() => next !== undefined && goTo(next)}
      />
    </>
  );
}
