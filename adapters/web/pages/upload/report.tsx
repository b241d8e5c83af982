import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { UploadState } from '../../../../bot/pages.ts';
import { fill, plural, wordsIn } from '../shared/words.ts';

/** What was removed, in words and counts, and what was not searched. It says 'nothing further was detected', and never more than that. */
export function Report({
  file,
  language,
}: {
  readonly file: NonNullable<UploadState['document']>;
  readonly language: string;
}) {
  const { result: words, removed: kinds, notSearched: codes } = wordsIn(language).upload;
  const removed = Object.entries(file.removed)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => {
      const sentence = plural(kinds, kind, count, language) ?? plural(kinds, 'any', count, language) ?? '';
      return { kind, sentence: fill(sentence, { kind }) };
    });
  const sentences: Readonly<Record<string, string>> = codes;
  const notSearched = file.notSearched.map(({ what, pages }) => {
    const sentence = fill(sentences[what] ?? codes.any, { kind: what });
    const on = pages.length === 1 ? words.onPages : words.onPagesMany;
    return { what, text: pages.length > 0 ? `${sentence} (${fill(on, { pages: pages.join(', ') })})` : sentence };
  });
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{words.notSearchedTitle}</MessageBarTitle>
          <ul className="points">
            {notSearched.map(({ what, text }) => (
              <li key={what}>{text}</li>
            ))}
            <li>{words.lookYourself}</li>
          </ul>
        </MessageBarBody>
      </MessageBar>
      <h3>{words.removedTitle}</h3>
      {removed.length === 0 ? (
        <p>{words.nothingRemoved}</p>
      ) : (
        <ul className="points columns">
          {removed.map(({ kind, sentence }) => (
            <li key={kind}>{sentence}</li>
          ))}
        </ul>
      )}
      <p>{words.nothingFurther}</p>
    </>
  );
}
