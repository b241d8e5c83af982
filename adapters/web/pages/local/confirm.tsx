import { Button, DialogActions, DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components';
import { Modal } from '../shared/modal.tsx';
import { words } from './words.ts';

/** The question before a press counts. */
export function Confirm({
  question,
  label,
  yes,
  no,
}: {
  readonly question: string;
  readonly label: string;
  readonly yes: () => void;
  readonly no: () => void;
}) {
  return (
    <Modal alert narrow close={(_, { open }) => !open && no()}>
      <DialogBody>
        <DialogTitle>{label}</DialogTitle>
        <DialogContent>{question}</DialogContent>
        <DialogActions>
          <Button appearance="primary" onClick={yes}>
            {words.yes}
          </Button>
          <Button onClick={no}>{words.cancel}</Button>
        </DialogActions>
      </DialogBody>
    </Modal>
  );
}
