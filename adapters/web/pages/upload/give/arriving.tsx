import { Button, ProgressBar } from '@fluentui/react-components';
import { fill, size, wordsIn } from '../../shared/words.ts';
import type { Sending } from './sending.ts';

/** How far the file has come, and what can be done about it. */
export function Arriving({
  language,
  sending,
  cancel,
}: {
  readonly language: string;
  readonly sending: Sending;
  readonly cancel: () => void;
}) {
  const words = wordsIn(language).upload.sending;
  const { now, arrived, size: whole } = sending;
  const percent = whole > 0 ? Math.floor((arrived / whole) * 100) : 0;
  const values = { percent, arrived: size(arrived), size: size(whole) };
  const said = now === 'none' ? '' : fill(words[now], values);
  // A screen reader hears every quarter, and at once when something changes.
  const told = now === 'going' ? fill(words.going, { ...values, percent: Math.floor(percent / 25) * 25 }) : said;
  return (
    <div className="progress">
      <p className={now === 'lost' ? 'needed' : ''} aria-hidden="true">
        {said}
      </p>
      <output className="hidden">{told}</output>
      <ProgressBar
        thickness="large"
        aria-label={words.title}
        value={whole > 0 ? arrived / whole : 0}
        color={now === 'lost' ? 'warning' : now === 'sent' ? 'success' : 'brand'}
      />
      <div className="row">
        {(now === 'going' || now === 'lost') && <Button onClick={sending.pause}>{words.pause}</Button>}
        {now === 'paused' && <Button onClick={sending.goOn}>{words.goOn}</Button>}
        <Button appearance="subtle" onClick={cancel}>
          {now === 'sent' ? words.other : words.cancel}
        </Button>
      </div>
    </div>
  );
}
