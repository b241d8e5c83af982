import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { UploadState } from '../../../../bot/pages/pages.ts';
import type { Open } from '../link/gate.tsx';
import { Heading } from '../link/heading.tsx';
import { call, callJson } from '../link/session.ts';
import { fill, wordsIn } from '../shared/words.ts';
import { Reject } from './reject.tsx';

/** The fourth step: the released file is downloaded, uploaded to CPMS by the person, and that is said here. */
export function Released({
  state,
  handle,
  take,
  thrown,
}: Open<UploadState> & { readonly thrown: Open<UploadState>['take'] }) {
  const words = wordsIn(state.language).upload.released;
  const [name, setName] = useState<string>();
  const [busy, setBusy] = useState(false);

  const download = async () => {
    const response = await call('/u/api/download', handle);
    if (!(response instanceof Response)) return take(response);
    const address = URL.createObjectURL(await response.blob());
    const given = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'file';
    const link = document.createElement('a');
    link.href = address;
    link.download = given;
    link.click();
    setName(given);
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  const uploaded = async () => {
    setBusy(true);
    const answer = await callJson<UploadState>('/u/api/uploaded', handle, { method: 'POST' });
    // The bytes are purged in the same act: to the one who pressed, what counts is that they are done.
    const done = 'document' in answer && answer.document?.stage === 'purged';
    take(done ? { ...answer, document: { ...answer.document, stage: 'uploaded' } } : answer);
    setBusy(false);
  };
  return (
    <section className="panel">
      <Heading>{words.title}</Heading>
      <p>{words.text}</p>
      <div className="row">
        <Button size="large" appearance={name === undefined ? 'primary' : 'secondary'} onClick={() => void download()}>
          {words.download}
        </Button>
        <output className="quiet">{name !== undefined && fill(words.downloaded, { name })}</output>
      </div>
      <div className="row">
        <Button
          size="large"
          appearance={name === undefined ? 'secondary' : 'primary'}
          disabled={busy}
          onClick={() => void uploaded()}
        >
          {words.done}
        </Button>
      </div>
      <p className="quiet">{words.doneHint}</p>
      <div>
        <Reject state={state} handle={handle} take={thrown} label={words.found} />
      </div>
    </section>
  );
}
