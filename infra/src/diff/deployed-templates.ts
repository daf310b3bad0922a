import { execFileSync } from 'node:child_process';
import type { Template } from './template-diff';

/** Runs AWS's command line and answers its output. */
export type Aws = (args: readonly string[]) => string;

const awsCommand: Aws = (args) => execFileSync('aws', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 16 * 1024 * 1024 });

/** The templates from which an account's stacks were deployed, by stack name; stacks that do not exist are left out. */
export function deployedTemplates(stacks: readonly string[], aws: Aws = awsCommand): Readonly<Record<string, Template>> {
  return Object.fromEntries(
    stacks.flatMap((stack) => {
      const template = deployedTemplate(stack, aws);
      return template ? [[stack, template]] : [];
    }),
  );
}

function deployedTemplate(stack: string, aws: Aws): Template | undefined {
  try {
    const answer = JSON.parse(aws(['cloudformation', 'get-template', '--stack-name', stack, '--template-stage', 'Original', '--output', 'json'])) as {
      TemplateBody: Template | string;
    };
    return typeof answer.TemplateBody === 'string' ? (JSON.parse(answer.TemplateBody) as Template) : answer.TemplateBody;
  } catch (error) {
    const { stderr = '', message, code } = error as { stderr?: string; message: string; code?: string };
    if (/ValidationError.*does not exist/.test(stderr)) return undefined;
    if (code === 'ENOENT') throw new Error('Asking for what is deployed needs the AWS command line ("aws"), which is not here.', { cause: error });
    throw new Error(`AWS does not tell what ${stack} was deployed from: ${stderr.trim() || message}`, { cause: error });
  }
}
