import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import { lightTheme } from '#shared/charts/chart-theme.ts';
import { composeDocument, isReference } from '#shared/report/compose-document.ts';
import {
  type BasicBlock,
  type FigureBlock,
  narrativeLabel,
  type ReportDocument,
  type RichText,
  type TableBlock,
  type TableData,
} from '#shared/report/document.ts';
import { editionOf } from '#shared/report/edition.ts';
import { captionOf, formatCell, notesOf } from '#shared/report/format.ts';
import { CanvasChart } from './charts/canvas-chart.tsx';
import { specOption } from './charts/spec-chart.ts';
import classes from './report-preview.module.css';

/** The document as it will read on paper; always in paper's colours. */
export function ReportPreview({ document: given }: { readonly document: ReportDocument }) {
  const document = useMemo(() => composeDocument(given), [given]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.desk} tabIndex={0} aria-label={`Preview of ${document.title}`}>
      <article className={classes.paper} lang={document.language}>
        <p className={classes.marking}>{document.marking}</p>
        <h3 className={classes.title}>{document.title}</h3>
        <p className={classes.subtitle}>{document.subtitle}</p>
        <p className={classes.small}>{editionOf(document)}</p>
        <p className={classes.lead}>
          <Words text={document.about} />
        </p>
        {document.sections.map((section) => (
          // No landmark: what lies behind a dialog may have a part of the same name.
          <div key={section.id}>
            <h4 className={classes.heading}>{section.heading}</h4>
            {section.blocks.map((block, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their place
              <BlockView key={index} block={block} />
            ))}
          </div>
        ))}
      </article>
    </section>
  );
}

function Words({ text }: { readonly text: RichText }) {
  if (typeof text === 'string') return <>{text}</>;
  return (
    <>
      {text.map((part, index) => {
        const key = `${index}`;
        if (typeof part === 'string') return <span key={key}>{part}</span>;
        if (isReference(part)) return <span key={key}>{part.text}</span>;
        if (part.emphasis === 'strong') return <strong key={key}>{part.text}</strong>;
        if (part.emphasis === 'changed') return <mark key={key}>{part.text}</mark>;
        if (part.emphasis === 'code') return <code key={key}>{part.text}</code>;
        return <em key={key}>{part.text}</em>;
      })}
    </>
  );
}

function BlockView({ block }: { readonly block: BasicBlock }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? (
        <h6 className={classes.subheading}>{block.text}</h6>
      ) : (
        <h5 className={classes.subheading}>{block.text}</h5>
      );
    case 'paragraph':
      return (
        <p className={block.tone === 'lead' ? classes.lead : block.tone === 'small' ? classes.small : classes.text}>
          <Words text={block.text} />
        </p>
      );
    case 'list':
      return <ListView ordered={block.ordered} items={block.items} />;
    case 'table':
      return <TableView block={block} />;
    case 'figure':
      return <FigureView block={block} />;
    case 'narrative':
      return (
        <aside className={classes.authored} aria-label={narrativeLabel}>
          <p className={classes.small}>{narrativeLabel}</p>
          {block.parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
            <BlockView key={index} block={part} />
          ))}
        </aside>
      );
    case 'callout':
      return (
        <aside className={`${classes.callout} ${classes[block.tone] ?? ''}`}>
          <p className={classes.calloutTitle}>{block.title}</p>
          {block.text.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            <p key={index}>
              <Words text={line} />
            </p>
          ))}
        </aside>
      );
    case 'key-figures':
      return (
        <dl className={classes.figures}>
          {block.figures.map((figure) => (
            <div key={figure.label}>
              <dt>{figure.label}</dt>
              <dd className={classes.figureValue}>{figure.value}</dd>
              {figure.note ? <dd className={classes.small}>{figure.note}</dd> : null}
            </div>
          ))}
        </dl>
      );
    case 'definitions':
      return (
        <dl className={classes.definitions}>
          {block.items.map((item) => (
            <div key={item.term}>
              <dt>{item.term}</dt>
              <dd>
                <Words text={item.meaning} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'provenance':
      return (
        <div className={classes.provenance}>
          <p className={classes.calloutTitle}>{block.title}</p>
          <dl className={classes.definitions}>
            {block.entries.map((entry) => (
              <div key={entry.name}>
                <dt>{entry.name}</dt>
                <dd>{entry.code ? <code>{entry.value}</code> : entry.value}</dd>
              </div>
            ))}
          </dl>
        </div>
      );
    case 'page-break':
      return <hr className={classes.pageBreak} />;
  }
}

function ListView({ ordered, items }: { readonly ordered: boolean; readonly items: readonly RichText[] }) {
  const lines = items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
    <li key={index}>
      <Words text={item} />
    </li>
  ));
  return ordered ? <ol className={classes.text}>{lines}</ol> : <ul className={classes.text}>{lines}</ul>;
}

function TableView({ block }: { readonly block: TableBlock }) {
  return (
    <div className={classes.tableFrame}>
      <table className={classes.table}>
        <caption>{captionOf(block.label, block.caption)}</caption>
        <TableParts data={block} />
      </table>
      <Notes data={block} />
    </div>
  );
}

function TableParts({ data }: { readonly data: TableData }) {
  return (
    <>
      <thead>
        <tr>
          {data.columns.map((column) => (
            <th key={column.label} scope="col" className={column.align === 'end' ? classes.end : undefined}>
              {column.label}
              {column.unit ? <span className={classes.unit}> ({column.unit})</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
          <tr key={index} className={row.role === 'total' ? classes.total : undefined}>
            {row.cells.map((cell, column) => {
              const end = data.columns[column]?.align === 'end' ? classes.end : undefined;
              const key = data.columns[column]?.label ?? String(column);
              return column === 0 ? (
                <th key={key} scope="row" className={end}>
                  {formatCell(cell)}
                </th>
              ) : (
                <td key={key} className={end}>
                  {formatCell(cell)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </>
  );
}

function Notes({ data }: { readonly data: TableData }) {
  return (
    <>
      {notesOf(data).map((note) => (
        <p key={note} className={classes.small}>
          {note}
        </p>
      ))}
    </>
  );
}

function FigureView({ block }: { readonly block: FigureBlock }) {
  const option = useMemo(() => specOption(block.chart), [block]);
  return (
    <figure className={classes.figure}>
      <p className={classes.figureTitle}>{captionOf(block.label, block.title)}</p>
      <CanvasChart
        option={option}
        heightPx={chartHeightPx(block.chart)}
        description={block.description}
        colours={lightTheme}
      />
      <figcaption className={classes.small}>{block.caption}</figcaption>
      <details className={classes.details}>
        <summary>The numbers behind it</summary>
        <div className={classes.tableFrame}>
          <table className={classes.table}>
            <TableParts data={block.data} />
          </table>
          <Notes data={block.data} />
        </div>
      </details>
    </figure>
  );
}
