import { ProblemError } from './errors';

const refused = (field: string, message: string) =>
  new ProblemError({ type: 'about:blank', title: 'Bad request', status: 400, instance: '/api/v1/topics', errors: [{ field, message }] }).message;

describe('the words for a problem', () => {
  it('are a sentence, unchanged', () =>
    expect(refused('url', 'The address must begin with http:// or https://.')).toBe('The address must begin with http:// or https://.'));

  it('are an unchanged sentence too if it begins with a host name', () =>
    expect(refused('url', 'a.example could not be reached.')).toBe('a.example could not be reached.'));

  it.each([
    ['anyOf[0]', 'A phrase under “any of these”'],
    ['name', 'The name'],
    ['limit', 'limit'],
  ])('name the field %s', (field, name) => expect(refused(field, 'must be at most 100 characters')).toBe(`${name} must be at most 100 characters`));
});
