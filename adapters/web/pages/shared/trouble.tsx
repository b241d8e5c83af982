import { MessageBar, MessageBarBody } from '@fluentui/react-components';

/** What went wrong, in words: read out at once when it comes. The place for it is there before, which screen readers need; nothing stands in it without words. */
export function Trouble({ words }: { readonly words: string | undefined }) {
  return (
    <div role="alert">
      {words !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{words}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
