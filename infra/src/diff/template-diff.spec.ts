import { describeDifferences, diffTemplates, type Template } from './template-diff';

const before: Template = {
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { Name: 'a', Indexes: ['x', 'y'] } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { Name: 'q' }, DeletionPolicy: 'Retain' },
    Old: { Type: 'AWS::SNS::Topic' },
  },
};
const after: Template = {
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { Name: 'a', Indexes: ['x', 'z'], Ttl: { On: true } } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { Name: 'q' }, DeletionPolicy: 'Retain' },
    New: { Type: 'AWS::Lambda::Function', Properties: {} },
  },
};

it('shows what is added, what is removed, and where the rest differs', () => {
  expect(diffTemplates(before, after)).toEqual([
    { kind: 'added', id: 'New', type: 'AWS::Lambda::Function', places: [] },
    { kind: 'removed', id: 'Old', type: 'AWS::SNS::Topic', places: [] },
    {
      kind: 'changed',
      id: 'Table',
      type: 'AWS::DynamoDB::Table',
      places: [
        { place: 'Properties.Indexes', before: ['x', 'y'], after: ['x', 'z'] },
        { place: 'Properties.Ttl', before: undefined, after: { On: true } },
      ],
    },
  ]);
});

it('finds no difference between a template and itself', () => {
  expect(diffTemplates(after, structuredClone(after))).toEqual([]);
  expect(describeDifferences('stack', [])).toBe('stack: no difference\n');
});

it('is readable, also with long values', () => {
  const text = describeDifferences(
    'stack',
    diffTemplates(before, {
      Resources: { ...before.Resources, Queue: { Type: 'AWS::SQS::Queue', Properties: { Name: 'q'.repeat(500) }, DeletionPolicy: 'Retain' } },
    }),
  );
  expect(text).toMatch(/^stack: 1 resource differs\n {2}~ AWS::SQS::Queue Queue\n {6}Properties\.Name: "q" -> "q{119}…\n$/);
});

it('treats a stack that does not exist yet as one without resources', () => {
  expect(diffTemplates({}, after).map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
});
