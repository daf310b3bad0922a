import { openDatabase } from './index';

it('opens', () => {
  const db = openDatabase(':memory:');
  expect(db.watermark()).toMatch(/^[0-9a-f]{16}-0$/);
});
