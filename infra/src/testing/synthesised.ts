import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, type AppOptions } from '../build-app';
import { settingsOf } from '../cdk-context';
import type { TemplateJson } from './templates';

export { settingsOf, workspaceRoot } from '../cdk-context';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-infra-'));
  folders.push(folder);
  return folder;
}

/** An app that can be synthesised into its own folder; stack traces, which take most of the time, are off. */
export const appOf = (environment: string, options: Partial<AppOptions> = {}) =>
  buildApp({
    environment,
    settings: settingsOf(environment),
    outputFolder: temporaryFolder(),
    ...options,
    context: { 'aws:cdk:disable-stack-trace': true, ...options.context },
  });

/** The templates of an environment, by the part of the stack's name that identifies it. */
export function templatesOf(environment: string, options: Partial<AppOptions> = {}): Readonly<Record<string, TemplateJson>> {
  const { stacks } = appOf(environment, options).synth();
  return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName.replace(`barometer-${environment}-`, ''), template as TemplateJson]));
}
