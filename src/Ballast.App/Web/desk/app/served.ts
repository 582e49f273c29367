// What the service says besides, which no page shows; together with types.ts the description of the API is made of it.
import type { KeptPlan, Loop } from './types';

export interface Health { state: 'ok' | 'late' | 'blind' | 'stopped'; reason: string; at: string; started?: string; version?: string; portfolios?: number; unreadable?: number; loops?: { fresh: number; late: number; stale: number; ended: number } }

export interface Left { left: boolean }

export interface Raised { until: string }

export interface Invited { link: string; until: string }

export interface Named { id: string; name: string; file: string }

export interface Portfolios { items: Named[]; next: string | null }

export interface Running { loop: Loop | null; plan: KeptPlan | null }

export interface Told { told: 'approve' | 'decline' | 'stop' | 'accept'; plan?: string; by?: string; account?: string }

export interface Written { id: string; written: string[]; folder: string }

export interface Previewed { policy: string; status: unknown }
