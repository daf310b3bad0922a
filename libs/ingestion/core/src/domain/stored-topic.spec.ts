import { filled, filledTo, matchedRules, waitingJobs, type StoredTopic } from './stored-topic';

const rule = { anyOf: ['gas'], allOf: [], noneOf: [] };
const other = { anyOf: ['oil'], allOf: [], noneOf: [] };
const isNew: StoredTopic = { id: 'new', version: 1, changedAt: 5, versions: { 1: { rule } } };
const isReady: StoredTopic = { id: 'ready', version: 3, readyVersion: 3, changedAt: 1, versions: { 3: { rule } } };
const isChanged: StoredTopic = {
  id: 'changed',
  version: 4,
  readyVersion: 2,
  changedAt: 2,
  versions: { 2: { rule }, 4: { rule: other, position: 'somewhere' } },
};
const job = { topicId: 'changed', version: 4, ...other };

describe('the versions of topics', () => {
  it('are matched with new articles if readers see them or a back-fill is running; the topic changed last comes last', () => {
    expect(matchedRules([isNew, isChanged, isReady])).toEqual([
      { topicId: 'ready', version: 3, ...rule },
      { topicId: 'changed', version: 2, ...rule },
      { topicId: 'changed', version: 4, ...other },
      { topicId: 'new', version: 1, ...rule },
    ]);
  });

  it('wait for a back-fill, with its position, if readers do not see the latest; by id if they changed at the same time', () => {
    expect(waitingJobs([isNew, isReady, isChanged])).toEqual([
      { ...job, position: 'somewhere' },
      { topicId: 'new', version: 1, ...rule },
    ]);
    expect(waitingJobs([isNew, { ...isChanged, changedAt: 5 }]).map(({ topicId }) => topicId)).toEqual(['changed', 'new']);
  });

  it('are not matched if their phrases are missing', () => {
    expect(matchedRules([{ ...isNew, versions: {} }])).toEqual([]);
  });

  it('record the position of their back-fill', () => {
    expect(filledTo(isChanged, job, 'further').versions).toEqual({ 2: { rule }, 4: { rule: other, position: 'further' } });
    expect(filledTo(isChanged, job, undefined).versions).toEqual({ 2: { rule }, 4: { rule: other } });
  });

  it('are seen by readers when they are filled, and replace the previous one', () => {
    expect(filled(isChanged, job)).toEqual({ ...isChanged, readyVersion: 4, versions: { 4: { rule: other } } });
  });

  it.each([
    ['superseded', { ...isChanged, version: 5, versions: { ...isChanged.versions, 5: { rule } } }],
    ['filled already', { ...isChanged, readyVersion: 4 }],
    ['gone', { ...isChanged, versions: { 2: { rule } } }],
  ])('stay unchanged if the filled version is %s', (_why, topic: StoredTopic) => {
    expect(filledTo(topic, job, 'further')).toBe(topic);
    expect(filled(topic, job)).toBe(topic);
  });
});
