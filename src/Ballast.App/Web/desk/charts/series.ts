/** Which colour of the tokens a mark has; a seventh and later asset is `rest` and is told apart by its name. */
export type Series = 1 | 2 | 3 | 4 | 5 | 6 | 'rest';

export const seriesAt = (index: number): Series => (index < 6 ? index + 1 : 'rest') as Series;
