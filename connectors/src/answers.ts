// What a refusal means is looked up in the venue's sheet; what is not there is ambiguous. Nothing is guessed.
import type { Asked, Meaning, Sheet } from './sheets';

/** What a venue answered, as far as it answered. */
export interface Answer { http?: number; code?: string; text: string }

export function meaningOf(sheet: Sheet, asked: Asked, answer: Answer): Meaning {
    const rule = sheet.answers.find(r =>
        (r.of === undefined || r.of === asked) &&
        (r.code === undefined || r.code === answer.code) &&
        (r.http === undefined || fits(r.http, answer.http)) &&
        (r.text === undefined || answer.text.includes(r.text)));
    return rule?.means ?? 'ambiguous';
}

const fits = (wanted: string, http: number | undefined): boolean =>
    http !== undefined && (wanted.endsWith('xx') ? Math.floor(http / 100) === Number(wanted[0]) : http === Number(wanted));
