import { smokeCommand } from './executor';

it('takes the network away by a namespace of its own', () => {
  expect(smokeCommand('/w', false)[0]).toBe(process.execPath);
  expect(smokeCommand('/w', true).slice(0, 3)).toEqual(['unshare', '--net', '--']);
});
