/** What the app's own endpoints answer, beside the rooms (signalling) and the prober (nat). */
import type * as v from 'valibot';
import { listOf, object, text, yesOrNo } from '../base/schema';
import { iceServer } from '../ice/server';

/** `/api/echo`: the address that the request came from. */
export const echoAnswer = object({ address: text });
export type EchoAnswer = v.InferOutput<typeof echoAnswer>;

/** `/api/health`: ready, which version, and what its operator should change. */
export const healthAnswer = object({ ok: yesOrNo, version: text, warnings: listOf(text) });
export type HealthAnswer = v.InferOutput<typeof healthAnswer>;

/** `/api/ice-servers`: what a page of this app starts with, and what its operator should know. */
export const iceServersAnswer = object({ iceServers: listOf(iceServer), notes: listOf(text) });
export type IceServersAnswer = v.InferOutput<typeof iceServersAnswer>;
