import { Dialog, type DialogProps, DialogSurface } from '@fluentui/react-components';
import { type ReactElement, useEffect, useState } from 'react';

/** A dialog over the page, open for as long as it is there. The focus then goes back to where it came from, if that is there still and has not gone on. */
export function Modal({
  alert = false,
  narrow = false,
  close,
  children,
}: {
  /** It asks something, and is closed by an answer alone. */
  readonly alert?: boolean;
  readonly narrow?: boolean;
  readonly close: NonNullable<DialogProps['onOpenChange']>;
  readonly children: ReactElement;
}) {
  const [opener] = useState(() => document.activeElement);
  // The library hides the page from who hears it, and forgets to show it again where its keeper of focus ends with the dialog
  // (microsoft/tabster issue 530).
  useEffect(
    () => () => {
      if (!document.querySelector('[role="dialog"], [role="alertdialog"]'))
        document.getElementById('root')?.removeAttribute('aria-hidden');
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
  return (
    <Dialog open {...(alert ? { modalType: 'alert' } : {})} onOpenChange={close}>
      <DialogSurface {...(narrow ? { className: 'narrow' } : {})}>{children}</DialogSurface>
    </Dialog>
  );
}
