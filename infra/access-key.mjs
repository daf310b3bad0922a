// Makes an access key for the store on AWS, whose dashboard serves nothing without one. Shows the key, this once, and
// writes the item that the table keeps of it, its digest, to dist/infra/access-key.json.
//
//   node infra/access-key.mjs write "the laptop"
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [role, name] = process.argv.slice(2);
if ((role !== 'read' && role !== 'write') || !name) {
  process.stderr.write('Say what the key may do and whose it is: node infra/access-key.mjs read|write NAME\n');
  process.exit(2);
}

const id = randomBytes(4).toString('hex');
const key = `bar_${id}_${randomBytes(32).toString('hex')}`;
const digest = createHash('sha256').update(key).digest('hex');
const item = {
  pk: { S: 'KEYS' }, sk: { S: id }, v: { N: '1' }, id: { S: id }, name: { S: name }, role: { S: role }, digest: { S: digest }, createdAt: { N: String(Date.now()) },
};

const folder = join(import.meta.dirname, '..', 'dist', 'infra');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'access-key.json'), `${JSON.stringify(item, null, 2)}\n`);
process.stdout.write(`${key}\n`);
