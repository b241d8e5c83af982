import { Button, Spinner } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { call } from '../link/session.ts';
import { fill, wordsIn } from '../shared/words.ts';
import { parts, type Seen } from './seen.ts';

/** One page as a picture, fetched when it comes near the window. Its parts are watched once the picture is there to be looked at. */
export function PagePicture({
  handle,
  page,
  of,
  zoom,
  seen,
  language,
}: {
  readonly handle: string;
  readonly page: number;
  readonly of: number;
  readonly zoom: number;
  readonly seen: Seen;
  readonly language: string;
}) {
  const words = wordsIn(language).upload.result;
  const place = useRef<HTMLElement>(null);
  const bands = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const [picture, setPicture] = useState<string>();
  const [failed, setFailed] = useState(0);
  const [lost, setLost] = useState(false);
  const looked = seen.pages.has(page);
  const { watch } = seen;

  useEffect(() => {
    if (!place.current) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setNear(true);
      },
      { rootMargin: '800px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (!near) return undefined;
    let address: string | undefined;
    let current = true;
    const wide = (place.current?.clientWidth ?? 800) * zoom * Math.min(devicePixelRatio, 2);
    const width = Math.min(2000, Math.max(200, Math.round(wide)));
    void (async () => {
      const response = await call(`/u/api/picture?page=${page}&width=${width}`, handle);
      const bytes = response instanceof Response ? await response.blob().catch(() => undefined) : undefined;
      if (!current) return;
      setLost(bytes === undefined);
      if (bytes) {
        address = URL.createObjectURL(bytes);
        setPicture(address);
      }
    })();
    return () => {
      current = false;
      if (address) URL.revokeObjectURL(address);
    };
  }, [near, page, handle, zoom, failed]);

  useEffect(() => {
    if (!picture || looked || !bands.current) return undefined;
    const ends = [...bands.current.children].map((band, part) => watch(band, page, part));
    return () => {
      for (const end of ends) end();
    };
  }, [picture, looked, page, watch]);

  const label = fill(words.page, { page, pages: of });
  return (
    <figure ref={place} id={`page-${page}`} tabIndex={-1}>
      <figcaption>
        <span>{label}</span>
        <span className={looked ? 'mark looked' : 'mark'}>
          {looked ? `✓ ${words.pageSeen}` : `○ ${words.pageNotSeen}`}
        </span>
      </figcaption>
      {/* A page that is larger than its frame is moved with the arrow keys: the frame can be focused. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="paper" aria-label={label} tabIndex={zoom > 1 ? 0 : -1}>
        <div className={`leaf zoom${zoom * 100}`}>
          {picture && <img src={picture} alt={label} />}
          {!picture && (
            <div className="blank">
              {lost ? (
                <>
                  <p>{words.pictureFailed}</p>
                  <Button onClick={() => setFailed(failed + 1)}>{wordsIn(language).link.tryAgain}</Button>
                </>
              ) : (
                <Spinner size="small" aria-label={wordsIn(language).link.loading} />
              )}
            </div>
          )}
          <div className="bands" ref={bands} aria-hidden="true">
            {Array.from({ length: parts }, (_, part) => (
              <div key={`part-${part + 1}`} />
            ))}
          </div>
        </div>
      </section>
    </figure>
  );
}
