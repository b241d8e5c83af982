import type { UploadState } from '../../../../bot/pages/pages.ts';
import type { Open } from '../link/gate.tsx';
import { wordsIn } from '../shared/words.ts';
import { Question } from './question.tsx';

/** Throws the file away, after a question. */
export function Reject({ state, handle, take, label }: Open<UploadState> & { readonly label: string }) {
  const { link, upload } = wordsIn(state.language);
  const { rejectSure: sure, rejectText: text, rejectYes: yes } = upload.attest;
  return (
    <Question
      handle={handle}
      take={take}
      path="/u/api/reject"
      words={{ button: label, sure, text, yes, no: link.cancel }}
    />
  );
}
