import { Button, Checkbox } from '@fluentui/react-components';
import { useState } from 'react';
import type { UploadState } from '../../../../../bot/pages/pages.ts';
import { attestationStatements } from '../../../../../domain/documents.ts';
import type { Open } from '../../link/gate.tsx';
import { callJson } from '../../link/session.ts';
import { fill, wordsIn } from '../../shared/words.ts';

/** The personal attestation: three statements, each ticked by hand, possible once every page was looked at. */
export function Attest({
  state,
  handle,
  take,
  seen,
  left,
  goOn,
}: Open<UploadState> & { readonly seen: number; readonly left: number; readonly goOn: () => void }) {
  const words = wordsIn(state.language).upload.attest;
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const missing = attestationStatements.filter((statement) => !ticked.includes(statement));
  const hint = left > 0 ? fill(words.needPages, { left }) : missing.length > 0 ? words.needBoxes : words.ready;

  const release = async () => {
    setAsked(true);
    if (left > 0) return goOn();
    if (missing.length > 0) return undefined;
    setBusy(true);
    const body = { statements: ticked, pagesSeen: seen };
    take(await callJson<UploadState>('/u/api/attest', handle, { method: 'POST', body }));
    setBusy(false);
  };
  return (
    <section className="panel" aria-labelledby="attest-title">
      <h3 id="attest-title" tabIndex={-1}>
        {words.title}
      </h3>
      <p>{words.intro}</p>
      <div className="boxes">
        {attestationStatements.map((statement) => (
          <Checkbox
            key={statement}
            size="large"
            label={words[statement]}
            checked={ticked.includes(statement)}
            onChange={(_, { checked }) =>
              setTicked(checked ? [...ticked, statement] : ticked.filter((held) => held !== statement))
            }
          />
        ))}
      </div>
      <p id="attest-hint" className={asked && (left > 0 || missing.length > 0) ? 'needed' : 'quiet'} aria-live="polite">
        {hint}
      </p>
      <div className="row">
        <Button
          appearance="primary"
          size="large"
          disabled={busy}
          aria-describedby="attest-hint"
          onClick={() => void release()}
        >
          {words.release}
        </Button>
      </div>
    </section>
  );
}
