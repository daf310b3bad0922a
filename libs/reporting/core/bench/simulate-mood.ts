// npm run simulate:mood: how often "usual" and "no clear change" are wrong in simulated news, and how often a shift is found.
import { shareOfChanges, unchanged } from '../src/testing/change-trials';
import { copiesOf, shareFound, shareOutside, type WorldOptions } from '../src/testing/usual-trials';

const PAIRS = 2_000;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);

const worlds: readonly (readonly [string, WorldOptions])[] = [
  ['1,200 articles a day, told once', { perDay: 1_200 }],
  ['1,200, 1.87 articles a story', { perDay: 1_200, copies: copiesOf(1.87) }],
  ['1,200, 1.28, days with moods of their own', { perDay: 1_200, copies: copiesOf(1.28), dayMood: 0.03, keeps: 0.4 }],
  ['150 articles a day, 1.28 articles a story', { perDay: 150, copies: copiesOf(1.28) }],
];

export async function main(): Promise<void> {
  console.log(`A change claimed in ${PAIRS.toLocaleString('en')} pairs of days (aim: at most 6 %), and of shifts by 0.1, 0.15 and 0.2`);
  for (const one of unchanged) {
    const shifts = [0.1, 0.15, 0.2].map((shift) => percent(shareOfChanges({ ...one, shift: -shift }, PAIRS / 4)));
    console.log(`  ${one.name.padEnd(44)}${percent(shareOfChanges(one, PAIRS))}   found ${shifts.join('')}`);
  }
  console.log('Windows outside of the usual range where nothing but volume and mix changes (aim: 3 to 7 %): an hour, 6 hours, a day');
  for (const [name, world] of worlds) {
    const shares = [
      { length: 1, runs: 60 },
      { length: 6, runs: 100 },
      { length: 24, runs: 400 },
    ].map((one) => percent(shareOutside({ ...world, ...one })));
    console.log(`  ${name.padEnd(44)}${shares.join('')}`);
  }
  console.log('A shift by half a standard deviation of days found within a day (aim: 80 %)');
  for (const perDay of [1_200, 11_000, 22_000]) {
    console.log(`  ${`${perDay.toLocaleString('en')} articles a day, told once`.padEnd(44)}${percent(shareFound({ perDay, deviations: 0.5, runs: 60 }))}`);
    console.log(
      `  ${`${perDay.toLocaleString('en')}, 1.28 articles a story`.padEnd(44)}${percent(shareFound({ perDay, deviations: 0.5, runs: 60, copies: copiesOf(1.28) }))}`,
    );
  }
}
