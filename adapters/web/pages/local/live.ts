import { useCallback, useEffect, useRef, useState } from 'react';
import { api, CallFailed, type MailboxLetter, type Message, type Person, type Place } from './api.ts';

export interface Live {
  readonly people: readonly Person[];
  readonly letters: readonly MailboxLetter[];
  readonly messages: readonly Message[] | undefined;
  readonly trouble: string | undefined;
  readonly refresh: () => void;
}

/** Everything that the window shows, kept up to date by the server's events; the open chat is marked as read while the window is on the screen. */
export function useLive(place: Place | undefined): Live {
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [letters, setLetters] = useState<readonly MailboxLetter[]>([]);
  const [messages, setMessages] = useState<{ readonly of: Place; readonly list: readonly Message[] }>();
  const [trouble, setTrouble] = useState<string>();
  const open = useRef(place);

  const load = useCallback(async () => {
    const at = open.current;
    try {
      const list = at ? await api.messages(at) : undefined;
      if (at && list && open.current === at) setMessages({ of: at, list });
      if (at && document.visibilityState === 'visible') await api.read(at);
      setPeople(await api.people());
      setTrouble(undefined);
    } catch (error) {
      setTrouble(error instanceof CallFailed ? error.message : String(error));
    }
  }, []);
  const loadLetters = useCallback(async () => {
    setLetters(await api.mailbox().catch(() => []));
  }, []);

  useEffect(() => {
    open.current = place;
    void load();
  }, [load, place]);
  useEffect(() => {
    // Several changes at once are one look.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), 60);
    };
    const all = () => {
      soon();
      void loadLetters();
    };
    const events = new EventSource('/local/events');
    events.addEventListener('open', all);
    events.addEventListener('chat', soon);
    events.addEventListener('mailbox', () => void loadLetters());
    events.addEventListener('error', soon);
    document.addEventListener('visibilitychange', soon);
    all();
    return () => {
      clearTimeout(timer);
      events.close();
      document.removeEventListener('visibilitychange', soon);
    };
  }, [load, loadLetters]);

  const current = messages && place && messages.of === place ? messages.list : undefined;
  return { people, letters, messages: current, trouble, refresh: () => void load() };
}
