// The golden messages of protocol/ are what its schemas say, and what is bad there is refused.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fault, names } from '../src/protocol';

const protocol = join(process.cwd(), '../protocol');
const read = (path: string): any => JSON.parse(readFileSync(join(protocol, path), 'utf8'));
const files = readdirSync(join(protocol, 'golden')).map(f => read(`golden/${f}`));
const methods = files.filter(f => f.method);
const notifications = files.find(f => !f.method);

for (const { method, cases, bad } of methods) {
    test(`${method}: every golden message is what the schema says`, () => {
        for (const { name, params, result } of cases) {
            assert.equal(fault(`${method}.params`, params), null, name);
            assert.equal(fault(`${method}.result`, result), null, name);
        }
    });
    for (const { name, of, value } of bad) test(`${method}: refused: ${name}`, () => assert.notEqual(fault(`${method}.${of}`, value), null));
}

test('every golden notification is what the schema says, and the bad ones are not', () => {
    for (const { name, method, params } of notifications.cases) assert.equal(fault(`${method}.notification`, params), null, name);
    for (const { name, method, params } of notifications.bad) assert.notEqual(fault(`${method}.notification`, params), null, name);
});

test('every message that has a schema has a golden message', () => {
    const shown = new Set([...methods.flatMap(m => [`${m.method}.params`, `${m.method}.result`]), ...notifications.cases.map((c: any) => `${c.method}.notification`)]);
    assert.deepEqual(names.filter(n => n.includes('.') && !shown.has(n)), []);
});

test('every sheet is what its schema says', () => {
    const valid = new Ajv2020({ strict: false }).compile(read('schemas/venue-sheet.schema.json'));
    for (const file of readdirSync(join(protocol, 'venues'))) assert.ok(valid(read(`venues/${file}`)), `${file}: ${JSON.stringify(valid.errors)}`);
});
