import { serviceNames } from '#main/store/support-records.ts';
import {
  addSupportService,
  listSupportServices,
  type SupportServiceRecord,
  servicesOnOffer,
} from '#main/store/support-service-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { DirectoryService, ServiceOffer } from '#shared/contract/services.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';

function offerOf(record: SupportServiceRecord | undefined): ServiceOffer | null {
  if (!record || record.type === null || record.audience === null) return null;
  const { costGbp, costBasis, fromDay, toDay } = record;
  return {
    type: record.type,
    audience: record.audience,
    cost: costGbp === null || costBasis === null ? null : { gbp: costGbp, basis: costBasis },
    capacityPerMonth: record.capacityPerMonth,
    from: fromDay === null ? null : isoOfDay(fromDay),
    to: toDay === null ? null : isoOfDay(toDay),
    contact: record.contact ?? '',
  };
}

function directoryOf(records: readonly SupportServiceRecord[], service: string): DirectoryService {
  const own = records.filter((record) => record.service === service);
  return {
    service,
    current: offerOf(own.at(-1)),
    history: own
      .map((record) => ({
        kind: record.kind,
        offer: offerOf(record),
        at: record.at,
        by: record.user,
        reason: record.reason,
      }))
      .reverse(),
  };
}

/** The directory, by name, and what the extracts name beside it. */
export function serviceList({ vault }: VaultContext): Result<OutputOf<'services.list'>> {
  const { connection } = vault.store;
  const records = listSupportServices(connection);
  const named = [...new Set(records.map(({ service }) => service))].sort();
  const onOffer = servicesOnOffer(connection);
  return ok({
    services: named.map((service) => directoryOf(records, service)),
    unlisted: serviceNames(connection).filter((service) => !onOffer.has(service)),
  });
}

/** Enters a service, or corrects what is in the directory. */
export function enterService(
  context: VaultContext,
  input: InputOf<'services.enter'>,
): Promise<Result<DirectoryService>> {
  const { service, type, audience, cost, capacityPerMonth, from, to, contact, reason } = input;
  const { vault } = context;
  return vault.writeGate.run(() => {
    vault.store.commit(
      (entry: number) => ({ ...doneEvent(context, 'service.enter', service, { entry, type }), reason }),
      (transaction) =>
        addSupportService(transaction, {
          ...{ service, kind: 'entered', type, audience, capacityPerMonth, contact },
          ...{ costGbp: cost?.gbp ?? null, costBasis: cost?.basis ?? null },
          ...{ fromDay: dayOrNull(from), toDay: dayOrNull(to) },
          ...{ at: isoTime(context), user: vault.user, reason },
        }),
    );
    return ok(directoryOf(listSupportServices(vault.store.connection), service));
  });
}

function dayOrNull(iso: string | null): number | null {
  return iso === null ? null : dayOfIso(iso);
}

/** Takes a service out of the directory. */
export function withdrawService(
  context: VaultContext,
  { service, reason }: InputOf<'services.withdraw'>,
): Promise<Result<DirectoryService>> {
  const { vault } = context;
  return vault.writeGate.run(() => {
    if (!servicesOnOffer(vault.store.connection).has(service)) {
      return fail(
        'NOT_FOUND',
        'There is no such service in the directory.',
        'Nothing was changed. Choose one from the list.',
      );
    }
    const nothing = { type: null, audience: null, costGbp: null, costBasis: null, capacityPerMonth: null };
    vault.store.commit({ ...doneEvent(context, 'service.withdraw', service), reason }, (transaction) =>
      addSupportService(transaction, {
        ...{ service, kind: 'withdrawn', ...nothing, fromDay: null, toDay: null, contact: null },
        ...{ at: isoTime(context), user: vault.user, reason },
      }),
    );
    return ok(directoryOf(listSupportServices(vault.store.connection), service));
  });
}
