import { deployedTemplates } from './deployed-templates';

const template = { Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } };
const failing = (error: object) => () => {
  throw Object.assign(new Error('it failed'), error);
};

it('requests each stack by its name, and accepts a body as JSON or as text', () => {
  const asked: string[] = [];
  const aws = (args: readonly string[]) => {
    asked.push(args.join(' '));
    return JSON.stringify({ TemplateBody: asked.length === 1 ? template : JSON.stringify(template) });
  };
  expect(deployedTemplates(['one', 'two'], aws)).toEqual({ one: template, two: template });
  expect(asked[0]).toBe('cloudformation get-template --stack-name one --template-stage Original --output json');
});

it('leaves out a stack that does not exist yet', () => {
  const stderr = 'An error occurred (ValidationError) when calling the GetTemplate operation: Stack with id one does not exist';
  expect(deployedTemplates(['one'], failing({ stderr }))).toEqual({});
});

it.each([
  ['no AWS command line', { code: 'ENOENT' }, 'needs the AWS command line ("aws"), which is not here.'],
  [
    'credentials that have expired',
    { stderr: 'An error occurred (ExpiredToken)\n' },
    'AWS does not tell what one was deployed from: An error occurred (ExpiredToken)',
  ],
])('says so with %s', (_what, error, words) => {
  expect(() => deployedTemplates(['one'], failing(error))).toThrow(words);
});
