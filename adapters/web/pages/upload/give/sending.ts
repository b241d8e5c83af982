import { useCallback, useEffect, useRef, useState } from 'react';
import type { UploadState } from '../../../../../bot/pages/pages.ts';
import { callJson, isRefused, type Refused } from '../../link/session.ts';
import type { Parcel } from './parcel.ts';
import { forget, isSame, remember } from './resume.ts';
import { patience, sendFile } from './send.ts';

export interface Sending {
  /** 'none' before a file was chosen in this window. */
  readonly now: 'none' | 'going' | 'lost' | 'paused' | 'sent';
  /** Bytes that have arrived, and of how many. */
  readonly arrived: number;
  readonly size: number;
  readonly give: (file: Parcel) => void;
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly cancel: () => void;
}

/** Sends a file while the page goes on. What ends it for good is told to `failed`: a refusal, or 'unreadable'. */
export function useSending(
  { state, handle, take }: { state: UploadState; handle: string; take: (answer: UploadState | Refused) => void },
  failed: (why: Refused | 'unreadable') => void,
): Sending {
  const { incoming } = state;
  // All of it may be here already, from before a reload.
  const whole = incoming !== undefined && incoming.offset === incoming.size;
  const [now, setNow] = useState<Sending['now']>(whole ? 'sent' : 'none');
  const [arrived, setArrived] = useState(incoming?.offset ?? 0);
  const [size, setSize] = useState(incoming?.size ?? 0);
  const file = useRef<Parcel>(null);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const run = useCallback(
    async (from: number) => {
      const given = file.current;
      if (!given) return;
      const controller = new AbortController();
      stop.current = controller;
      setNow('going');
      const ended = await sendFile(
        given,
        from,
        {
          append: (offset, body, signal) =>
            callJson<UploadState>(`/u/api/append?offset=${offset}`, handle, { method: 'POST', body, signal }),
          wait: patience,
          arrived: setArrived,
          lost: (lost) => setNow(lost ? 'lost' : 'going'),
        },
        controller.signal,
      );
      if (ended === 'stopped') return;
      if (ended === 'sent') return setNow('sent');
      setNow('none');
      if (ended === 'unreadable' || isRefused(ended)) failed(ended);
      else take(ended);
    },
    [handle, take, failed],
  );
  const give = async (given: Parcel) => {
    const known = incoming && incoming.size === given.size && isSame(handle, given) ? incoming : undefined;
    file.current = given;
    setSize(given.size);
    setArrived(known?.offset ?? 0);
    setNow('going');
    if (known) return run(known.offset);
    remember(handle, given);
    const body = { size: given.size };
    const begun = await callJson<UploadState>('/u/api/begin', handle, { method: 'POST', body });
    if (isRefused(begun)) {
      setNow('none');
      return failed(begun);
    }
    take(begun);
    return run(0);
  };
  return {
    now,
    arrived,
    size,
    give: (given) => void give(given),
    pause: () => {
      stop.current?.abort();
      setNow('paused');
    },
    goOn: () => void run(arrived),
    cancel: () => {
      stop.current?.abort();
      file.current = null;
      forget(handle);
      setNow('none');
    },
  };
}
