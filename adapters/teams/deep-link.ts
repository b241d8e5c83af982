import type { Answer } from '../../bot/interaction.ts';
import type { Button, Card } from '../../bot/view.ts';

/** As the app's manifest names the personal tab. */
const tabEntity = 'page';

/** An answer whose links to the person's own page open the tab in Teams, of the app of this id; in the local mode ('') the browser. */
export function inTeams(answer: Answer, app: string): Answer {
  if (app === '' || !answer.cards) return answer;
  return { ...answer, cards: answer.cards.map((card) => withTab(card, app)) };
}

function withTab(card: Card, app: string): Card {
  const { buttons } = card;
  if (!buttons?.some((button) => 'opens' in button)) return card;
  return { ...card, buttons: buttons.map((button) => tabButton(button, app)) };
}

/**
 * The address of the tab as Teams takes it from a card ('Deep link to a tab'). The link's token travels as the page within the tab, which Teams puts into the tab's address; a client
 * that shows no tabs opens the address itself.
 */
function tabButton(button: Button, app: string): Button {
  if (!('opens' in button)) return button;
  const token = new URL(button.url).pathname.split('/').at(-1) ?? '';
  const query = Object.entries({
    webUrl: button.url,
    label: button.label,
    context: JSON.stringify({ subEntityId: token }),
  })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return { ...button, url: `https://teams.microsoft.com/l/entity/${app}/${tabEntity}?${query}` };
}
