import { addKey } from '../../src/modules/identity/index.ts';
import { type Actor, systemActor } from '../../src/platform/command.ts';
import type { Role } from '../../src/shared/roles.ts';
import type { World } from './world.ts';

interface KeyParts {
  readonly role?: Exclude<Role, 'admin'>;
  readonly placeId: string;
  readonly days?: number;
  readonly name?: string;
}

/** A key of the owner's making. */
export const makeKey = (
  world: World,
  { role = 'officer', placeId, days = 90, name = 'Hệ thống thử' }: KeyParts,
  by: Actor = systemActor,
) => world.execute(addKey, by, { name, role, placeId, days });

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the door answers
  readonly body: any;
}

/** Asks one use case as another system does. */
export const asking =
  (url: string, secret?: string) =>
  async (name: string, input: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${url}/api/${name}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        ...headers,
      },
      body: typeof input === 'string' ? input : JSON.stringify(input),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
