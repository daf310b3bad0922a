import * as fc from 'fast-check';
import { distinctGroups, groupKey, groupName, groupOfFolders, groupsOf, isInGroup, LONGEST_GROUP, membersOf } from './groups';
import { HIDDEN_CHARACTERS_RULE } from './hidden-characters';

describe('groups', () => {
  it.each([
    [' News  / World ', 'News/World'],
    ['/Tech//AI/', 'Tech/AI'],
    ['Cafe\u0301', 'Café'],
    [`${'x'.repeat(60)}/${'y'.repeat(60)}`, `${'x'.repeat(60)}/${'y'.repeat(60)}`],
  ])('%j is named %j', (text, name) => expect(groupName(text)).toEqual({ ok: true, value: name }));

  it.each([
    ['', 'must not be empty'],
    [' / ', 'must not be empty'],
    ['a/b/c/d/e', 'must have at most 4 levels'],
    ['x'.repeat(61), 'must have at most 60 characters a level'],
    ['a\u202eb', HIDDEN_CHARACTERS_RULE],
    ['a\nb', HIDDEN_CHARACTERS_RULE],
  ])('%j is refused', (text, error) => expect(groupName(text)).toEqual({ ok: false, error }));

  it('takes folders of any name and cuts them to the limits', () => {
    expect(groupOfFolders(['News', ' World\n'])).toEqual({ name: 'News/World' });
    expect(groupOfFolders(['a', 'b ', 'c', 'd', 'e'])).toEqual({ name: 'a/b/c/d', cut: { whole: 'a/b/c/d/e', rule: 'must have at most 4 levels' } });
    expect(groupOfFolders(['x'.repeat(70)])).toEqual({
      name: 'x'.repeat(60),
      cut: { whole: 'x'.repeat(70), rule: 'must have at most 60 characters a level' },
    });
    expect(groupOfFolders(['AC/DC'])).toEqual({ name: 'AC/DC' });
    expect(groupOfFolders([' ', '/'])).toBeUndefined();
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 6 }), (folders) => {
        const group = groupOfFolders(folders);
        if (group === undefined) return;
        expect(groupName(group.name)).toEqual({ ok: true, value: group.name });
        expect([...group.name].length).toBeLessThanOrEqual(LONGEST_GROUP);
      }),
      { numRuns: 300, seed: 8 },
    );
  });

  it('contains its own members and those of groups below it, whatever the case', () => {
    const all = [{ id: 'a', groups: ['News/World'] }, { id: 'b', groups: ['news', 'Tech'] }, { id: 'c', groups: ['Newspapers'] }, { id: 'd' }];
    expect([membersOf(all, 'NEWS'), membersOf(all, 'News/World'), membersOf(all, 'World'), membersOf(all, '')]).toEqual([['a', 'b'], ['a'], [], []]);
    expect(isInGroup(undefined, 'News')).toBe(false);
    expect(groupsOf(all)).toEqual([
      { name: 'News', members: ['a', 'b'] },
      { name: 'News/World', members: ['a'] },
      { name: 'Newspapers', members: ['c'] },
      { name: 'Tech', members: ['b'] },
    ]);
  });

  it('are the same if only their case differs', () => {
    expect(distinctGroups(['News', 'NEWS ', 'Tech'])).toEqual(['News', 'Tech']);
    expect(groupKey(' News /world')).toBe('news/world');
  });
});
