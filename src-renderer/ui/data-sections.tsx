import { Link } from '@tanstack/react-router';
import classes from './data-sections.module.css';

/** What lies under the place “Data”, in the order of the work. */
const sections = [
  { path: '/data', label: 'Imports' },
  { path: '/data/codes', label: 'Code lists' },
] as const;

/** Leads from one part of the place “Data” to another. */
export function DataSections() {
  return (
    <nav aria-label="Parts of Data" className={classes.sections}>
      {sections.map(({ path, label }) => (
        <Link key={path} to={path} activeOptions={{ exact: true }} className={classes.section}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
