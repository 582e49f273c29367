import type { ComponentChild } from 'preact';
import { dayMs } from '../calendar';
import { moment } from '../format';
import { NumberAxis, TimeAxis } from './axes';
import type { Plot } from './frame';
import { linear, time, type Interval, type Scale } from './scale';

/** What lies along the foot of a picture: a place for each position, the words for it, and the axis. */
export interface Foot {
  /** Rising. */
  places: number[];
  scale: (domain: Interval, range: Interval) => Scale;
  tell: (index: number) => string;
  /** What stands under the hair's own label steps back. */
  axis: (plot: Plot, x: Scale, covered: Interval | null) => ComponentChild;
}

/** True where bars are at least a day apart, so that the hour says nothing. */
export const isDaily = (times: number[]) => times.length < 2 || (times[times.length - 1] - times[0]) / (times.length - 1) >= 0.9 * dayMs;

export const overTime = (times: number[]): Foot => ({
  places: times,
  scale: time,
  tell: i => moment(times[i], isDaily(times)),
  axis: (plot, x, covered) => <TimeAxis plot={plot} x={x} covered={covered} />,
});

export const overNumbers = (places: number[], format: (value: number, digits?: number) => string): Foot => ({
  places,
  scale: linear,
  tell: i => format(places[i], 1),
  axis: (plot, x, covered) => <NumberAxis plot={plot} x={x} covered={covered} format={value => format(value, 0)} />,
});
