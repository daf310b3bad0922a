import type { Problem } from '@barometer/http-api/contract';
import { t } from '../i18n/translate';

/** The server answered with a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.errors?.map(inWords).join('; ') || problem.detail || problem.title);
  }

  get status(): number {
    return this.problem.status;
  }

  /** Whether asking again cannot help: it does not exist, or the request is wrong. */
  get isFinal(): boolean {
    return this.status === 404 || this.status === 400;
  }

  /** Which of these does not exist. */
  get missing(): 'topic' | 'source' | 'group' | undefined {
    return this.status === 404 ? scopes.find((scope) => this.problem.errors?.some(({ field }) => field === scope)) : undefined;
  }

  /** What is wrong with this field of the request, if the problem names it. */
  fieldMessage(field: string): string | undefined {
    return this.problem.errors?.find((error) => error.field === field || error.field.startsWith(`${field}[`))?.message;
  }
}

/** Whether what was asked for does not exist, or not any more. */
export const isGone = (error: Error): boolean => error instanceof ProblemError && error.status === 404;

const scopes = ['topic', 'source', 'group'] as const;

/** Some messages are complete sentences, also some that begin with a host name; the others need the name of their field before them. */
const inWords = ({ field, message }: { readonly field: string; readonly message: string }): string =>
  /^[\p{Lu}"“]|\.$/u.test(message) ? message : `${names[field.replace(/\[\d+\]$/, '')] ?? field} ${message}`;

const names: Readonly<Record<string, string>> = {
  anyOf: 'A phrase under “any of these”',
  allOf: 'A phrase under “all of these”',
  noneOf: 'A phrase under “none of these”',
  name: 'The name',
  texts: 'The text',
  'target.from': 'The address “from”',
  'target.secret': 'The name of the secret',
  'target.to': 'An address in “to”',
  'target.topicArn': 'The ARN',
  'target.url': 'The address',
  url: 'The address',
  userAgent: 'The User-Agent',
};

/** Nothing answered; it is unknown whether the request arrived. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';

  constructor(cause: unknown, { sending = false }: { readonly sending?: boolean } = {}) {
    super(sending ? t('error.unsent') : t('error.unreachable'), { cause });
  }
}
