import { type ReactNode, useSyncExternalStore } from 'react';

/** Whether pages and findings stand side by side: the same width as in leaf.css. */
const wide = matchMedia('(min-width: 961px)');

function subscribe(changed: () => void): () => void {
  wide.addEventListener('change', changed);
  return () => wide.removeEventListener('change', changed);
}

/** Shows its content beside the pages; where there is no room for that, folded away above them. */
export function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const isWide = useSyncExternalStore(subscribe, () => wide.matches);
  if (isWide) return children;
  return (
    <details className="panel fold">
      <summary>{title}</summary>
      {children}
    </details>
  );
}
