import type { FieldError } from '../contract/problem';

/** The kinds of problem that the API answers with, each with its HTTP status and its texts. */
export const problemKinds = {
  'bad-request': { status: 400, title: 'The request is not valid' },
  unauthorized: { status: 401, title: 'An access key is needed' },
  forbidden: { status: 403, title: 'This is not allowed' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  conflict: { status: 409, title: 'This does not fit what is there' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'This kind of content is not understood here' },
  unreadable: { status: 422, title: 'The source cannot be read' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on the server' },
  unavailable: { status: 503, title: 'Not ready yet' },
} as const;

export type ProblemKind = keyof typeof problemKinds;

/** A failure that the client gets as an RFC 9457 problem document. Thrown by routes and hooks. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly kind: ProblemKind,
    readonly detail: string,
    more: { errors?: readonly FieldError[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }

  get statusCode(): number {
    return problemKinds[this.kind].status;
  }
}

/** The problem of a request with one wrong field; `message` is a sentence, or the part of one that follows the field's name. */
export function wrongField(field: string, message: string, kind: ProblemKind = 'bad-request'): ApiProblem {
  const detail = /^[A-Z"]/.test(message) ? message : `${field} ${message}.`;
  return new ApiProblem(kind, detail, { errors: [{ field, message }] });
}
