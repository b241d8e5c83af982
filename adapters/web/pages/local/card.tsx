import { Badge, Button, Link } from '@fluentui/react-components';
import { type ActButton, type Block, type Card, stepMark, type Button as ViewButton } from '../../../../bot/view.ts';
import { words } from './words.ts';
import './card.css';

interface Pressing {
  readonly disabled: boolean;
  readonly press: (button: ActButton) => void;
}

/** The neutral card as HTML: its tone as a coloured edge and in words, its blocks, its buttons. */
export function CardView({ card, disabled, press }: Pressing & { readonly card: Card }) {
  const tone = card.tone ?? 'plain';
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
      {card.body.map((block, index) => (
        // The blocks of a card have no ids of their own and do not move.
        // oxlint-disable-next-line react/no-array-index-key
        <BlockView key={`${block.kind}-${index}`} block={block} disabled={disabled} press={press} />
      ))}
      <Buttons buttons={card.buttons} disabled={disabled} press={press} />
    </div>
  );
}

function BlockView({ block, disabled, press }: Pressing & { readonly block: Block }) {
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
