import type { ReactNode } from 'react';
import { TidemarkLogo } from '../../ui/icons.tsx';
import classes from './lock.module.css';
import { text } from './text.ts';

/** What stands beside every form of the lock screen. */
export function LockFrame({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }) {
  return (
    <div className={classes.layout}>
      <aside className={classes.brand} aria-label="Tidemark">
        <svg
          className={classes.waves}
          viewBox="0 0 400 300"
          preserveAspectRatio="none"
          aria-hidden="true"
          focusable="false"
        >
          <path d="M0 60h400" stroke="#7fc4c8" strokeWidth="1.5" strokeDasharray="5 7" opacity="0.55" />
          <path d="M0 130c60-26 110-26 170 0s120 26 230-6v176H0z" fill="#0f6670" opacity="0.55" />
          <path d="M0 176c70-24 120-20 190 2s130 18 210-10v132H0z" fill="#157a84" opacity="0.5" />
          <path d="M0 226c80-20 140-14 210 4s120 12 190-10v80H0z" fill="#1f8d96" opacity="0.45" />
        </svg>
        <div className={classes.brandTop}>
          <TidemarkLogo size={30} />
          Tidemark
        </div>
        <div>
          <p className={classes.motto}>{text.motto}</p>
          <p className={classes.promise}>{text.promise}</p>
        </div>
      </aside>
      <main className={classes.side}>
        <div className={`${classes.card} ${wide ? classes.wide : ''}`}>{children}</div>
      </main>
    </div>
  );
}

export function LockTitle({ title, lead }: { readonly title: string; readonly lead?: string }) {
  return (
    <div>
      <h1 className={classes.title}>{title}</h1>
      {lead ? <p className={classes.lead}>{lead}</p> : null}
    </div>
  );
}
