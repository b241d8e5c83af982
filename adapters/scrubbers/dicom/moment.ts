/** The files of a study come one after the other, and are of the same people. */
const KEPT_MS = 2000;

/**
 * Keeps what takes long to make for the next file that asks with the same key, and forgets it when nobody has for a moment: it is made of what identifies. One thing at a time.
 */
export function keptForAMoment<Made, Key = string>(
  isSame: (one: Key, other: Key) => boolean = Object.is,
): (key: Key, make: (key: Key) => Made) => Made {
  let kept: { readonly key: Key; readonly made: Made } | undefined;
  let forgetting: NodeJS.Timeout | undefined;
  let asked = false;
  // Looked at now and then: a timer set anew for each of thousands of files is not for nothing.
  const look = () => {
    if (!asked) {
      clearInterval(forgetting);
      [kept, forgetting] = [undefined, undefined];
    }
    asked = false;
  };
  return (key, make) => {
    if (!kept || !isSame(kept.key, key)) kept = { key, made: make(key) };
    asked = true;
    forgetting ??= setInterval(look, KEPT_MS).unref();
    return kept.made;
  };
}
