import { BlocksOf, packHours, speakersOf, SpeakersOf } from './packed-hours';

const hour = (at: number, volume: number, tone: number) => ({
  hour: at,
  negative: 0,
  neutral: 0,
  positive: volume,
  toneSum: Math.round(volume * tone * 1e6),
  toneSquares: Math.round(volume * tone * tone * 1e6),
});
const day = packHours([
  ['wire', [hour(24, 2, 0.5), hour(25, 1, -0.5)]],
  ['post', [hour(25, 4, 0.25)]],
  ['wire', [hour(30, 1, 0)]],
]);

describe('packed hours', () => {
  it('know which sources had articles in a window, and when', () => {
    expect(speakersOf([day], 24, 26)).toEqual({
      volume: 7,
      sources: new Map([
        ['wire', { volume: 3, tones: 0.5 }],
        ['post', { volume: 4, tones: 1 }],
      ]),
      hours: new Map([
        [24, 2],
        [25, 5],
      ]),
    });
    expect(speakersOf([day], 26, 30).volume).toBe(0);
    const collecting = new SpeakersOf([
      { first: 24, end: 25 },
      { first: 25, end: 31 },
      { first: 24, end: 26 },
      { first: 26, end: 30 },
    ]);
    collecting.add(day);
    const [before, after, both, nobody] = collecting.all();
    expect([before, after, nobody].map((one) => one?.volume)).toEqual([2, 6, 0]);
    // Windows may overlap.
    expect(both).toEqual(speakersOf([day], 24, 26));
  });

  it('are summed over blocks, counted from a first hour', () => {
    const blocks = new BlocksOf({ first: 24, end: 30, size: 4 });
    blocks.add(day);
    blocks.add(
      packHours([
        ['late', [hour(29, 1, 1)]],
        ['never', []],
      ]),
    );
    expect(Object.fromEntries(blocks.all())).toEqual({
      wire: [{ hour: 24, negative: 0, neutral: 3, positive: 0, toneSum: 500_000, toneSquares: 750_000 }],
      post: [{ hour: 24, negative: 0, neutral: 4, positive: 0, toneSum: 1_000_000, toneSquares: 250_000 }],
      late: [{ hour: 28, negative: 0, neutral: 1, positive: 0, toneSum: 1_000_000, toneSquares: 1_000_000 }],
    });
  });
});
