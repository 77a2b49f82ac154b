import { Link } from '@tanstack/react-router';
import type { Role } from '#shared/domain/roles.ts';
import { hasRole, useSession } from '../bridge/session.ts';
import classes from './data-sections.module.css';

/** What lies under the place “Data”, in the order of the work, and who uses it. */
const sections: readonly {
  readonly path: '/data' | '/data/watch' | '/data/codes' | '/data/schemes' | '/data/quality';
  readonly label: string;
  readonly roles: readonly Role[];
}[] = [
  { path: '/data', label: 'Imports', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/data/watch', label: 'Watched folder', roles: ['analyst'] },
  { path: '/data/codes', label: 'Code lists', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/data/schemes', label: 'Schemes', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/data/quality', label: 'Quality', roles: ['analyst', 'evaluator'] },
];

/** Leads from one part of the place “Data” to another. */
export function DataSections() {
  const session = useSession();
  return (
    <nav aria-label="Parts of Data" className={classes.sections}>
      {sections
        .filter(({ roles }) => hasRole(session, ...roles))
        .map(({ path, label }) => (
          <Link key={path} to={path} activeOptions={{ exact: true }} className={classes.section}>
            {label}
          </Link>
        ))}
    </nav>
  );
}
