import { expect, it } from 'vitest';
import { csrfToken, tokenFits } from './guard.ts';

const secret = Buffer.alloc(32, 7);

it('a form token fits its own browser alone, and looks different on every page', () => {
  const token = csrfToken(secret, 'session a');
  const again = csrfToken(secret, 'session a');
  expect(again).not.toBe(token);
  expect(tokenFits(token, again)).toBe(true);
  expect(tokenFits(token, csrfToken(secret, 'session b'))).toBe(false);
  expect(tokenFits(token, csrfToken(Buffer.alloc(32, 8), 'session a'))).toBe(false);
  for (const given of ['', 'x', token.slice(1), `${token}A`, '*'.repeat(token.length)])
    expect(tokenFits(token, given)).toBe(false);
});
