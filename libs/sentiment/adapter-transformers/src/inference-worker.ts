import { parentPort, workerData } from 'node:worker_threads';
import { ModelError } from './errors';
import { CLOSE, type InferenceReply, type InferenceRequest } from './inference-messages';
import { ModelSession, type SessionOptions } from './model-session';

// The entry of the thread that holds the model. Requests run concurrently: each yields between its batches, so that a single text is answered while
// a long list is still being processed.
const reply = (message: InferenceReply, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function answer(session: ModelSession, { id, texts }: InferenceRequest): Promise<void> {
  try {
    const logits = (await session.logits(texts)).slice();
    reply({ kind: 'logits', id, logits }, [logits.buffer]);
  } catch (error) {
    reply({ kind: 'error', id, message: messageOf(error) });
  }
}

ModelSession.open(workerData as SessionOptions).then(
  (session) => {
    // Messages arrive between two batches; to end the thread within a batch would end the process.
    parentPort?.on('message', (request: InferenceRequest | typeof CLOSE) => (request === CLOSE ? process.exit(0) : void answer(session, request)));
    reply({ kind: 'loaded' });
  },
  (error: unknown) => reply({ kind: 'unusable', message: messageOf(error), file: error instanceof ModelError ? error.file : undefined }),
);
