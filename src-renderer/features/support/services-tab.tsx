import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DirectoryService } from '#shared/contract/services.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { EmptyState, Notice, Panel, Stack } from '../../ui/surface.tsx';
import { EnterServiceDialog, WithdrawServiceDialog } from './service-dialogs.tsx';
import { HistoryTable, OfferTable } from './service-tables.tsx';
import { serviceText as text } from './service-text.ts';

/** The directory of what the force offers. */
export function ServicesTab() {
  const services = useOperation('services.list', {});
  return (
    <QueryGate query={services}>{(held) => <Directory services={held.services} unlisted={held.unlisted} />}</QueryGate>
  );
}

type Open = { readonly dialog: 'enter' | 'withdraw'; readonly service: DirectoryService | null };
type Props = { readonly services: readonly DirectoryService[]; readonly unlisted: readonly string[] };

function Directory({ services, unlisted }: Props) {
  const isAnalyst = hasRole(useSession(), 'analyst');
  const [open, setOpen] = useState<Open | null>(null);
  const onOffer = services.filter(({ current }) => current !== null);
  const enter = <Button onClick={() => setOpen({ dialog: 'enter', service: null })}>{text.enter}</Button>;
  const close = () => setOpen(null);
  return (
    <Stack>
      {unlisted.length === 0 ? null : (
        <Notice tone="warn" title={text.unlistedTitle}>
          <p>{text.unlisted(unlisted)}</p>
        </Notice>
      )}
      <Panel title={text.title} note={text.lead} actions={isAnalyst && onOffer.length > 0 ? enter : null}>
        {onOffer.length === 0 ? (
          <EmptyState
            icon="support"
            title={text.emptyTitle}
            text={isAnalyst ? text.emptyText : text.emptyOthers}
            action={isAnalyst ? enter : undefined}
          />
        ) : (
          <OfferTable
            services={onOffer}
            onCorrect={isAnalyst ? (service) => setOpen({ dialog: 'enter', service }) : null}
            onWithdraw={isAnalyst ? (service) => setOpen({ dialog: 'withdraw', service }) : null}
          />
        )}
      </Panel>
      {services.length === 0 ? null : (
        <Panel title={text.history}>
          <HistoryTable services={services} />
        </Panel>
      )}
      {open?.dialog === 'enter' ? <EnterServiceDialog service={open.service} names={unlisted} onClose={close} /> : null}
      {open?.dialog === 'withdraw' && open.service ? (
        <WithdrawServiceDialog service={open.service.service} onClose={close} />
      ) : null}
    </Stack>
  );
}
