import { checkRule, checkTopic, isSameRule, topicIdOf } from './topic-form';

const rule = { anyOf: ['gas'], allOf: [], noneOf: [] };

describe('checkTopic', () => {
  it('trims names and phrases', () => {
    const form = { name: '  Oil  and gas ', anyOf: [' gas  price ', 'gas price', ''], allOf: ['é'], noneOf: [] };
    expect(checkTopic(form)).toEqual({ ok: true, value: { name: 'Oil and gas', anyOf: ['gas price'], allOf: ['é'], noneOf: [] } });
  });

  it.each([
    [{ ...rule, name: ' ' }, 'name', 'required'],
    [{ ...rule, name: 'a\u202eb' }, 'name', 'hidden'],
    [{ ...rule, name: 'x'.repeat(81) }, 'name', 'too-long'],
    [{ name: 'a', anyOf: [' '], allOf: [], noneOf: ['b'] }, 'anyOf', 'required'],
    [{ name: 'a', anyOf: [], allOf: ['x'.repeat(101)], noneOf: [] }, 'allOf', 'too-long'],
    [{ ...rule, name: 'a', noneOf: ['🙂'] }, 'noneOf', 'no-words'],
    [{ name: 'a', anyOf: Array.from({ length: 101 }, (_, index) => `p${index}`), allOf: [], noneOf: [] }, 'anyOf', 'too-many'],
  ])('refuses an invalid topic and names the field (%#)', (form, field, code) => {
    expect(checkTopic(form)).toMatchObject({ ok: false, error: { field, code } });
  });

  it('accepts a rule that only has phrases of which all must occur', () => expect(checkRule({ anyOf: [], allOf: ['a'], noneOf: [] }).ok).toBe(true));
});

it('two rules are equal whatever the order of their phrases', () => {
  const other = { ...rule, anyOf: ['a', 'b'] };
  const turned = { ...other, anyOf: ['b', 'a'] };
  expect([isSameRule(other, turned), isSameRule(turned, other), isSameRule(other, rule), isSameRule(rule, { ...rule, noneOf: ['x'] })]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it.each([
  ['Énergie & Gas!', 'energie-gas'],
  ['  ', 'topic'],
  ['日本', 'topic'],
  ['x'.repeat(60), 'x'.repeat(40)],
])('the id of %j is %s', (name, id) => {
  expect(topicIdOf(name)).toBe(id);
});
