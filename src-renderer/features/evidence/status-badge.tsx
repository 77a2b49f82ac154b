import type { ReviewStatus } from '#shared/domain/review.ts';
import { Badge } from '../../ui/surface.tsx';
import { text } from './text.ts';

export function StatusBadge({ status }: { readonly status: ReviewStatus }) {
  return <Badge tone={status === 'registered' ? 'good' : 'plain'}>{text.statuses[status]}</Badge>;
}
