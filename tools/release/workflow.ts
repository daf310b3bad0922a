import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const step = z
  .strictObject({
    name: z.string().optional(),
    id: z.string().optional(),
    if: z.string().optional(),
    uses: z.string().optional(),
    run: z.string().optional(),
    shell: z.string().optional(),
    with: z.record(z.string(), z.unknown()).optional(),
    env: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ uses, run }) => (uses === undefined) !== (run === undefined), 'a step either uses an action or runs a command');
const job = z.looseObject({
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  permissions: permissions.optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  environment: z.string().optional(),
  steps: z.array(step).min(1),
});
const workflow = z.looseObject({ name: z.string(), on: z.record(z.string(), z.unknown()), permissions, jobs: z.record(z.string(), job) });
export type Workflow = z.infer<typeof workflow>;

const pinned = /^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[0-9a-f]{40}$/;

/** Parses a workflow of GitHub Actions. Throws if it is not one. */
export const readWorkflow = (text: string): Workflow => workflow.parse(parse(text));

/** One sentence for each problem of a workflow: actions that are not pinned, missing permissions, and unknown jobs, scripts and files. */
export function workflowFaults(root: string, file: string): string[] {
  let read: Workflow;
  try {
    read = readWorkflow(readFileSync(join(root, file), 'utf8'));
  } catch (error) {
    return [`${file} is no workflow: ${error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message}`];
  }
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const faults: string[] = [];
  for (const [right, kind] of Object.entries(read.permissions))
    if (kind === 'write') faults.push(`${file}: every job may write ${right}; a job that must says so itself.`);
  for (const [name, { needs = [], steps }] of Object.entries(read.jobs)) {
    for (const other of [needs].flat()) if (!(other in read.jobs)) faults.push(`${file}: ${name} needs ${other}, which is no job.`);
    for (const { uses, run = '' } of steps) {
      if (uses !== undefined && !pinned.test(uses)) faults.push(`${file}: ${name} uses ${uses}, which is not pinned by a commit.`);
      if (/\$\{\{[^}]*github\.(event|head_ref|ref_name|ref\b)[^}]*\}\}/.test(run))
        faults.push(`${file}: ${name} puts what others may name into a command: hand it over as a variable.`);
      for (const [, script = ''] of run.matchAll(/npm run (?:--\S+ )*([\w:-]+)/g))
        if (!(script in scripts)) faults.push(`${file}: ${name} runs "npm run ${script}", which package.json has not.`);
      for (const [, path = ''] of run.matchAll(/(?:bash|node) ((?:\.ci|tools|apps)\/\S+)/g))
        if (!existsSync(join(root, path))) faults.push(`${file}: ${name} runs ${path}, which is not there.`);
    }
  }
  return faults;
}
