/**
 * Remembers which deliveries were answered in full, so that a repeat is not written into the chat a second time. A courtesy of this
 * process alone: what an act does is done once because the store keeps its key.
 */
export interface Once {
  /** Does the work unless it was done, or is being done, under this key; says whether it did. Throws what the work throws. */
  run(key: string, work: () => Promise<void>): Promise<boolean>;
  /** Whether the key is new; it is not from now on. */
  first(key: string): boolean;
  forget(key: string): void;
}

/** Keeps the latest `limit` keys. */
export function createOnce(limit = 2000): Once {
  const known = new Map<string, Promise<void> | undefined>();
  const remember = (key: string, work?: Promise<void>): void => {
    known.set(key, work);
    const oldest = known.size > limit ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
  };
  return {
    async run(key, work) {
      if (known.has(key)) {
        await known.get(key);
        return false;
      }
      const doing = work();
      remember(key, doing);
      try {
        await doing;
        if (known.has(key)) known.set(key, undefined);
      } catch (error) {
        known.delete(key);
        throw error;
      }
      return true;
    },
    first(key) {
      if (known.has(key)) return false;
      remember(key);
      return true;
    },
    forget: (key) => void known.delete(key),
  };
}
