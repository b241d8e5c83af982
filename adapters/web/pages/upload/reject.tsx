import { Button } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { UploadState } from '../../../../bot/pages/pages.ts';
import type { Open } from '../link/gate.tsx';
import { callJson } from '../link/session.ts';
import { wordsIn } from '../shared/words.ts';

/** Throws the file away, after a question. The question is the browser's own modal dialog: it holds the focus and closes on Escape. */
export function Reject({ state, handle, take, label }: Open<UploadState> & { readonly label: string }) {
  const words = wordsIn(state.language);
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const reject = async () => {
    setBusy(true);
    const answer = await callJson<UploadState>('/u/api/reject', handle, { method: 'POST' });
    dialog.current?.close();
    setBusy(false);
    take(answer);
  };
  return (
    <>
      <Button size="large" onClick={() => dialog.current?.showModal()}>
        {label}
      </Button>
      <dialog ref={dialog} aria-labelledby="reject-title">
        <div className="question">
          <h2 id="reject-title">{words.upload.attest.rejectSure}</h2>
          <p>{words.upload.attest.rejectText}</p>
          <div className="row">
            <Button appearance="primary" disabled={busy} onClick={() => void reject()}>
              {words.upload.attest.rejectYes}
            </Button>
            <Button onClick={() => dialog.current?.close()}>{words.link.cancel}</Button>
          </div>
        </div>
      </dialog>
    </>
  );
}
