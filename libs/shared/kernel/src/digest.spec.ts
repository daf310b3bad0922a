import { isSameDigest, randomHex, sha256Hex } from './index';

it('sha256Hex is SHA-256 of the text in UTF-8', () => {
  // The vector of FIPS 180-4 for "abc", and: printf 'é' | sha256sum
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256Hex('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
});

it('randomHex has the requested length and does not repeat', () => {
  expect(randomHex(32)).toMatch(/^[0-9a-f]{64}$/);
  expect(randomHex(32)).not.toBe(randomHex(32));
});

it('isSameDigest compares texts of any length', () => {
  expect([isSameDigest('ab', 'ab'), isSameDigest('ab', 'ac'), isSameDigest('ab', 'abc'), isSameDigest('', '')]).toEqual([true, false, false, true]);
});
