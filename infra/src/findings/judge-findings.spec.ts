import accepted from './accepted-findings.json';
import { acceptedSchema, checkovFindings, judgeFindings, lintFindings, type Finding } from './judge-findings';

const finding = (check: string, resource: string): Finding => ({ check, resource, template: 'a.json', message: 'bad' });
const reason = 'a reason that is a sentence of some length';

it('leaves findings open that are not accepted for this resource, and names accepted ones that are no longer found', () => {
  const named = [
    { check: 'A1', resources: '^Store', reason },
    { check: 'B2', resources: '^Queue', reason },
  ];
  expect(judgeFindings([finding('A1', 'Store7'), finding('A1', 'Other'), finding('C3', 'Store7')], named)).toEqual({
    open: [finding('A1', 'Other'), finding('C3', 'Store7')],
    stale: [named[1]],
  });
});

it('reads the output of cfn-lint', () => {
  const printed = [
    { Filename: 'a.json', Message: 'bad', Rule: { Id: 'W3005' }, Location: { Path: ['Resources', 'Store', 'DependsOn', 0] } },
    { Filename: 'b.json', Message: 'worse', Rule: { Id: 'E0000' }, Location: { Path: null } },
  ];
  expect(lintFindings(JSON.stringify(printed))).toEqual([
    { check: 'W3005', resource: 'Store', template: 'a.json', message: 'bad' },
    { check: 'E0000', resource: '', template: 'b.json', message: 'worse' },
  ]);
  expect(lintFindings('')).toEqual([]);
});

it('reads the output of checkov, and refuses a partial one', () => {
  const failed = [{ check_id: 'CKV_AWS_1', check_name: 'bad', resource: 'AWS::SQS::Queue.Scoring', file_path: '/a.json' }];
  expect(checkovFindings(JSON.stringify({ results: { failed_checks: failed, parsing_errors: [] } }))).toEqual([
    { check: 'CKV_AWS_1', resource: 'Scoring', template: 'a.json', message: 'bad' },
  ]);
  expect(() => checkovFindings(JSON.stringify({ results: { failed_checks: [], parsing_errors: ['/b.json'] } }))).toThrow('/b.json');
  expect(() => checkovFindings('{"passed": 0}')).toThrow('no results');
});

it('has a reason for each accepted finding', () => expect(() => acceptedSchema.parse(accepted)).not.toThrow());
