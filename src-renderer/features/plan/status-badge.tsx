import type { ActionStatus } from '#shared/domain/action-plan.ts';
import { Badge } from '../../ui/surface.tsx';
import { text } from './text.ts';

const tones = { proposed: 'plain', agreed: 'tide', 'under way': 'tide', done: 'good', stopped: 'plain' } as const;

export function StatusBadge({ status }: { readonly status: ActionStatus }) {
  return <Badge tone={tones[status]}>{text.statuses[status]}</Badge>;
}
