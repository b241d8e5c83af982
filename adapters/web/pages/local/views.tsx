import { Button } from '@fluentui/react-components';
import { words } from './words.ts';

/** A person's chat, or their own page beside it: what Teams shows as two tabs of the app. */
export function Views({ current, go }: { readonly current: 'chat' | 'own'; readonly go: () => void }) {
  return (
    <nav className="views" aria-label={words.views}>
      {(['chat', 'own'] as const).map((view) => (
        <Button
          key={view}
          appearance="subtle"
          size="small"
          {...(view === current ? { 'aria-current': 'page' as const } : { onClick: go })}
        >
          {view === 'chat' ? words.chat : words.ownPage}
        </Button>
      ))}
    </nav>
  );
}
