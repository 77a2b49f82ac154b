import { openings } from '#main/store/audit-records.ts';
import type { Connection } from '#main/store/connection.ts';

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });

export type RolesThen = (user: string, at: string) => string;

/**
 * Which roles somebody had at a time (UTC, ISO), as the audit log has them at their last opening of the vault until then: in a
 * report people of the force stand by their roles and never by name.
 */
export function rolesThen(connection: Connection): RolesThen {
  const byUser = Map.groupBy(openings(connection), ({ user }) => user);
  return (user, at) => {
    const last = byUser.get(user)?.findLast((opening) => opening.at <= at);
    return last === undefined || last.roles.length === 0 ? 'a role that is not known' : listed.format(last.roles);
  };
}
