import { ProblemError } from './errors';

const refused = (field: string, message: string) =>
  new ProblemError({ type: 'about:blank', title: 'Bad request', status: 400, instance: '/api/v1/topics', errors: [{ field, message }] }).message;

describe('a problem in words for a reader', () => {
  it('is a sentence as it came', () => expect(refused('url', 'The address must begin with http:// or https://.')).toBe('The address must begin with http:// or https://.'));

  it('is one too where it begins with the name of a host', () => expect(refused('url', 'a.example could not be reached.')).toBe('a.example could not be reached.'));

  it.each([['anyOf[0]', 'A phrase under “any of these”'], ['name', 'The name'], ['limit', 'limit']])('names the field %s', (field, name) =>
    expect(refused(field, 'must be at most 100 characters')).toBe(`${name} must be at most 100 characters`));
});
