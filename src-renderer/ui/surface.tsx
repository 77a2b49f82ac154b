import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon, type IconName } from './icons.tsx';
import classes from './surface.module.css';

type PageProps = {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** A place. Its heading takes the focus when the place is entered, and names the window. */
export function Page({ title, lead, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Tidemark`;
    heading.current?.focus({ preventScroll: true });
    // A place begins at its top, however far down the one before was read.
    heading.current?.closest('main')?.scrollTo({ top: 0 });
  }, [title]);
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div>
          <h1 ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </h1>
          {lead ? <p className={classes.lead}>{lead}</p> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </header>
      <div className={classes.stack}>{children}</div>
    </div>
  );
}

type PanelProps = {
  readonly title?: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** A titled surface on a page; a region when it has a title. */
export function Panel({ title, note, actions, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={title ? id : undefined}>
      {title ? (
        <div className={classes.panelHeader}>
          <div>
            <h2 id={id} className={classes.panelTitle}>
              {title}
            </h2>
            {note ? <p className={classes.panelNote}>{note}</p> : null}
          </div>
          {actions ? <div className={classes.actions}>{actions}</div> : null}
        </div>
      ) : null}
      <div className={classes.panelBody}>{children}</div>
    </section>
  );
}

export function Stack({ children }: { readonly children: ReactNode }) {
  return <div className={classes.stack}>{children}</div>;
}

export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className={classes.columns}>{children}</div>;
}

export type KeyFigure = { readonly label: string; readonly value: string; readonly note?: string };

export function KeyFigures({ figures }: { readonly figures: readonly KeyFigure[] }) {
  return (
    <dl className={classes.figures}>
      {figures.map((figure) => (
        <div key={figure.label} className={classes.figure}>
          <dt className={classes.figureLabel}>{figure.label}</dt>
          <dd className={classes.figureValue}>{figure.value}</dd>
          {figure.note ? <dd className={classes.figureNote}>{figure.note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}

type EmptyProps = {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
};

/** An empty place says what to do next. */
export function EmptyState({ icon, title, text, action }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.emptyMark}>
        <Icon name={icon} size={24} />
      </span>
      <p className={classes.emptyTitle}>{title}</p>
      <p className={classes.emptyText}>{text}</p>
      {action}
    </div>
  );
}

export type Tone = 'plain' | 'good' | 'warn' | 'bad';
const toneIcons = { plain: 'information', good: 'check', warn: 'warning', bad: 'warning' } as const;

type NoticeProps = {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Read out when it appears. */
  readonly announce?: boolean;
};

export function Notice({ tone = 'plain', title, children, announce = false }: NoticeProps) {
  return (
    <div
      className={`${classes.notice} ${tone === 'plain' ? '' : (classes[tone] ?? '')}`}
      role={announce ? (tone === 'bad' ? 'alert' : 'status') : undefined}
    >
      <span className={classes.noticeIcon}>
        <Icon name={toneIcons[tone]} />
      </span>
      <div>
        {title ? <p className={classes.noticeTitle}>{title}</p> : null}
        {children}
      </div>
    </div>
  );
}

export function Badge({ tone = 'plain', children }: { readonly tone?: Tone | 'tide'; readonly children: ReactNode }) {
  return <span className={`${classes.badge} ${tone === 'plain' ? '' : (classes[tone] ?? '')}`}>{children}</span>;
}

export type Fact = { readonly term: string; readonly value: ReactNode };

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map((fact) => (
        <FactLine key={fact.term} {...fact} />
      ))}
    </dl>
  );
}

function FactLine({ term, value }: Fact) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}
