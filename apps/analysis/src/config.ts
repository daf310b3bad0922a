import { join } from 'node:path';
import { environmentName } from '@barometer/aws';
import { readEnvironment, retentionOf, retentionSettings, text, whole, type Environment, type WarnOfSetting } from '@barometer/kernel';
import * as z from 'zod';

const schema = z.object({
  ENVIRONMENT: environmentName.default('dev'),
  TABLE_NAME: text('the name of the DynamoDB table'),
  ...retentionSettings,
  DEAD_LETTER_QUEUE_URL: z.url({ error: 'must be set to the address of the dead-letter queue' }),
  /** Set by Lambda: the folder of the code. */
  LAMBDA_TASK_ROOT: z.string().default('.'),
  /** Default: `model` beside the code. */
  MODEL_DIR: z.string().optional(),
  SCORE_TEXT: z.enum(['title', 'title+summary'], { error: 'must be title or title+summary' }).default('title'),
  SCORING_THREADS: whole(1, 6).optional(),
  /**
   * Attempts per article. The queue must deliver a message two more times before it moves it to the dead-letter queue:
   * its maxReceiveCount is larger by two.
   */
  MAX_RECEIVES: whole(1, 100).default(5),
});

export type Settings = ReturnType<typeof readSettings>;

/** The settings of the analysis function. `warn` hears of variables that are probably misspelt. @throws SettingsError naming every variable that cannot be used */
export function readSettings(environment: Environment, warn?: WarnOfSetting) {
  const value = readEnvironment(schema, environment, { warn });
  return {
    environment: value.ENVIRONMENT,
    tableName: value.TABLE_NAME,
    /** How long articles and counts are kept; the same in all three functions. */
    retention: retentionOf(value),
    deadLetterQueueUrl: value.DEAD_LETTER_QUEUE_URL,
    modelDirectory: value.MODEL_DIR ?? join(value.LAMBDA_TASK_ROOT, 'model'),
    scoreText: value.SCORE_TEXT,
    scoringThreads: value.SCORING_THREADS,
    maxReceives: value.MAX_RECEIVES,
  };
}
