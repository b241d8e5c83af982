/** An element or an action of an Adaptive Card (schema 1.5), as plain JSON. */
export type Element = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly body: readonly Element[];
  readonly actions?: readonly Element[];
  /** Whose client asks for the card anew when it comes into view, and how ('Up to date cards'). */
  readonly refresh?: { readonly action: Element; readonly userIds: readonly string[] };
  /** What a client shows that cannot show the card. */
  readonly fallbackText: string;
}

/** Something that Teams shows in a message by itself: it is no Adaptive Card. */
export interface Attachment {
  readonly contentType: string;
  readonly contentUrl?: string;
  readonly name: string;
  readonly content: object;
}

/** A card around its elements. */
export function adaptiveCard(title: string, body: readonly Element[], actions: readonly Element[] = []): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    ...(actions.length > 0 ? { actions } : {}),
    fallbackText: title,
  };
}

/** The same card for a dialog, in which clients know no Action.Execute: each becomes its Action.Submit fallback, and none opens a dialog again. */
export function forDialog(card: AdaptiveCard): AdaptiveCard {
  const { actions, ...rest } = submitting(card) as AdaptiveCard;
  const left = (actions ?? []).filter(({ data }) => !opensDialog(data));
  return { ...rest, ...(left.length > 0 ? { actions: left } : {}) };
}

function opensDialog(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'msteams' in data;
}

function submitting(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(submitting);
  if (typeof value !== 'object' || value === null) return value;
  const { type, fallback, style } = value as {
    readonly type?: unknown;
    readonly fallback?: object;
    readonly style?: unknown;
  };
  if (type === 'Action.Execute' && fallback) return { ...fallback, ...(style === undefined ? {} : { style }) };
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'data' ? part : submitting(part)]),
  );
}

/** The size of something as it goes over the wire, in bytes of JSON. */
export function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/**
 * The largest card that is sent, in bytes: Teams refuses messages above about 28 kB ('Format your bot messages'), and the envelope
 * around the card needs its part.
 */
export const largest = 24_000;
