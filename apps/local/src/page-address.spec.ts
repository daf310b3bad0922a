import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressFileIn, PageAddress } from './page-address';

const dataDirectory = mkdtempSync(join(tmpdir(), 'barometer-address-'));
const home = 'http://127.0.0.1:4600';
afterAll(() => rmSync(dataDirectory, { recursive: true }));
afterEach(() => rmSync(addressFileIn(dataDirectory), { force: true }));

const writes = (text: string) => writeFileSync(addressFileIn(dataDirectory), text);

describe('the address of the page in notices', () => {
  it('is the configured one, wherever the server listens', () => {
    writes('http://127.0.0.1:4607');
    const page = new PageAddress({ publicUrl: 'https://mood.example', home: 'https://mood.example', dataDirectory });
    page.serveAt('http://127.0.0.1:4608');
    expect(page.current()).toBe('https://mood.example');
  });

  it('is where this process listens', () => {
    writes('http://127.0.0.1:4607');
    const page = new PageAddress({ publicUrl: undefined, home, dataDirectory });
    page.serveAt('http://127.0.0.1:4608');
    expect(page.current()).toBe('http://127.0.0.1:4608');
  });

  it('is where the server of the data folder listens, if it is another process', () => {
    writes('http://127.0.0.1:4607/\n');
    expect(new PageAddress({ publicUrl: undefined, home, dataDirectory }).current()).toBe('http://127.0.0.1:4607');
  });

  it.each(['', 'here'])('is the default if the file says %j', (text) => {
    writes(text);
    expect(new PageAddress({ publicUrl: undefined, home, dataDirectory }).current()).toBe(home);
  });

  it('is the default if nothing runs', () => {
    expect(new PageAddress({ publicUrl: undefined, home, dataDirectory }).current()).toBe(home);
  });

  it('is unknown if other computers reach the page by an address that is not configured', () => {
    const page = new PageAddress({ publicUrl: undefined, home: undefined, dataDirectory });
    page.serveAt('http://127.0.0.1:4600');
    expect(page.current()).toBeUndefined();
  });
});
