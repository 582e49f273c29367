// Exact decimals: whole numbers of 10^-18. Nothing in the books is ever a float.

export type D = bigint;

const PLACES = 18;
const ONE = 10n ** BigInt(PLACES);

export const zero: D = 0n;

/** Reads a decimal without an exponent; throws on anything else. */
export function d(text: string | number): D {
    const match = /^(-?)(\d*)\.?(\d*)$/.exec(plain(text));
    if (!match || (match[2] === '' && match[3] === '') || match[3]!.length > PLACES) throw new RangeError(`'${text}' is no decimal`);
    const value = BigInt((match[2] || '0') + match[3]!.padEnd(PLACES, '0'));
    return match[1] ? -value : value;
}

const plain = (text: string | number): string => typeof text === 'number' ? text.toFixed(12).replace(/\.?0+$/, '') : text.trim();

/** All digits and no more; `places` pads to a venue's fixed form. */
export function str(value: D, places?: number): string {
    const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, '0');
    const [whole, part] = [digits.slice(0, -PLACES), digits.slice(-PLACES)];
    const cut = places === undefined ? part.replace(/0+$/, '') : part.slice(0, places);
    return (value < 0n ? '-' : '') + whole + (cut === '' ? '' : `.${cut}`);
}

export const num = (value: D): number => Number(str(value));
export const mul = (a: D, b: D): D => a * b / ONE;
export const div = (a: D, b: D): D => a * ONE / b;
export const min = (a: D, b: D): D => a < b ? a : b;
export const abs = (a: D): D => a < 0n ? -a : a;

/** Down to a multiple of a step. */
export const floor = (a: D, step: D): D => a - (a % step + step) % step;

export const isMultiple = (a: D, step: D): boolean => a % step === 0n;
