import { Button, Spinner } from '@fluentui/react-components';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import type { Which } from '../../../../../bot/pages/pages.ts';
import { fill, wordsIn } from '../../shared/words.ts';
import { useNear } from './near.ts';
import { type Shown, usePicture, useText } from './picture.ts';
import './leaf.css';

export interface LeafProps {
  readonly handle: string;
  /** 1-based. */
  readonly page: number;
  readonly of: number;
  readonly which: Which;
  readonly zoom: number;
  readonly language: string;
  /** Height by width, where it is known before the picture is there. */
  readonly ratio?: number;
  /** What the caption says besides the page's number. */
  readonly mark?: ReactNode;
}

/** One page of a PDF or a picture file. `over` draws on it, once it is near; it hears which picture is shown. */
export function PictureLeaf(props: LeafProps & { readonly over?: (shown: Which | undefined) => ReactNode }) {
  const { page, of, which, zoom, language, ratio, over } = props;
  const place = useRef<HTMLElement>(null);
  const near = useNear(place);
  const shown = usePicture(place, { ...props, near });
  // A4 until the picture says otherwise; kept while the page is far, so that nothing jumps.
  const [known, setKnown] = useState(ratio ?? Math.SQRT2);
  const alt = fill(wordsIn(language).upload.pages.alt[which], { page, pages: of });
  return (
    <Frame {...props} place={place}>
      <div className={`leaf zoom${zoom * 100}`} style={{ aspectRatio: `1 / ${known}` }}>
        {shown.content && (
          <img
            src={shown.content.value}
            alt={alt}
            draggable={false}
            className={shown.content.which === which ? '' : 'old'}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setKnown(naturalHeight / naturalWidth)}
          />
        )}
        {near && over?.(shown.content?.which)}
        <Waiting {...props} near={near} shown={shown} />
      </div>
    </Frame>
  );
}

/** One page of an Office document: text, or one of its pictures, as the service says when it is asked. */
export function DocumentLeaf(props: LeafProps & { readonly over?: (shown: Which | undefined) => ReactNode }) {
  const [isPicture, setPicture] = useState(false);
  return isPicture ? <PictureLeaf {...props} /> : <TextLeaf {...props} other={() => setPicture(true)} />;
}

/** One page of a text file. `inside` gives what stands in the page for its text. */
export function TextLeaf(
  props: LeafProps & {
    readonly inside?: (text: string) => ReactNode;
    readonly over?: (shown: Which | undefined) => ReactNode;
    /** How many lines the page has, where that is known. */
    readonly lines?: number;
    /** Called where the page is a picture. */
    readonly other?: () => void;
  },
) {
  const { zoom, inside, over, which, lines, other } = props;
  const place = useRef<HTMLElement>(null);
  const near = useNear(place);
  const shown = useText({ ...props, near }, other);
  const { content } = shown;
  return (
    <Frame {...props} place={place}>
      <div className={`leaf text zoom${zoom * 100}`} style={{ minHeight: `${(lines ?? 6) * 1.7 + 3}em` }}>
        {content && (
          <pre data-page={props.page} className={content.which === which ? '' : 'old'}>
            {content.which === which && inside ? inside(content.value) : content.value}
          </pre>
        )}
        {near && over?.(content?.which)}
        <Waiting {...props} near={near} shown={shown} />
      </div>
    </Frame>
  );
}

function Frame({
  page,
  of,
  zoom,
  language,
  mark,
  place,
  children,
}: LeafProps & { readonly place: RefObject<HTMLElement | null>; readonly children: ReactNode }) {
  const label = fill(wordsIn(language).upload.pages.page, { page, pages: of });
  return (
    <figure ref={place} id={`page-${page}`} tabIndex={-1} aria-label={label}>
      <figcaption>
        <span>{label}</span>
        {mark}
      </figcaption>
      {/* A page that is larger than its frame is moved with the arrow keys: the frame can be focused. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="paper" aria-label={label} tabIndex={zoom > 1 ? 0 : -1}>
        {children}
      </section>
    </figure>
  );
}

function Waiting({
  near,
  shown,
  which,
  language,
}: Pick<LeafProps, 'which' | 'language'> & { readonly near: boolean; readonly shown: Shown<string> }) {
  const words = wordsIn(language);
  if (shown.failed)
    return (
      <div className="blank">
        <p role="alert">{words.upload.pages.failed}</p>
        <Button onClick={shown.again}>{words.link.tryAgain}</Button>
      </div>
    );
  if (!near || shown.content?.which === which) return null;
  return (
    <div className="blank">
      <Spinner size="small" aria-label={words.link.loading} />
    </div>
  );
}
