// Exact decimal numbers as text. What a venue sends is never made a float: JSON numbers become strings before anyone parses them.

/** A number that cannot be carried exactly. */
export class Inexact extends Error {}

const maxDigits = 28; // What the other side's decimal holds.

/** The plain decimal of what a venue sent: no exponent, no plus, no zeros that say nothing. */
export function exact(value: unknown, what = 'a number'): string {
    if (typeof value === 'number') return exact(shortOf(value, what), what);
    if (typeof value !== 'string') throw new Inexact(`${what} is missing`);
    const parts = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(value.trim());
    if (!parts) throw new Inexact(`${what} is no number`);
    const [, sign, whole, fraction = '', exponent = '0'] = parts;
    const plain = shifted(whole!, fraction, Number(exponent));
    if (plain.replace('.', '').replace(/^0+/, '').length > maxDigits || (plain.split('.')[1] ?? '').length > maxDigits)
        throw new Inexact(`${what} has more digits than can be carried`);
    return sign === '-' && plain !== '0' ? '-' + plain : plain;
}

/** The same, and absent where the venue says nothing. */
export function exactOr<T>(value: unknown, otherwise: T, what?: string): string | T {
    return value === undefined || value === null || value === '' ? otherwise : exact(value, what);
}

/** Whether two decimals are the same number. */
export const same = (a: string, b: string): boolean => exact(a) === exact(b);

/** Whether a decimal is zero. */
export const isZero = (a: string): boolean => exact(a) === '0';

/** A hundredth of a decimal. */
export const hundredth = (value: unknown): string => exact(`${exact(value)}e-2`);

export const negated = (value: string): string => value === '0' ? value : value.startsWith('-') ? value.slice(1) : '-' + value;

/** JSON with its numbers as strings, digit for digit. */
export function losslessJson(text: string): unknown {
    return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, token => token.startsWith('"') ? token : `"${plainOf(token)}"`));
}

const plainOf = (number: string): string => /[eE]/.test(number) ? exact(number) : number;

// A float is trusted as far as every decimal of that many digits survives it.
function shortOf(value: number, what: string): string {
    const text = String(value);
    if (!Number.isFinite(value) || text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').length > 15) throw new Inexact(`${what} came as a float that may have lost digits`);
    return text;
}

function shifted(whole: string, fraction: string, exponent: number): string {
    const digits = whole + fraction;
    const point = whole.length + exponent;
    const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
    const at = point <= 0 ? 1 : point;
    const left = padded.slice(0, at).replace(/^0+(?=\d)/, '');
    const right = padded.slice(at).replace(/0+$/, '');
    return right ? `${left}.${right}` : left;
}
