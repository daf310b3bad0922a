export type AnalysisErrorCode = 'timeout' | 'busy' | 'failed' | 'unreadable';

const publicMessages: Record<AnalysisErrorCode, string> = {
  timeout: 'The analysis did not answer in time; try again.',
  busy: 'The analysis has too much to do at the moment; try again in a while.',
  failed: 'The analysis failed; its log says why.',
  unreadable: 'The analysis gave an answer that cannot be read.',
};

/** Why the Analysis function gave no sentiments. `publicMessage` is for the client, the message for the log. */
export class AnalysisError extends Error {
  override readonly name = 'AnalysisError';
  readonly statusCode = 503;
  readonly publicMessage: string;

  constructor(
    readonly code: AnalysisErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.publicMessage = publicMessages[code];
  }
}
