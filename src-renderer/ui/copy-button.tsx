import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { copyText } from './clipboard.ts';
import { Icon, type IconName } from './icons.tsx';

type Props = {
  readonly label: string;
  /** Made when asked for. Given a promise, it does the copying itself. */
  readonly text: () => string | Promise<boolean>;
  readonly icon?: IconName;
  readonly size?: 'compact-xs' | 'compact-sm' | 'xs' | 'sm';
};

type Outcome = 'idle' | 'copied' | 'failed';

/** Copies, and says that it has. */
export function CopyButton({ label, text, icon = 'copy', size = 'compact-sm' }: Props) {
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const value = text();
    const copied = typeof value === 'string' ? copyText(value) : await value;
    setOutcome(copied ? 'copied' : 'failed');
  };
  const words = { idle: label, copied: 'Copied', failed: 'Could not copy' }[outcome];
  return (
    <Button
      variant="subtle"
      color={outcome === 'failed' ? 'red' : 'tide'}
      size={size}
      leftSection={<Icon name={outcome === 'copied' ? 'check' : icon} size={15} />}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{words}</span>
    </Button>
  );
}
