/** Where one is in a series, and where something is: what was looked at, what was found. It says nothing that is not said in words too. */
export function Strip({
  count,
  looked,
  marked,
}: {
  readonly count: number;
  /** By places from 0. */
  readonly looked: (at: number) => boolean;
  readonly marked: (at: number) => boolean;
}) {
  return (
    <svg className="strip" viewBox={`0 0 ${count} 2`} preserveAspectRatio="none" aria-hidden="true">
      <path className="looked" d={runs(count, looked, 0)} />
      <path className="marked" d={runs(count, marked, 1)} />
    </svg>
  );
}

/** One rectangle for each run of places. */
function runs(count: number, is: (at: number) => boolean, top: number): string {
  const parts: string[] = [];
  for (let at = 0; at < count; at++) {
    if (!is(at)) continue;
    const from = at;
    while (at + 1 < count && is(at + 1)) at++;
    parts.push(`M${from} ${top}h${at + 1 - from}v1h${from - at - 1}z`);
  }
  return parts.join('');
}
