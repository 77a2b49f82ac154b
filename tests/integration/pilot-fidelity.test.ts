import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import type { PilotFidelityResult } from '#shared/domain/pilot-fidelity.ts';
import { csvFile, newVault, passphrase, type Session, temporaryFolder, user, writeText } from './test-vault.ts';

const folder = temporaryFolder('pilot-fidelity');
const vault = join(folder, 'vault');
const spec = { asOf: '2026-03-31', pilot: 'Brief mindfulness', arms: ['sessions'] };
let session: Session;

/** North has thirteen people with an early shift, South eleven and West three; three more wait, and one declined. */
const people = Array.from({ length: 27 }, (_, at) => ({
  ref: `P${at}`,
  cluster: at < 13 ? 'North' : at < 24 ? 'South' : 'West',
}));
const mondays = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23'];

beforeAll(async () => {
  session = await newVault(vault, ['analyst']);
  const staff = [...people.map(({ ref }) => ref), 'Q0', 'Q1', 'Q2', 'Q3'];
  const files = {
    people: ['person_ref,role,unit', staff.map((ref) => `${ref},Response,North`)],
    duties: [
      'person_ref,start,end',
      people.flatMap(({ ref }) => mondays.map((day) => `${ref},${day}T07:00,${day}T16:00`)),
    ],
    pilot_enrolments: [
      'pilot,person_ref,cluster,arm,allocated_on,not_enrolled_reason',
      [
        ...people.map(({ ref, cluster }) => `Brief mindfulness,${ref},${cluster},sessions,2026-03-01,`),
        ...['Q0', 'Q1', 'Q2'].map((ref) => `Brief mindfulness,${ref},North,waiting,2026-03-01,`),
        'Brief mindfulness,Q3,North,sessions,,declined',
      ],
    ],
    pilot_session_plan: [
      'pilot,cluster,at,minutes,checklist',
      mondays.flatMap((day) => [
        `Brief mindfulness,North,${day}T10:00,20,9`,
        `Brief mindfulness,South,${day}T11:00,20,`,
        `Another,North,${day}T12:00,20,`,
      ]),
    ],
    pilot_sessions: [
      'pilot,person_ref,at,minutes,within_shift',
      people
        .filter(({ cluster }) => cluster !== 'West')
        .flatMap(({ ref, cluster }, at) =>
          mondays
            .slice(0, at % 5)
            // Seven of South stayed on after their shift, as the extract says; of the others the duties say it.
            .map((day) => {
              const isLate = cluster === 'South' && at < 20;
              return `Brief mindfulness,${ref},${day}T${cluster === 'North' ? 10 : 11}:05,15,${isLate ? 'no' : ''}`;
            }),
        ),
    ],
  } as const;
  for (const [kind, [header, lines]] of Object.entries(files)) {
    const file = csvFile(folder, `${kind}.csv`, header, lines);
    const { rows } = await session.call('imports.load', { file, kind, mapping: null });
    expect([kind, rows.accepted]).toEqual([kind, lines.length]);
  }
});

async function analyse(given: Record<string, unknown> = {}) {
  const answer = await session.call('analyses.run', { method: 'pilot-fidelity', spec: { ...spec, ...given } });
  return { answer, result: answer.result as unknown as PilotFidelityResult };
}

describe('pilot-fidelity', () => {
  it('puts what was delivered beside what was planned, for those in the arms that were offered it', async () => {
    const { result, answer } = await analyse();
    const [north, south] = result.clusters;
    expect(north).toMatchObject({ cluster: 'North', planned: 4, held: 4, plannedEach: 4 });
    const attended = people.slice(0, 24).map((_, at) => at % 5);
    expect(result.all.sessionsEach).toBeCloseTo(attended.reduce((sum, count) => sum + count, 0) / 27, 12);
    expect(result.all.minutesEach).toBeCloseTo(15 * (result.all.sessionsEach ?? 0), 12);
    expect(south?.cluster).toBe('South');
    expect(result.weeks.map(({ from, planned }) => [from, planned])).toEqual(mondays.map((day) => [day, 2]));
    expect(answer.reading[0]).toBe('Somebody came to 8 of 8 planned sessions.');
    expect(answer.provenance.batches.length).toBeGreaterThanOrEqual(4);
  });

  it('takes the shift from the extract where it says, else from the duties', async () => {
    const late = people.slice(13, 20).reduce((sum, _, at) => sum + ((at + 13) % 5), 0);
    const all = people.slice(0, 24).reduce((sum, _, at) => sum + (at % 5), 0);
    const { result } = await analyse();
    expect(result.all.withinShift).toBeCloseTo((all - late) / all, 12);
  });

  it('tells nothing of the three people of West, and no mean from which theirs follows', async () => {
    const { result, answer } = await analyse();
    const west = result.clusters.find(({ cluster }) => cluster === 'West');
    expect(west).toMatchObject({ people: null, sessionsEach: null, held: null });
    const told = result.clusters.filter(({ sessionsEach }) => sessionsEach !== null);
    expect(told.map(({ cluster }) => cluster)).toEqual(['North']);
    expect(JSON.stringify(answer)).not.toContain('P26');
  });

  it('names no pilot that is not there as one that nobody came to', async () => {
    const { answer } = await analyse({ pilot: 'No such pilot' });
    expect(answer.warnings[0]).toContain('Nobody is enrolled');
    expect(answer.reading).toEqual(['Fewer than 5 people were offered the sessions: nothing is told of them.']);
  });

  it('gives the same on the command line', async () => {
    const { result } = await analyse();
    await session.engine.close();
    const file = writeText(join(folder, 'spec.json'), JSON.stringify(spec));
    const secret = writeText(join(folder, 'passphrase.txt'), passphrase);
    let out = '';
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    const quiet = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const as = ['--user', user, '--passphrase-file', secret, '--json'];
    const exit = await main(['analyse', vault, 'pilot-fidelity', '--spec', file, ...as]);
    spy.mockRestore();
    quiet.mockRestore();
    expect(exit).toBe(0);
    expect((JSON.parse(out) as { result: unknown }).result).toEqual(JSON.parse(JSON.stringify(result)));
  });
});
