import type { ReviewReference } from '#shared/contract/review-shapes.ts';
import { text as evidenceText } from '../text.ts';
import type { MarkedTerms } from './marked-terms.ts';
import { MarkedText } from './marked-text.tsx';
import classes from './screening.module.css';
import { screeningText as text } from './text.ts';

type Props = { readonly reference: ReviewReference; readonly terms: MarkedTerms | null };

export function RecordText({ reference, terms }: Props) {
  const { title, authors, year, journal, abstract, keywords } = reference;
  const source = [authors, year === null ? evidenceText.noYear : String(year), journal].filter((part) => part !== '');
  return (
    <>
      <h2 className={classes.title}>
        <MarkedText text={title} terms={terms} />
      </h2>
      <p className={classes.source}>{source.join(' · ')}</p>
      {abstract === '' ? (
        <p className={classes.faint}>{text.noAbstract}</p>
      ) : (
        <p className={classes.abstract}>
          <MarkedText text={abstract} terms={terms} />
        </p>
      )}
      {keywords === '' ? null : (
        <p className={classes.source}>
          {text.keywords}: {keywords}
        </p>
      )}
    </>
  );
}
