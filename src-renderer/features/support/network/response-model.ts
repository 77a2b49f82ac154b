import type { PeerResponse } from '#shared/domain/peer-network.ts';
import { formatNumber, formatShare } from '../../../ui/format.ts';
import { networkText } from './text.ts';

const text = networkText.response;

export function responseFinding({ withinShare, hours, medianHours }: PeerResponse): string {
  if (withinShare === null) return text.few;
  const half = medianHours === null ? text.medianNone : text.median(formatNumber(medianHours, 0));
  return `${text.finding(formatShare(withinShare.estimate), hours)}${half}`;
}
