import { Button } from '@mantine/core';
import { createContext, type ReactNode, useContext } from 'react';
import type { AppError, ErrorCode } from '#shared/domain/result.ts';
import { Notice } from './surface.tsx';

export type ErrorText = { readonly title: string; readonly hint: string };

/** Words for a code; the app gives the catalogue. */
const ErrorTexts = createContext<(code: ErrorCode) => ErrorText>(() => ({ title: '', hint: '' }));
export const ErrorTextProvider = ErrorTexts.Provider;

type Props = {
  readonly error: AppError;
  readonly retry?: () => void;
  readonly children?: ReactNode;
};

/** What happened, what was kept, what to do. */
export function ErrorPanel({ error, retry, children }: Props) {
  const text = useContext(ErrorTexts)(error.code);
  return (
    <Notice tone="bad" title={text.title} announce>
      <p>{error.message}</p>
      <p>{error.hint === '' ? text.hint : error.hint}</p>
      {children}
      {retry ? (
        <Button variant="default" size="xs" mt="xs" onClick={retry}>
          Try again
        </Button>
      ) : null}
    </Notice>
  );
}
