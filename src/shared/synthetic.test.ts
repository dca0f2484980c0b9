import { expect, it } from 'vitest';
import { isSyntheticEmail } from './synthetic.ts';

it.each([
  ['can-bo@xa-mau.invalid', true],
  ['can-bo@invalid', true],
  ['CAN-BO@XA.INVALID', true],
  ['can-bo@xa.invalid.', true],
  ['can-bo@invalid.vn', false],
  ['can-bo@xainvalid', false],
  ['invalid@example.org', false],
  ['can-bo.invalid@example.org', false],
  ['', false],
])('%j is of an invented person: %s', (address, synthetic) => {
  expect(isSyntheticEmail(address)).toBe(synthetic);
});
