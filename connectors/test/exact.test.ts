// Numbers cross digit for digit, or not at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exact, hundredth, Inexact, losslessJson, same } from '../src/exact';

test('plain decimals of every form a venue sends', () => {
    for (const [from, to] of [['1.50', '1.5'], ['0.00000000', '0'], ['-0', '0'], ['1e-7', '0.0000001'], ['2.5E+3', '2500'], ['007', '7'], ['+1', '1'], ['12345678901234567890.12345678', '12345678901234567890.12345678'], ['.5', undefined], ['', undefined], ['NaN', undefined], ['1,5', undefined]] as const)
        if (to === undefined) assert.throws(() => exact(from), Inexact); else assert.equal(exact(from), to);
});

test('a float is taken only as far as no digit of it can be lost', () => {
    assert.equal(exact(0.1), '0.1');
    assert.equal(exact(1e-8), '0.00000001');
    assert.throws(() => exact(0.1 + 0.2), Inexact);
    assert.throws(() => exact(Number.NaN), Inexact);
});

test('what a decimal of 28 digits cannot hold is refused', () => {
    assert.equal(exact('0.' + '0'.repeat(27) + '1').length, 30);
    assert.throws(() => exact('0.' + '0'.repeat(28) + '1'), Inexact);
    assert.throws(() => exact('1'.repeat(29)), Inexact);
});

test('numbers in JSON become text without a float in between, and text stays text', () => {
    const read = losslessJson('{"a":1.10,"b":[0.1000000000000000055,-2e-8],"c":"say \\"1.5\\": 2","d":9007199254740993,"e":null,"f":true}') as any;
    assert.deepEqual(read, { a: '1.10', b: ['0.1000000000000000055', '-0.00000002'], c: 'say "1.5": 2', d: '9007199254740993', e: null, f: true });
});

test('a hundredth, and equality of figures', () => {
    assert.equal(hundredth('55.3'), '0.553');
    assert.ok(same('1.50', '1.5') && !same('1.5', '1.51'));
});

test('any decimal survives its way through JSON', () => {
    let seed = 7;
    const next = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
    for (let i = 0; i < 2000; i++) {
        const digits = Array.from({ length: 1 + next(20) }, () => next(10)).join('');
        const at = next(digits.length);
        const text = at === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
        const number = text.replace(/^0+(?=\d)/, '');
        assert.equal(exact((losslessJson(`{"n":${number}}`) as any).n), exact(text));
    }
});
