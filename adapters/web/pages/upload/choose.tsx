import { Button, MessageBar, MessageBarBody, MessageBarTitle, ProgressBar } from '@fluentui/react-components';
import { type DragEvent, useRef, useState } from 'react';
import type { UploadState } from '../../../../bot/pages.ts';
import type { Open } from '../link/gate.tsx';
import { Heading } from '../link/heading.tsx';
import { isRefused } from '../link/session.ts';
import { fill, size, wordsIn } from '../shared/words.ts';
import { looksLikePdf, type Sending, send } from './send.ts';

/** The first step: a PDF is dropped or chosen, sent and worked on. `said` is how an earlier file ended. */
export function Choose({
  state,
  handle,
  take,
  said,
}: Open<UploadState> & { readonly said: { readonly title: string; readonly text: string } | undefined }) {
  const words = wordsIn(state.language).upload;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState<number>();
  const [sending, setSending] = useState<Sending>();
  const [refusal, setRefusal] = useState<string | undefined>(state.refused?.words);

  const unfit = async (file: File): Promise<string | undefined> => {
    if (file.size === 0) return words.choose.empty;
    if (file.size > state.limit)
      return fill(words.choose.tooLarge, { size: size(file.size), limit: size(state.limit) });
    if (!(await looksLikePdf(file))) return fill(words.choose.notPdf, { name: file.name });
    return undefined;
  };
  const give = async (file: File | undefined) => {
    if (!file || sending) return;
    const reason = await unfit(file);
    setRefusal(reason);
    if (reason !== undefined) return;
    setSent(0);
    const running = send(file, handle, setSent);
    setSending(running);
    const answer = await running.done;
    setSending(undefined);
    setSent(undefined);
    if (answer === 'stopped') return;
    if (isRefused(answer)) setRefusal(answer.words);
    else {
      setRefusal(answer.refused?.words);
      take(answer);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void give(event.dataTransfer.files[0]);
  };

  return (
    <section className="panel">
      <Heading>{said?.title ?? words.choose.title}</Heading>
      <p>{said?.text ?? words.choose.text}</p>
      <div role="alert">
        {refusal !== undefined && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{words.choose.refused}</MessageBarTitle>
              {refusal}
            </MessageBarBody>
          </MessageBar>
        )}
      </div>
      {sending ? (
        <div className="progress" aria-live="polite">
          <p>
            {sent !== undefined && sent < 1
              ? fill(words.work.sending, { percent: Math.round(sent * 20) * 5 })
              : words.work.scrubbing}
          </p>
          <ProgressBar
            thickness="large"
            aria-label={words.choose.title}
            {...(sent !== undefined && sent < 1 ? { value: sent } : {})}
          />
          {sent !== undefined && sent < 1 && (
            <div>
              <Button onClick={sending.stop}>{words.work.cancel}</Button>
            </div>
          )}
        </div>
      ) : (
        // Dropping is a second way: the button inside does the same.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <fieldset
          aria-label={words.choose.title}
          className={over ? 'drop over' : 'drop'}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <p>{words.choose.drop}</p>
          <Button appearance="primary" size="large" onClick={() => input.current?.click()}>
            {refusal === undefined && !said ? words.choose.button : words.choose.again}
          </Button>
          <p className="quiet">{fill(words.choose.limit, { limit: size(state.limit) })}</p>
          <input
            ref={input}
            type="file"
            accept="application/pdf,.pdf"
            aria-label={words.choose.button}
            hidden
            onChange={(event) => {
              void give(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </fieldset>
      )}
    </section>
  );
}
