import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import './base.css';
import { App } from './app.tsx';
import { giveNonceToScrollLock } from './nonce.ts';
import { Providers } from './providers.tsx';

giveNonceToScrollLock();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <App />
      </Providers>
    </StrictMode>,
  );
}
