import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findJava } from '../dynamodb-local/dynamodb-local.cjs';

describe('findJava', () => {
  const environment = { ...process.env };
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'barometer-java-'))));
  afterEach(() => {
    process.env = { ...environment };
    rmSync(folder, { recursive: true, force: true });
  });

  /** A `java` that reports this version, and is the only one on the path. */
  const onlyJava = (version: string) => {
    const command = join(folder, 'java');
    writeFileSync(command, `#!/bin/sh\necho 'openjdk version "${version}" 2025-04-15' >&2\n`);
    chmodSync(command, 0o755);
    process.env = { ...environment, PATH: folder };
    delete process.env['JAVA_HOME'];
  };

  it('says in one sentence that there is none', () => {
    process.env = { ...environment, PATH: folder };
    delete process.env['JAVA_HOME'];
    expect(() => findJava()).toThrow('DynamoDB Local needs Java 17 or newer, and none was found in JAVA_HOME or PATH.');
  });

  const onUnix = process.platform === 'win32' ? it.skip : it;
  if (process.platform === 'win32') console.log('skipped: a stand-in for java is a shell script');

  onUnix.each([
    ['11.0.2', false],
    ['1.8.0_292', false],
    ['17.0.15', true],
    ['21', true],
  ])('takes version %s: %s', (version, isTaken) => {
    onlyJava(version);
    if (isTaken) expect(findJava()).toBe('java');
    else expect(() => findJava()).toThrow('Java 17');
  });
});
