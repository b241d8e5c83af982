import { type ReactNode, useEffect, useRef } from 'react';

/** A heading that takes the focus when its part of the page appears: a keyboard or screen reader goes on where the page does. */
export function Heading({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLHeadingElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <h2 ref={place} tabIndex={-1}>
      {children}
    </h2>
  );
}
