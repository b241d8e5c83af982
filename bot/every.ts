import type { Kind } from '../domain/entities.ts';
import type { Filter, Loaded, Page } from '../domain/memory-ports.ts';
import type { CorePorts } from './context.ts';

/** How many entities are read at once. */
const chunk = 200;

/** Every entity of a kind that the filter finds, however many, in the store's order (`Page.order`); they are read as far as somebody goes on asking. */
export async function* every<K extends Kind>(
  store: CorePorts['store'],
  kind: K,
  filter: Filter,
  order?: Page['order'],
): AsyncGenerator<Loaded<K>> {
  for (let offset = 0, read = chunk; read === chunk; offset += chunk) {
    const found = await store.find(kind, filter, { limit: chunk, offset, ...(order ? { order } : {}) });
    read = found.length;
    yield* found;
  }
}
