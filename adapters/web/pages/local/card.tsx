import { Badge, Button, Link } from '@fluentui/react-components';
import { Fragment } from 'react';
import { type ActButton, type Block, type Card, stepMark, type Button as ViewButton } from '../../../../bot/view.ts';
import { words } from './words.ts';
import './card.css';

interface Pressing {
  readonly disabled: boolean;
  readonly press: (button: ActButton) => void;
}

/** The neutral card as HTML: its tone as a coloured edge and in words, its blocks by their headings, its buttons, which stand at the top of a page. */
export function CardView({
  card,
  disabled,
  buttonsFirst = false,
  press,
}: Pressing & { readonly card: Card; readonly buttonsFirst?: boolean }) {
  const tone = card.tone ?? 'plain';
  const buttons = <Buttons buttons={card.buttons} disabled={disabled} press={press} />;
  return (
    <div className={`card tone-${tone}`}>
      <div className="card-title">
        <h2>{card.title}</h2>
        {tone !== 'plain' && (
          <Badge appearance="tint" color={tone === 'good' ? 'success' : tone === 'warning' ? 'warning' : 'informative'}>
            {words.tone[tone]}
          </Badge>
        )}
      </div>
      {buttonsFirst && buttons}
      {parts(card.body).map(({ heading, blocks }, part) => {
        const shown = blocks.map((block, index) => (
          // The blocks of a card have no ids of their own and do not move.
          // oxlint-disable-next-line react/no-array-index-key
          <BlockView key={`${block.kind}-${index}`} block={block} disabled={disabled} press={press} />
        ));
        if (!heading) return <Fragment key="above">{shown}</Fragment>;
        return (
          // oxlint-disable-next-line react/no-array-index-key
          <section key={`${heading.text}-${part}`} className="part" aria-label={heading.text}>
            <h3>
              {heading.text}
              {heading.count !== undefined && (
                <Badge appearance="tint" color="informative" className="count">
                  {heading.count}
                </Badge>
              )}
            </h3>
            {shown}
          </section>
        );
      })}
      {!buttonsFirst && buttons}
    </div>
  );
}

type Heading = Extract<Block, { readonly kind: 'heading' }>;
type Below = Exclude<Block, Heading>;

/** A body by its headings: what stands above the first one has none. */
function parts(body: readonly Block[]): readonly { readonly heading?: Heading; readonly blocks: readonly Below[] }[] {
  const found: { readonly heading?: Heading; readonly blocks: Below[] }[] = [{ blocks: [] }];
  for (const block of body)
    if (block.kind === 'heading') found.push({ heading: block, blocks: [] });
    else found.at(-1)?.blocks.push(block);
  return found;
}

function BlockView({ block, disabled, press }: Pressing & { readonly block: Below }) {
  switch (block.kind) {
    case 'text':
      return <p className="lines">{block.text}</p>;
    case 'note':
      return <p className="lines note">{block.text}</p>;
    case 'facts':
      return (
        <dl className="facts">
          {block.rows.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="lines">{value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'steps':
      return (
        <ol className="bare steps">
          {block.steps.map((step) => (
            <li
              key={step.label}
              className={`step ${step.state}`}
              {...(step.state === 'now' ? { 'aria-current': 'step' as const } : {})}
            >
              <span className="step-mark" aria-hidden="true">
                {stepMark(step.state)}
              </span>
              <span>
                <span className="step-label">{step.label}</span>
                <span className="hidden"> ({words.step[step.state]})</span>
                {step.detail !== undefined && <span className="step-detail">{step.detail}</span>}
              </span>
            </li>
          ))}
        </ol>
      );
    case 'list':
      return (
        <ul className="bare items">
          {block.items.map((item, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`${item.title}-${index}`}>
              <p className="item-title">{item.title}</p>
              {item.detail !== undefined && <p className="lines note">{item.detail}</p>}
              <Buttons buttons={item.buttons} disabled={disabled} press={press} about={item.title} />
            </li>
          ))}
        </ul>
      );
  }
}

/** An address that may stand in a link: of the web or of mail, never a script. */
export function safeAddress(address: string): string | undefined {
  const url = URL.parse(address, location.origin);
  return url && ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
}

function Buttons({
  buttons,
  disabled,
  press,
  about,
}: Pressing & { readonly buttons: readonly ViewButton[] | undefined; readonly about?: string }) {
  if (!buttons || buttons.length === 0) return null;
  return (
    <div className="buttons">
      {buttons.map((button) => {
        const label = about === undefined ? {} : { 'aria-label': `${button.label}: ${about}` };
        if ('url' in button) {
          const href = safeAddress(button.url);
          if (href === undefined) return null;
          const inside = (
            <>
              {button.label}
              <span aria-hidden="true">&nbsp;↗</span>
              <span className="hidden"> ({words.opensPage})</span>
            </>
          );
          const opens = { href, target: '_blank', rel: 'noopener noreferrer', ...label };
          // What a card is for stands out, be it a press or a page.
          return button.style === 'primary' ? (
            <Button key={`${button.label} ${href}`} as="a" appearance="primary" {...opens}>
              {inside}
            </Button>
          ) : (
            <Link key={`${button.label} ${href}`} {...opens}>
              {inside}
            </Link>
          );
        }
        return (
          <Button
            key={`${button.action} ${button.ref ?? ''} ${button.label}`}
            className={button.style === 'danger' ? 'danger' : ''}
            appearance={button.style === 'primary' ? 'primary' : 'secondary'}
            disabledFocusable={disabled}
            onClick={() => press(button)}
            {...label}
          >
            {button.label}
          </Button>
        );
      })}
    </div>
  );
}
