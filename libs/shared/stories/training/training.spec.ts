import { fitLogistic } from './logistic';
import { rarityTable } from './word-rarity';

it('recovers the weights that generated the data', () => {
  const points = [-2, -1, 0, 1, 2].flatMap((x) => [-2, 0, 1, 2].map((y) => [x, y] as const));
  const chances = points.map(([x, y]) => 1 / (1 + Math.exp(-(0.5 + 2 * x - y))));
  const twice = [...points, ...points];
  const fit = fitLogistic(twice, [...points.map(() => 1), ...points.map(() => 0)], [...chances, ...chances.map((chance) => 1 - chance)], 1e-9);
  expect(fit.weights[0]).toBeCloseTo(2, 5);
  expect(fit.weights[1]).toBeCloseTo(-1, 5);
  expect(fit.bias).toBeCloseTo(0.5, 5);
});

it('counts words, marks names, and keeps neighbours that occur together', () => {
  const texts = [
    'people march for Black Friday in Quorixia today',
    'people shop on Black Friday near Quorixia again',
    'more people wait for Black Friday outside Quorixia',
    'people say Black Friday is over',
    'people left before Black Friday',
  ];
  const { classes, together, headlines } = rarityTable(texts);
  expect(headlines).toBe(5);
  expect(classes['0']).toContain('+black +friday peopl');
  expect(classes['2']).toBe('+quorixia');
  expect(together).toBe('black friday');
});

it('contains no headline', () => expect(JSON.stringify(rarityTable(['One two three unheard words']))).not.toContain('unheard'));
