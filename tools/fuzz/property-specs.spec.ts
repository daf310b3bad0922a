import { join } from 'node:path';
import { propertySpecs } from './property-specs';

const root = join(__dirname, '..', '..');

describe('the specs that fuzz runs', () => {
  const files = propertySpecs(root).map(({ file }) => file);

  it('are those with a property, those whose contract suite has one, and those that are killed at random moments', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'libs/ingestion/core/src/domain/canonical-url.spec.ts',
        'apps/web/src/format/format.spec.ts',
        'apps/local/src/stores/stores-agree.spec.ts',
        'libs/ingestion/adapter-sqlite/src/ingestion-sqlite.spec.ts',
        'libs/ingestion/adapter-memory/src/ingestion-memory.spec.ts',
        'apps/local/src/kill.int.spec.ts',
        'apps/local/src/alert-kill.int.spec.ts',
      ]),
    );
    expect(files).not.toContain('libs/ingestion/core/src/domain/seeds.spec.ts');
  });

  it('each belong to a project, and need no stand-in for AWS unless requested', () => {
    expect(propertySpecs(root).find(({ file }) => file.includes('canonical-url'))?.project).toBe('libs/ingestion/core');
    expect(files.filter((file) => file.includes('.aws.'))).toEqual([]);
    expect(propertySpecs(root, { aws: true }).some(({ file }) => file.includes('.aws.spec.'))).toBe(true);
  });
});
