import { expect, it } from 'vitest';
import { isAllowed } from '../../../scripts/licences/allowed.ts';

it.each([
  ['MIT', true],
  ['(MIT AND Zlib)', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['GPL-3.0-only OR ISC AND AGPL-3.0-only', false],
  ['GPL-3.0-only OR ISC AND MIT', true],
  ['(GPL-3.0-only OR MIT) AND (LGPL-3.0-only OR ISC)', true],
  ['(GPL-3.0-only OR MIT) AND LGPL-3.0-only', false],
  ['MIT AND GPL-2.0-only', false],
  ['AGPL-3.0-or-later', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['MIT WITH something', false],
  ['(MIT', false],
  ['', false],
])('%s may ship: %s', (expression, expected) => {
  expect(isAllowed(expression)).toBe(expected);
});
