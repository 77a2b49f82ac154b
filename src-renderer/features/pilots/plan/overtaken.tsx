import { Button, Group } from '@mantine/core';
import type { PilotView } from '#shared/contract/pilots.ts';
import { formatInstant } from '../../../ui/format.ts';
import { Notice } from '../../../ui/surface.tsx';
import { planText as text } from './text.ts';

type Props = {
  readonly view: PilotView;
  /** Keeps the changes as the next version, whatever the newest says. */
  readonly onOver: () => void;
  readonly onDiscard: () => void;
};

/** That somebody saved another version while this one was being changed: nobody writes over another unknowingly. */
export function Overtaken({ view: { version, savedBy, savedAt }, onOver, onDiscard }: Props) {
  return (
    <Notice tone="warn" title={text.overtakenTitle} announce>
      <p>{text.overtaken(version, savedBy, formatInstant(savedAt))}</p>
      <Group gap="xs" mt={8}>
        <Button variant="default" size="compact-sm" onClick={onDiscard}>
          {text.takeNewest}
        </Button>
        <Button variant="default" size="compact-sm" onClick={onOver}>
          {text.keepMine}
        </Button>
      </Group>
    </Notice>
  );
}
