import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ErrorTextProvider } from '../ui/error-panel.tsx';
import { errorText } from './error-text.ts';
import { pageNonce } from './nonce.ts';
import { cssVariables, theme } from './theme.ts';

const colorScheme = localStorageColorSchemeManager({ key: 'tidemark.theme' });

function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The engine is on this machine: there is no network to wait for, and trying again changes nothing.
      queries: {
        networkMode: 'always',
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

export function Providers({ children }: { readonly children: ReactNode }) {
  const [client] = useState(createClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      getStyleNonce={pageNonce}
    >
      <QueryClientProvider client={client}>
        <ErrorTextProvider value={errorText}>{children}</ErrorTextProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
