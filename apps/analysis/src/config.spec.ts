import { readSettings } from './config';
import { testSettings } from './testing/settings';

it('finds the model beside the code, unless MODEL_DIR is set', () => {
  expect(testSettings({ LAMBDA_TASK_ROOT: '/var/task' })).toMatchObject({ modelDirectory: '/var/task/model', scoreText: 'title', maxReceives: 5 });
  expect(testSettings({ LAMBDA_TASK_ROOT: '/var/task', MODEL_DIR: '/opt/model' })).toMatchObject({ modelDirectory: '/opt/model' });
});

it('stops the cold start at a bad value, naming every variable in one line', () => {
  expect(() => readSettings({ TABLE_NAME: 'news', SCORE_TEXT: 'summary' })).toThrow(
    /^DEAD_LETTER_QUEUE_URL must be set to .*; SCORE_TEXT must be title or title\+summary \(it is "summary"\)$/,
  );
});

it('warns of a variable that is probably misspelt', () => {
  const warned: string[] = [];
  readSettings({ TABLE_NAME: 'news', DEAD_LETTER_QUEUE_URL: 'https://sqs.example/dead', SCORING_THREAD: '4' }, (sentence) => warned.push(sentence));
  expect(warned).toEqual(['SCORING_THREAD looks like a misspelt setting; SCORING_THREADS was probably meant.']);
});
