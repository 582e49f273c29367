// Times in UTC, in words that any reader of the report understands the same way.
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const dayMs = 86_400_000;

export const year = (time: Date) => String(time.getUTCFullYear());
export const month = (time: Date) => months[time.getUTCMonth()];
export const monthOfYear = (time: Date) => `${month(time)} ${year(time)}`;
export const day = (time: Date) => `${time.getUTCDate()} ${month(time)}`;
export const date = (time: Date) => `${day(time)} ${year(time)}`;
export const hour = (time: Date) => time.toISOString().slice(11, 16);
