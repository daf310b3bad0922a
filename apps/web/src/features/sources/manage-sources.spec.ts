import { groupNames, isInGroup, readGroup } from '../../state/groups';
import { failing, sourcesAt } from '../../testing/mock-data';
import { ALL_GROUPS, chosenSources, idsBetween, NO_GROUP, type Choice } from './manage-sources';

const made = sourcesAt(0)
  .slice(0, 4)
  .map((source, index) => ({ ...source, groups: [['News/World'], ['news'], ['Tech'], []][index]! }));
const sources = made.map((source, index) => (index === 3 ? failing(source, 0, 'No.') : source));
const all: Choice = { search: '', state: '', group: ALL_GROUPS, order: 'name' };
const names = (choice: Partial<Choice>) => chosenSources(sources, { ...all, ...choice }).map(({ name }) => name);

describe('many sources', () => {
  it('are searched by name, address and group, and narrowed to a state or a group', () => {
    expect(names({})).toEqual(['Al Jazeera', 'BBC News', 'Example Times', 'The Guardian']);
    expect(names({ search: ' example guardian ' })).toEqual(['The Guardian']);
    expect(names({ search: 'world' })).toEqual(['The Guardian']);
    expect(names({ state: 'failing' })).toEqual(['Al Jazeera']);
    expect(names({ group: 'NEWS' })).toEqual(['BBC News', 'The Guardian']);
    expect(names({ group: NO_GROUP })).toEqual(['Al Jazeera']);
  });

  it('are sorted by trouble, group and articles', () => {
    const other = sources.map((source, index) => (index === 0 ? failing(source, 0, 'No.') : source));
    expect(
      chosenSources(other, { ...all, order: 'trouble' })
        .map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['Al Jazeera', 'The Guardian']);
    expect(names({ order: 'group' })).toEqual(['BBC News', 'The Guardian', 'Example Times', 'Al Jazeera']);
    expect(names({ order: 'articles' })[0]).toBe('Al Jazeera');
  });

  it('are selected from one to another', () => {
    const ids = sources.map(({ id }) => id);
    expect(idsBetween(sources, ids[2]!, ids[0]!)).toEqual(ids.slice(0, 3));
    expect(idsBetween(sources, 'gone', ids[1]!)).toEqual([ids[1]]);
  });

  it('have groups, and a group contains those below it', () => {
    expect(groupNames(sources)).toEqual(['News', 'News/World', 'Tech']);
    expect(isInGroup({ groups: ['Newspapers'] }, 'News')).toBe(false);
    expect([readGroup(' News / World '), readGroup('a//b'), readGroup('a/b/c/d/e'), readGroup(''), readGroup('a\nb'), readGroup(null)]).toEqual([
      'News/World',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
