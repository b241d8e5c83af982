/**
 * What people see, as plain data: cards and forms. Every platform renders every view; a conversation never knows which
 * platform it is on. All texts are plain (no markup), already in the reader's language. No meaning is in colour alone:
 * a tone comes with words that say the same.
 */
export type Tone = 'plain' | 'good' | 'waiting' | 'warning';

export interface Card {
  /** The language of its texts (BCP 47), for the few words that a platform adds of its own. */
  readonly language?: string;
  readonly title: string;
  readonly tone?: Tone;
  readonly body: readonly Block[];
  readonly buttons?: readonly Button[];
  /** The press that gives this card as it stands now, for a card that many look at: its reader may have it in their own language. */
  readonly again?: Pick<ActButton, 'action' | 'ref'>;
}

export type Block =
  /** The heading of a part: what follows it, up to the next one, belongs to it. `count` is how many things there are in it, shown or not. */
  | { readonly kind: 'heading'; readonly text: string; readonly count?: number }
  /** A paragraph; line breaks count. */
  | { readonly kind: 'text'; readonly text: string }
  /** A quieter paragraph: a hint, a source, a date. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  /** A way with its steps; where one stands is in the words of the label too. */
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  /** Things one under the other, each with its own buttons. */
  | { readonly kind: 'list'; readonly items: readonly Item[] };

export interface Step {
  readonly label: string;
  readonly state: 'done' | 'now' | 'waiting' | 'later' | 'stopped';
  readonly detail?: string;
}

export interface Item {
  readonly title: string;
  readonly detail?: string;
  readonly buttons?: readonly Button[];
}

/** A press comes back as the action with its opaque reference (an entity's id); a link opens a page. */
export type Button = ActButton | LinkButton;

export interface ActButton {
  readonly label: string;
  readonly action: string;
  readonly ref?: string;
  readonly style?: 'primary' | 'danger';
  /** A question that the platform asks before the press counts. */
  readonly confirm?: string;
}

export interface LinkButton {
  readonly label: string;
  readonly url: string;
  readonly style?: 'primary';
  /** The person's own page: a platform that has a place for it opens it there. */
  readonly opens?: 'tab';
}

export interface Form {
  /** The name that a submission comes back under. */
  readonly form: string;
  readonly ref?: string;
  /** As a card's. */
  readonly language?: string;
  readonly title: string;
  readonly intro?: string;
  readonly fields: readonly Field[];
  readonly submit: string;
  /** Gives the same form again: for platforms or moments in which a form cannot be opened at once. */
  readonly open: ActButton;
  /** Gives up, for platforms on which the form stands in the place of a card: shows that again. */
  readonly back?: ActButton;
}

interface FieldBase {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export type Field = FieldBase &
  (
    | {
        readonly kind: 'line' | 'text' | 'email' | 'url';
        readonly value?: string;
        readonly max?: number;
        readonly placeholder?: string;
      }
    | { readonly kind: 'date'; readonly value?: string }
    /** A local date and time in the person's zone (`zone`, IANA, to be shown), 'YYYY-MM-DDTHH:mm'. */
    | { readonly kind: 'datetime'; readonly value?: string; readonly zone?: string }
    | { readonly kind: 'choice'; readonly options: readonly Option[]; readonly value?: string }
    | { readonly kind: 'choices'; readonly options: readonly Option[]; readonly value?: readonly string[] }
    /** Typeahead over a long list: `bot.suggest(source, words)`. The chosen options come along so that they can be shown. */
    | {
        readonly kind: 'search';
        readonly source: Source;
        readonly several?: boolean;
        readonly value?: readonly Option[];
      }
    /** A box to tick; ticked by nobody but the person. */
    | { readonly kind: 'check' }
  );

export type Source = 'hcp' | 'expert' | 'group' | 'case';

/** What a form gives: by field name, text, the values of `choices` and `search` as lists, of `check` as truth. */
export type Values = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

const marks: Record<Step['state'], string> = { done: '✓', now: '→', waiting: '…', later: '·', stopped: '✗' };

/** The sign that stands before a step: the same on every platform. */
export function stepMark(state: Step['state']): string {
  return marks[state];
}

/** A card as plain text: for notifications, screen readers, e-mail. Buttons are left out, links are written out. */
export function plainText(card: Card): string {
  const lines = [card.title, ...card.body.map(blockText)];
  for (const button of card.buttons ?? []) if ('url' in button) lines.push(`${button.label}: ${button.url}`);
  return lines.filter((line) => line !== '').join('\n\n');
}

/** A heading in one line: 'Your cases (3)'. */
export function headingText({ text, count }: { readonly text: string; readonly count?: number }): string {
  return count === undefined ? text : `${text} (${count})`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return headingText(block);
    case 'text':
    case 'note':
      return block.text;
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n');
    case 'steps':
      return block.steps
        .map((step) => `${stepMark(step.state)} ${step.label}${step.detail ? ` (${step.detail})` : ''}`)
        .join('\n');
    case 'list':
      return block.items
        .map((item) => `• ${item.title}${item.detail ? `\n  ${item.detail.replaceAll('\n', '\n  ')}` : ''}`)
        .join('\n');
  }
}
