import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { errorOf } from '../bridge/client.ts';
import { ErrorPanel } from './error-panel.tsx';

type Props<Data> = {
  readonly query: UseQueryResult<Data>;
  readonly heightPx?: number;
  readonly children: (data: Data) => ReactNode;
};

/** Waits for an answer, shows why there is none, then shows it. */
export function QueryGate<Data>({ query, heightPx = 240, children }: Props<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ErrorPanel error={errorOf(query.error)} retry={() => void query.refetch()} />;
  return (
    <Stack gap={12} role="status" aria-busy="true" aria-label="Loading">
      <Skeleton height={24} width="40%" animate={false} />
      <Skeleton height={heightPx} animate={false} />
    </Stack>
  );
}
