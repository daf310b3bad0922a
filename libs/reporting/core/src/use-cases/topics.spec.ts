import { ManualClock } from '@barometer/kernel';
import { fakeTopics } from '../testing/fakes';
import { AddTopic } from './add-topic.use-case';
import { ChangeTopic } from './change-topic.use-case';
import { ListTopics } from './list-topics.use-case';
import { RemoveTopic } from './remove-topic.use-case';

const rule = { anyOf: [' gas  price'], allOf: [], noneOf: [] };

describe('topics', () => {
  const deps = () => ({ topics: fakeTopics(), clock: new ManualClock(7) });

  it('are added with trimmed phrases, under a unique id', async () => {
    const all = deps();
    const add = new AddTopic(all);
    const topic = { id: 'energy', name: 'Energy', anyOf: ['gas price'], allOf: [], noneOf: [], version: 1, createdAt: 7, changedAt: 7 };
    expect(await add.execute({ name: 'Energy ', ...rule })).toEqual({ ok: true, value: topic });
    expect(await add.execute({ name: 'energy', ...rule })).toMatchObject({ ok: true, value: { id: 'energy-2' } });
    expect(await add.execute({ name: 'x', anyOf: [], allOf: [], noneOf: [] })).toMatchObject({ ok: false, error: { field: 'anyOf' } });
    expect(await all.topics.find('energy')).toEqual(topic);
  });

  it('are listed by name, changed and removed', async () => {
    const all = deps();
    for (const name of ['Water', 'Energy']) await new AddTopic(all).execute({ name, ...rule });
    expect((await new ListTopics(all).execute()).map(({ name }) => name)).toEqual(['Energy', 'Water']);
    all.clock.set(9);
    expect(await new ChangeTopic(all).execute('water', { name: ' Rain ', ...rule })).toMatchObject({
      ok: true,
      value: { name: 'Rain', anyOf: ['gas price'], changedAt: 9 },
    });
    expect(await new ChangeTopic(all).execute('none', { name: 'x', ...rule })).toEqual({ ok: false, error: { code: 'not-found' } });
    expect(await new ChangeTopic(all).execute('water', { name: '', ...rule })).toMatchObject({ ok: false, error: { field: 'name' } });
    expect([await new RemoveTopic(all).execute('water'), await new RemoveTopic(all).execute('water')]).toEqual([true, false]);
  });
});
