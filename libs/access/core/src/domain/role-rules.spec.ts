import { readRoleRule, roleOf, type Claims, type RoleRules } from './role-rules';

const rule = (text: string) => {
  const read = readRoleRule(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};
const rules = (lists: Partial<Record<keyof RoleRules, string[]>>): RoleRules => ({
  read: [],
  write: [],
  admin: [],
  ...Object.fromEntries(Object.entries(lists).map(([role, texts]) => [role, texts.map(rule)])),
});

describe('who gets which role', () => {
  const given = rules({ read: ['*'], write: ['groups=editors', 'anna@example.org'], admin: ['https://example.org/roles=a=b', 'staff=true'] });

  it.each<[string, Claims, string]>([
    ['everybody else reads', {}, 'read'],
    ['one of several groups', { groups: ['readers', 'editors'] }, 'write'],
    ['a group alone, not in a list', { groups: 'editors' }, 'write'],
    ['another group', { groups: ['Editors', 'editors ', 'editorsx'] }, 'read'],
    ['no group, but an object', { groups: [{ toString: 'editors' }, ['editors']] }, 'read'],
    ['a verified e-mail address, in any case', { email: 'Anna@Example.org', email_verified: true }, 'write'],
    ['an e-mail address that nobody verified', { email: 'anna@example.org' }, 'read'],
    ['an e-mail address that is said not to be verified', { email: 'anna@example.org', email_verified: 'true' }, 'read'],
    ['the greatest of two', { groups: ['editors'], 'https://example.org/roles': 'a=b' }, 'admin'],
    ['a claim that is no text', { staff: true }, 'admin'],
  ])('%s', (_what, claims, role) => expect(roleOf(claims, given)).toBe(role));

  it('nobody gets one if no rule fits', () => {
    const few = rules({ write: ['groups=editors', 'constructor=x'] });
    for (const claims of [{}, { groups: [] }, { groups: null }, { group: 'editors' }, { email: 'editors' }]) expect(roleOf(claims, few)).toBeUndefined();
    expect(roleOf({}, rules({ read: [`constructor=${String(Object)}`] }))).toBeUndefined();
  });
});

it.each(['', 'editors', '=editors', 'groups=', 'anna@', '@example.org', 'a@b@c', 'anna @example.org', '**'])('"%s" is not a valid rule', (text) => {
  expect(readRoleRule(text)).toEqual({ ok: false, error: { message: expect.stringContaining('groups=editors') } });
});
