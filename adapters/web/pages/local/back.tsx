import { Button, CounterBadge } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons';
import { plural } from '../shared/words.ts';
import { language, words } from './words.ts';

/** On a narrow screen the way back to the list, and how much is new there: the list itself cannot be seen then. */
export function Back({
  label,
  elsewhere,
  onClick,
}: {
  readonly label: string;
  readonly elsewhere: number;
  readonly onClick: () => void;
}) {
  return (
    <div className="back">
      <Button appearance="subtle" icon={<ArrowLeftRegular />} aria-label={label} onClick={onClick} />
      {elsewhere > 0 && (
        <>
          <CounterBadge count={elsewhere} size="small" aria-hidden="true" />
          <span className="hidden">{plural(words.counts, 'elsewhere', elsewhere, language)}</span>
        </>
      )}
    </div>
  );
}
