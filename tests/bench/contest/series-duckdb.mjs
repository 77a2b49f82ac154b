// The loads of everybody at every month end, summed by month, unit and role, in memory with DuckDB. Arguments: folder with
// people.csv, events.csv and months.csv; where to write the sums; the folder that DuckDB is installed in. Prints the seconds.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, out, installed] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(installed, 'package.json'))('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(':memory:')).connect();
for (const table of ['people', 'events', 'months']) {
  await connection.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${join(folder, `${table}.csv`)}')`);
}
const started = performance.now();
// Loads grow from a common day on, so that what is left at a month end is one factor; windows are differences of two counts.
await connection.run(`
  CREATE TABLE sums AS
  WITH daily AS (
    SELECT person, day, count(*) AS n, count(*) * power(2.0, (day - (SELECT min(day) FROM events)) / 180.0) AS grown
    FROM events GROUP BY person, day
  ), running AS (
    SELECT person, day,
      sum(n) OVER (PARTITION BY person ORDER BY day) AS n,
      sum(grown) OVER (PARTITION BY person ORDER BY day) AS grown
    FROM daily
  ), post AS (
    SELECT p.person, p.unit, p.role, m.month, m.day
    FROM people p JOIN months m ON p."from" <= m.day AND m.day <= p."to"
  ), wanted AS (
    SELECT person, unit, role, month, day, w.width, day - w.width AS upto
    FROM post CROSS JOIN (VALUES (0), (28), (90), (180), (365)) w(width)
  ), found AS (
    SELECT wanted.person, wanted.unit, wanted.role, wanted.month, wanted.day, wanted.width,
      coalesce(running.n, 0) AS n, coalesce(running.grown, 0) AS grown
    FROM wanted ASOF LEFT JOIN running ON wanted.person = running.person AND wanted.upto >= running.day
  )
  SELECT month, unit, role,
    count(*) FILTER (width = 0) AS people,
    sum(n) FILTER (width = 0) - sum(n) FILTER (width = 28) AS w28,
    sum(n) FILTER (width = 0) - sum(n) FILTER (width = 90) AS w90,
    sum(n) FILTER (width = 0) - sum(n) FILTER (width = 180) AS w180,
    sum(n) FILTER (width = 0) - sum(n) FILTER (width = 365) AS w365,
    sum(grown) FILTER (width = 0) * power(2.0, -(any_value(day) - (SELECT min(day) FROM events)) / 180.0) AS decayed
  FROM found GROUP BY month, unit, role
`);
console.log((performance.now() - started) / 1_000);
await connection.run(`COPY sums TO '${out}' (HEADER)`);
