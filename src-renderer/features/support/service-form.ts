import type { InputOf } from '#shared/contract/index.ts';
import type { ServiceOffer } from '#shared/contract/services.ts';
import { formatDate } from '../../ui/format.ts';
import { parseDate } from '../../ui/parse-date.ts';

/** What stands in the form, as typed. */
export type ServiceForm = {
  readonly service: string;
  readonly type: ServiceOffer['type'];
  readonly audience: ServiceOffer['audience'];
  readonly cost: string | number;
  readonly basis: 'contact' | 'month';
  readonly capacity: string | number;
  readonly from: string;
  readonly to: string;
  readonly contact: string;
  readonly reason: string;
};

export function formOf(service: string, offer: ServiceOffer | null): ServiceForm {
  return {
    service,
    type: offer?.type ?? 'other',
    audience: offer?.audience ?? 'workforce',
    cost: offer?.cost?.gbp ?? '',
    basis: offer?.cost?.basis ?? 'contact',
    capacity: offer?.capacityPerMonth ?? '',
    from: offer?.from == null ? '' : formatDate(offer.from),
    to: offer?.to == null ? '' : formatDate(offer.to),
    contact: offer?.contact ?? '',
    reason: '',
  };
}

/** Whether a day is left open or reads as one. */
export function isDay(typed: string): boolean {
  return typed.trim() === '' || parseDate(typed) !== null;
}

const leastReason = 3;

/** What is asked of the engine; null while the form lacks something. */
export function inputOf(form: ServiceForm): InputOf<'services.enter'> | null {
  const { service, type, audience, cost, basis, capacity, from, to, contact, reason } = form;
  if (service.trim() === '' || reason.trim().length < leastReason || !isDay(from) || !isDay(to)) return null;
  return {
    service: service.trim(),
    type,
    audience,
    cost: cost === '' ? null : { gbp: Number(cost), basis },
    capacityPerMonth: capacity === '' ? null : Number(capacity),
    from: parseDate(from),
    to: parseDate(to),
    contact: contact.trim(),
    reason: reason.trim(),
  };
}
