import { signInAddress, signInFailure, withoutFailure } from './sign-in-address';

const goesTo = (pathname: string, search: string, base = '') =>
  new URL(signInAddress({ pathname, search }, base, `${base}/api/v1`), 'https://x.example').searchParams.get('returnTo');

it.each([
  ['/', '', '', '/'],
  ['/', '?topic=energy&q=gas%20prices', '', '/?topic=energy&q=gas+prices'],
  ['/', '?sign-in=expired&topic=energy', '', '/?topic=energy'],
  ['/mood/', '?period=7d', '/mood', '/?period=7d'],
  ['/mood', '', '/mood', '/'],
  ['/', '?q=a\\b', '', '/?q=a%5Cb'],
  ['//evil.example', '', '', '/'],
  ['/', `?q=${'a'.repeat(1_000)}`, '', '/'],
])('signing in at %s%s below "%s" returns to %s', (pathname, search, base, view) => expect(goesTo(pathname, search, base)).toBe(view));

it('reads why a sign-in failed, and removes it from the address', () => {
  expect([signInFailure('?sign-in=refused&topic=a'), signInFailure('?topic=a')]).toEqual(['refused', undefined]);
  expect([withoutFailure('?sign-in=refused&topic=a'), withoutFailure('?sign-in=refused'), withoutFailure('')]).toEqual(['?topic=a', '', '']);
});
