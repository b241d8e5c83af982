import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { UploadState } from '../../../../../bot/pages/pages.ts';
import type { Open } from '../../link/gate.tsx';
import { Heading } from '../../link/heading.tsx';
import { callJson, isRefused, type Refused } from '../../link/session.ts';
import { fill, size, wordsIn } from '../../shared/words.ts';
import { useLeaveWarning } from '../news.ts';
import { isArchive, mayBeDicom, unfit } from './accepts.ts';
import { Arriving } from './arriving.tsx';
import { DicomFields } from './dicom-fields.tsx';
import { Drop } from './drop.tsx';
import { isBirthDate, knownOf, nothingTyped, overfull } from './known.ts';
import { KnownFields } from './known-fields.tsx';
import { type Chosen, namesIn, parcelOf, wanted as wantedOf } from './parcel.ts';
import { forget } from './resume.ts';
import { useSending } from './sending.ts';

/** The first step: a file, or several as one, is given and sent, and the person may say what they know of the patient. `said` is how an earlier file ended; `named` hears what the files of a bundle are called. */
export function Give({
  state,
  handle,
  take,
  said,
  named,
}: Open<UploadState> & {
  readonly named: (names: readonly string[]) => void;
  readonly said: { readonly title: string; readonly text: string } | undefined;
}) {
  const words = wordsIn(state.language).upload;
  const [refusal, setRefusal] = useState<string | undefined>(state.refused?.words);
  const [typed, setTyped] = useState(nothingTyped);
  const [dicom, setDicom] = useState(state.dicomOptions);
  const [dateError, setDateError] = useState(false);
  /** The person wants the search: it begins as soon as the file is here. */
  const [wanted, setWanted] = useState(false);
  const dateInput = useRef<HTMLInputElement>(null);
  const failed = useCallback(
    (why: Refused | 'unreadable') => {
      setWanted(false);
      setRefusal(why === 'unreadable' ? words.choose.unreadable : why.words);
    },
    [words],
  );
  const sending = useSending({ state, handle, take }, failed);
  useLeaveWarning(sending.now !== 'none');
  const { refused, incoming } = state;
  useEffect(() => {
    if (!refused) return;
    setRefusal(refused.words);
    if (!incoming) sending.cancel();
    // Only a new refusal counts.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [refused?.words]);

  const give = (chosen: readonly Chosen[]) => {
    if (sending.now !== 'none') return;
    const files = wantedOf(chosen);
    const [first] = files;
    if (!first) return setRefusal(words.choose.nothing);
    if (files.length > 1) {
      const parcel = parcelOf(files.map(({ file }) => file));
      const values = { size: size(parcel.size), limit: size(state.bundleLimit) };
      if (parcel.size > state.bundleLimit) return setRefusal(fill(words.choose.tooMuch, values));
      setRefusal(undefined);
      named(files.map(({ path }) => path));
      return sending.give(parcel);
    }
    const { file } = first;
    const limit = isArchive(file) ? state.bundleLimit : mayBeDicom(file) ? state.dicomLimit : state.limit;
    const why = unfit(file, limit);
    const values = { name: file.name, size: size(file.size), limit: size(limit) };
    setRefusal(why && fill(words.choose[why], values));
    if (why) return undefined;
    named([]);
    if (isArchive(file))
      void namesIn(file).then(
        (names) => names && named(names),
        () => undefined,
      );
    return sending.give(file);
  };
  const search = () => {
    const today = new Date().toISOString().slice(0, 10);
    const wrong = dateInput.current?.validity.badInput === true || !isBirthDate(typed.birthDate, today);
    setDateError(wrong);
    if (wrong) dateInput.current?.focus();
    else if (overfull(typed).length === 0) setWanted(true);
  };
  const arrived = sending.now === 'sent';
  useEffect(() => {
    if (!wanted || !arrived) return;
    const body = { known: knownOf(typed), dicomOptions: dicom };
    void callJson<UploadState>('/u/api/analyse', handle, { method: 'POST', body }).then((answer) => {
      setWanted(false);
      if (!isRefused(answer)) {
        setTyped(nothingTyped);
        forget(handle);
      }
      take(answer);
    });
    // The fields stand still while the answer is waited for.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted, arrived]);
  const cancel = async () => {
    setWanted(false);
    sending.cancel();
    const answer = await callJson<UploadState>('/u/api/stop', handle, { method: 'POST' });
    if (!isRefused(answer)) take(answer);
  };

  const begun = state.incoming && state.incoming.offset > 0 && sending.now === 'none' ? state.incoming : undefined;
  const going = sending.now === 'sent' ? words.sending.here : words.sending.title;
  const title = sending.now === 'none' ? (said?.title ?? words.choose.title) : going;
  const percent = begun ? Math.floor((begun.offset / begun.size) * 100) : 0;
  return (
    <section className="panel">
      <Heading>{title}</Heading>
      {sending.now === 'none' && <p>{said?.text ?? words.choose.text}</p>}
      <div role="alert">
        {refusal !== undefined && sending.now === 'none' && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{words.choose.refused}</MessageBarTitle>
              {refusal}
            </MessageBarBody>
          </MessageBar>
        )}
      </div>
      {sending.now === 'none' ? (
        <>
          {begun && (
            <MessageBar intent="info" layout="multiline">
              <MessageBarBody>{fill(words.sending.resume, { percent, size: size(begun.size) })}</MessageBarBody>
            </MessageBar>
          )}
          <Drop
            language={state.language}
            limit={state.limit}
            bundleLimit={state.bundleLimit}
            again={refusal !== undefined || said !== undefined}
            give={give}
          />
          <p className="quiet">{fill(words.choose.privacy, { minutes: state.idleMinutes })}</p>
        </>
      ) : (
        <>
          <Arriving language={state.language} sending={sending} cancel={() => void cancel()} />
          <KnownFields
            language={state.language}
            typed={typed}
            change={setTyped}
            dateError={dateError}
            tooMuch={overfull(typed)}
            dateInput={dateInput}
          />
          <DicomFields language={state.language} chosen={dicom} change={setDicom} />
          <div className="row">
            <Button appearance="primary" size="large" disabledFocusable={wanted} onClick={search}>
              {words.sending.search}
            </Button>
            <output className="quiet">{wanted && !arrived ? words.sending.waits : ''}</output>
          </div>
        </>
      )}
    </section>
  );
}
