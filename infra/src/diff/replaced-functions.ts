import type { Template } from './template-diff';

interface LambdaProperties {
  readonly FunctionName?: string;
  readonly PackageType?: string;
  readonly ReservedConcurrentExecutions?: number;
}

/** A function that a deployment replaces by one with another name, since Lambda cannot change a function's packaging. */
export interface ReplacedFunction {
  readonly before: string;
  readonly after: string;
  /** What the replacement means for users, one sentence each. */
  readonly consequences: readonly string[];
}

/** The functions of a stack that a deployment of `after` over `before` replaces. A stack has at most one. */
export function replacedFunctions(before: Template, after: Template): ReplacedFunction[] {
  const [was, is] = [functionOf(before), functionOf(after)];
  if (!was?.FunctionName || !is?.FunctionName || was.FunctionName === is.FunctionName) return [];
  return [{ before: was.FunctionName, after: is.FunctionName, consequences: consequences(was, is, after) }];
}

/** The replacements of a deployment as text to read beforehand; empty if there are none. */
export const describeReplacements = (replaced: readonly ReplacedFunction[]): string =>
  replaced.map(({ before, after, consequences: lines }) => `! ${before} is replaced by ${after}:\n${lines.map((line) => `    - ${line}\n`).join('')}`).join('');

function consequences(was: LambdaProperties, is: LambdaProperties, template: Template): string[] {
  const [old, young] = [was.ReservedConcurrentExecutions ?? 0, is.ReservedConcurrentExecutions ?? 0];
  const has = (type: string) => Object.values(template.Resources ?? {}).some(({ Type }) => Type === type);
  return [
    'CloudFormation creates the new function, points everything at it, and deletes the old one last. A deployment that fails before that keeps the old one.',
    `For these minutes both reserve concurrency: ${old} and ${young}. Lambda refuses the new function where that leaves the account fewer than 100 unreserved.`,
    ...(has('AWS::Lambda::EventSourceMapping')
      ? [
          'Messages that the old function is working on when it is deleted become visible again after the time that the queue hides them, and are delivered to the new one. None is lost; some scores come that much later.',
        ]
      : []),
    ...(has('AWS::Scheduler::Schedule') ? ['A tick under way may be ended; the next one, within a minute, goes on where it stopped.'] : []),
    ...(has('AWS::Lambda::Url')
      ? [
          'The address of the page and the API changes, since a Function URL belongs to its function: read the output "Address" of the stack and tell your readers. Sessions and bookmarks of the old address end; keys stay valid.',
        ]
      : []),
  ];
}

const functionOf = (template: Template): LambdaProperties | undefined =>
  Object.values(template.Resources ?? {}).find(({ Type }) => Type === 'AWS::Lambda::Function')?.['Properties'] as LambdaProperties | undefined;
