import { join } from 'node:path';
import { templatesOf, workspaceRoot } from '../testing/synthesised';
import { RecordedTemplates } from './recorded-templates';
import { describeDifferences, diffTemplates } from './template-diff';

it.each(['dev', 'prod'])('the recorded templates of %s are up to date; "npx nx run infra:record" records them', (environment) => {
  const recorded = new RecordedTemplates(join(workspaceRoot, 'infra/recorded', environment)).read();
  const now = templatesOf(environment);
  expect(Object.keys(recorded).sort()).toEqual(
    Object.keys(now)
      .map((part) => `barometer-${environment}-${part}`)
      .sort(),
  );
  const found = Object.entries(now).map(([part, template]) =>
    describeDifferences(part, diffTemplates(recorded[`barometer-${environment}-${part}`] ?? {}, template)),
  );
  expect(found).toEqual(Object.keys(now).map((part) => `${part}: no difference\n`));
});
