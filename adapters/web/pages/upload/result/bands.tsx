import { useEffect, useRef } from 'react';
import { parts, type Seen } from './seen.ts';

/** The parts of a page that are watched while its picture is there to be looked at. */
export function Bands({ page, watch }: { readonly page: number; readonly watch: Seen['watch'] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const ends = [...(place.current?.children ?? [])].map((band, part) => watch(band, page, part));
    return () => {
      for (const end of ends) end();
    };
  }, [page, watch]);
  return (
    <div className="bands" ref={place} aria-hidden="true">
      {Array.from({ length: parts }, (_, part) => (
        <div key={`part-${part + 1}`} />
      ))}
    </div>
  );
}
