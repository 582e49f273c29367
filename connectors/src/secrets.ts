// What may appear nowhere: not in a message, not in a log, not in an answer.

/** A secret as it stands in a text: as it is, in an address, in JSON, and as an answer may repeat it. */
function forms(word: string): string[] {
    const bytes = Buffer.from(word);
    return [word, encodeURIComponent(word), JSON.stringify(word).slice(1, -1), bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('hex').toUpperCase()];
}

export class Secrets {
    private readonly words: string[];

    constructor(words: (string | undefined)[]) {
        this.words = words.filter((w): w is string => w !== undefined && w.length >= 4).flatMap(forms).filter(w => w.length >= 4);
    }

    /** A text with what is secret, or signed, blotted out, and not too long. */
    scrub(text: string): string {
        let clean = text;
        for (const word of this.words) clean = clean.replaceAll(word, '***');
        return clean
            .replace(/(https?:\/\/[^\s?]+)\?\S+/g, '$1')
            .replace(/((?:signature|sig|client_secret|access_token|refresh_token|listenKey|nonce)["']?\s*[=:]\s*["']?)[^&\s"',}]+/gi, '$1***')
            .replace(/(Bearer )\S+/g, '$1***')
            .replace(/\s+/g, ' ')
            .slice(0, 400);
    }
}
