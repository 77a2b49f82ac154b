import { Button } from '@mantine/core';
import { errorOf } from '../../../bridge/client.ts';
import { useCommand } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Facts } from '../../../ui/surface.tsx';
import { sharingText as text } from './text.ts';

/** The fingerprint that other forces are told by another way than a bundle; asked for, because asking is in the audit log. */
export function Fingerprint() {
  const key = useCommand('releases.key');
  if (key.isError) return <ErrorPanel error={errorOf(key.error)} />;
  if (key.data === undefined) {
    return (
      <div>
        <Button variant="default" loading={key.isPending} onClick={() => key.mutate({})}>
          {text.showFingerprint}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Facts facts={[{ term: text.fingerprint, value: <code>{key.data.fingerprint}</code> }]} />
      <p style={{ margin: 0 }}>{text.fingerprintNote}</p>
    </>
  );
}
