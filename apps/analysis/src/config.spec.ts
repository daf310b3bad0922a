import { readSettings } from './config';
import { testSettings } from './testing/settings';

it('finds the model beside the code, unless told otherwise', () => {
  expect(testSettings({ LAMBDA_TASK_ROOT: '/var/task' })).toMatchObject({ modelDirectory: '/var/task/model', scoreText: 'title', maxReceives: 5 });
  expect(testSettings({ LAMBDA_TASK_ROOT: '/var/task', MODEL_DIR: '/opt/model' })).toMatchObject({ modelDirectory: '/opt/model' });
});

it('stops the cold start at a bad value, naming every variable in one line', () => {
  expect(() => readSettings({ TABLE_NAME: 'news', SCORE_TEXT: 'summary' })).toThrow(
    /^DEAD_LETTER_QUEUE_URL must be set to .*; SCORE_TEXT must be title or title\+summary \(it is "summary"\)$/,
  );
});
