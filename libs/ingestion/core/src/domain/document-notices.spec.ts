import { documentNotices } from './document-notices';

const items = (spanish: number, english: number) => [
  ...Array.from({ length: spanish }, () => ({ skip: 'language' as const, language: 'es' })),
  ...Array.from({ length: english }, () => ({ language: 'en' })),
];

it.each([
  ['all items are in another language', items(10, 0), ['10 of its 10 items are not in English (most: Spanish), so they are listed without a score.']],
  ['nearly all items are', items(18, 2), ['18 of its 20 items are not in English (most: Spanish), so they are listed without a score.']],
  ['most items are', items(17, 3), []],
  ['there are few items', items(4, 0), []],
  [
    'its language is unknown',
    Array.from({ length: 6 }, () => ({ skip: 'language' as const })),
    ['6 of its 6 items are not in English, so they are listed without a score.'],
  ],
  ['no items are', items(0, 30), []],
])('if %s', (_what, listed, notices) => expect(documentNotices(listed, {})).toEqual(notices));

it('says what was left out', () => expect(documentNotices([], { leftOut: 'Only a part was read.' })).toEqual(['Only a part was read.']));
