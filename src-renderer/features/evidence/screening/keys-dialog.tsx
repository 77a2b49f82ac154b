import { Modal } from '@mantine/core';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import classes from './screening.module.css';
import { screeningText as text } from './text.ts';

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={text.keysTitle} closeButtonProps={{ 'aria-label': 'Close' }}>
      <dl className={classes.keys}>
        {text.keyList.map(({ key, does }) => (
          <KeyLine key={key} name={key} does={does} />
        ))}
      </dl>
    </Modal>
  );
}

function KeyLine({ name, does }: { readonly name: string; readonly does: string }) {
  return (
    <>
      <dt>
        <kbd className={classes.key}>{name}</kbd>
      </dt>
      <dd>{does}</dd>
    </>
  );
}
