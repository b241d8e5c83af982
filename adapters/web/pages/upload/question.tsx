import { Button } from '@fluentui/react-components';
import { useId, useRef, useState } from 'react';
import type { UploadState } from '../../../../bot/pages/pages.ts';
import type { Open } from '../link/gate.tsx';
import { callJson } from '../link/session.ts';

/** Something that cannot be undone, done after a question. The question is the browser's own modal dialog: it holds the focus and closes on Escape. */
export function Question({
  handle,
  take,
  path,
  words,
}: Pick<Open<UploadState>, 'handle' | 'take'> & {
  readonly path: '/u/api/reject' | '/u/api/stop';
  readonly words: {
    readonly button: string;
    readonly sure: string;
    readonly text: string;
    readonly yes: string;
    readonly no: string;
  };
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const act = async () => {
    setBusy(true);
    const answer = await callJson<UploadState>(path, handle, { method: 'POST' });
    dialog.current?.close();
    setBusy(false);
    take(answer);
  };
  return (
    <>
      <Button size="large" onClick={() => dialog.current?.showModal()}>
        {words.button}
      </Button>
      <dialog ref={dialog} aria-labelledby={id}>
        <div className="question">
          <h2 id={id}>{words.sure}</h2>
          <p>{words.text}</p>
          <div className="row">
            <Button appearance="primary" disabled={busy} onClick={() => void act()}>
              {words.yes}
            </Button>
            <Button onClick={() => dialog.current?.close()}>{words.no}</Button>
          </div>
        </div>
      </dialog>
    </>
  );
}
