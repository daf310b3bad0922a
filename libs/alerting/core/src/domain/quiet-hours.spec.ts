import { tellableAt } from './quiet-hours';

const vienna = (from: string, to: string) => ({ from, to, timeZone: 'Europe/Vienna' });
const at = (time: string) => Date.parse(time);

describe('tellableAt', () => {
  it.each([
    ['in the day', '2026-11-23T12:00:00Z', '2026-11-23T12:00:00Z'],
    ['before midnight', '2026-11-23T22:30:00Z', '2026-11-24T06:00:00Z'],
    ['after midnight', '2026-11-24T02:30:10Z', '2026-11-24T06:00:00Z'],
    ['in summer', '2026-07-01T22:30:00Z', '2026-07-02T05:00:00Z'],
    ['in the night that summer time ends', '2026-10-24T23:00:00Z', '2026-10-25T06:00:00Z'],
  ])('%s', (_name, now, expected) => {
    expect(new Date(tellableAt(vienna('22:00', '07:00'), at(now))).toISOString()).toBe(new Date(expected).toISOString());
  });

  it('handles quiet hours within a day', () => {
    expect(tellableAt(vienna('12:00', '14:00'), at('2026-11-23T11:30:00Z'))).toBe(at('2026-11-23T13:00:00Z'));
    expect(tellableAt(undefined, 5)).toBe(5);
  });
});
