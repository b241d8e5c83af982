/** What the app offers under 'Shortcuts' and in the menu of a message; the manifest names them. */
export interface Shortcut {
  /** The callback id. */
  readonly id: 'ask' | 'request' | 'message';
  readonly type: 'global' | 'message';
  /** The press that it stands for. */
  readonly press: { readonly action: string; readonly ref?: string };
}

export const shortcuts: readonly Shortcut[] = [
  { id: 'ask', type: 'global', press: { action: 'support.ask', ref: 'other' } },
  { id: 'request', type: 'global', press: { action: 'help.request' } },
  { id: 'message', type: 'message', press: { action: 'support.ask', ref: 'other' } },
];
