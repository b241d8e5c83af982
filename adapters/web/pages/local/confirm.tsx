import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
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
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => !open && no()}>
      <DialogSurface className="narrow">
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
      </DialogSurface>
    </Dialog>
  );
}
