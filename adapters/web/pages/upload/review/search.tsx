import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { Added } from '../../../../../bot/pages/pages.ts';
import { callJson, isRefused } from '../../link/session.ts';
import { fill, plural, wordsIn } from '../../shared/words.ts';

/** A search for a word in the whole document: all its places are shown on the pages, and removed at once or one by one. */
export function Search({
  handle,
  language,
  hits,
  show,
  isGoing,
  add,
  goToPage,
}: {
  readonly handle: string;
  readonly language: string;
  /** What the last search found and is not removed yet. */
  readonly hits: readonly Added[];
  readonly show: (hits: readonly Added[]) => void;
  /** Whether something that will be removed covers the place already. */
  readonly isGoing: (place: Added) => boolean;
  readonly add: (places: readonly Added[]) => void;
  readonly goToPage: (page: number) => void;
}) {
  const words = wordsIn(language).upload.search;
  const [phrase, setPhrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');

  const search = async (event: FormEvent) => {
    event.preventDefault();
    const asked = phrase.trim();
    if (asked.length < 2 || busy) return;
    setBusy(true);
    const body = { phrase: asked };
    const answer = await callJson<{ readonly places: readonly Added[] }>('/u/api/search', handle, {
      method: 'POST',
      body,
    });
    setBusy(false);
    if (isRefused(answer)) {
      show([]);
      setSaid(answer.words);
      return;
    }
    const going = answer.places.filter(isGoing).length;
    const found = answer.places.filter((place) => !isGoing(place));
    show(found);
    const sentences = [
      answer.places.length === 0 ? words.none : plural(words, 'found', answer.places.length, language),
      going > 0 ? plural(words, 'going', going, language) : undefined,
    ];
    setSaid(sentences.filter((sentence) => sentence !== undefined).join(' '));
  };
  const pages = [...new Set(hits.map(({ page }) => page))];
  return (
    <search>
      <form className="search" onSubmit={(event) => void search(event)}>
        <Field label={words.label} hint={words.hint}>
          <div className="row tight">
            <Input
              type="search"
              className="phrase"
              minLength={2}
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              value={phrase}
              onChange={(_, { value }) => setPhrase(value)}
            />
            <Button type="submit" disabledFocusable={busy}>
              {words.button}
            </Button>
          </div>
        </Field>
        <output>{said}</output>
        {hits.length > 0 && (
          <div className="row tight">
            <Button
              appearance="primary"
              onClick={() => {
                add(hits);
                setSaid(plural(words, 'added', hits.length, language) ?? '');
              }}
            >
              {plural(words, 'remove', hits.length, language)}
            </Button>
            {pages.slice(0, 12).map((page) => (
              <Button key={page} size="small" appearance="subtle" onClick={() => goToPage(page)}>
                {fill(words.page, { page })}
              </Button>
            ))}
          </div>
        )}
      </form>
    </search>
  );
}
