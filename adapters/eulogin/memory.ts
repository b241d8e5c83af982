import type { Adapter, AdapterPayload } from 'oidc-provider';

const most = 1_000;

/**
 * The provider's own rows (sessions, codes, grants) of one kind, in memory: what oidc-provider asks of an adapter. Rows end when they
 * expire, and the oldest give way beyond 1,000; nothing outlives the process.
 */
export function memoryRows(): Adapter {
  const rows = new Map<string, { readonly payload: AdapterPayload; readonly until: number }>();
  const live = (id: string) => {
    const row = rows.get(id);
    return row && row.until > Date.now() ? row.payload : undefined;
  };
  const first = (matches: (payload: AdapterPayload) => boolean) =>
    [...rows.keys()].map(live).find((payload) => payload !== undefined && matches(payload));

  return {
    async upsert(id, payload, seconds) {
      rows.delete(id);
      rows.set(id, { payload, until: seconds ? Date.now() + seconds * 1000 : Number.POSITIVE_INFINITY });
      const [oldest] = rows.keys();
      if (rows.size > most && oldest !== undefined) rows.delete(oldest);
    },
    find: async (id) => live(id),
    findByUid: async (uid) => first((payload) => payload.uid === uid),
    findByUserCode: async (code) => first((payload) => payload.userCode === code),
    async consume(id) {
      const row = rows.get(id);
      if (row) rows.set(id, { ...row, payload: { ...row.payload, consumed: Math.floor(Date.now() / 1000) } });
    },
    async destroy(id) {
      rows.delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const [id, { payload }] of rows) if (payload.grantId === grantId) rows.delete(id);
    },
  };
}
