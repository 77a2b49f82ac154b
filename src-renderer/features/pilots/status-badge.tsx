import type { PilotStatus } from '#shared/domain/pilot.ts';
import { Badge } from '../../ui/surface.tsx';
import { text } from './text.ts';

const tones = { idea: 'plain', planned: 'warn', locked: 'tide', finished: 'good', dropped: 'plain' } as const;

export function StatusBadge({ status }: { readonly status: PilotStatus }) {
  return <Badge tone={tones[status]}>{text.statuses[status]}</Badge>;
}
