import type { z } from 'zod';
import type { Day } from '../shared/dates.ts';
import { AppError, conflict, type FieldFault, forbidden, invalid, unavailable } from '../shared/errors.ts';
import type { Role } from '../shared/roles.ts';
import { type AuditRefs, writeAudit } from './audit.ts';
import { type Clock, today } from './clock.ts';
import type { Database, Db } from './db/connect.ts';
import type { FileStore } from './files.ts';
import type { Enqueue } from './jobs.ts';

/** A role held in an area: the place and everything below it. */
export interface Grant {
  readonly role: Role;
  readonly placeId: string;
}

/**
 * Who asks, and by which door. `userId` null = the product itself (a job, the first start). Another system that holds a
 * key is neither that nor a person: it stands under the key's own id, so that nothing can take it for the product, and
 * `keyId` says that it is nobody by name.
 */
export interface Actor {
  readonly userId: string | null;
  /** The key by which another system asks; `userId` is the same id then. */
  readonly keyId?: string | undefined;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly via: 'web' | 'cli' | 'api' | 'job';
}

/** The product acting for itself: may do everything, and is named so in the audit. */
export const systemActor: Actor = { userId: null, name: 'Lan Tỏa', grants: [], via: 'job' };

/** The person who asks: what only somebody by name can do (an approval) is judged by this. Null = nobody by name. */
export const personOf = ({ userId, keyId }: Actor): string | null => (keyId === undefined ? userId : null);

export interface Context {
  readonly tx: Db;
  readonly actor: Actor;
  readonly at: Date;
  readonly today: Day;
  /** Places in which the actor holds one of the use case's roles; null = everywhere (the product itself). */
  readonly areas: readonly string[] | null;
  readonly enqueue: Enqueue;
  /** Tells those below in the river what has become true; they react within this transaction. */
  readonly announce: (event: string, data: object) => Promise<void>;
  readonly files: FileStore;
  /** Keys hashes of identity numbers; see `platform/files.ts`. */
  readonly secret: Buffer;
}

/**
 * The places a use case touches: ids, all of which must lie inside the actor's areas; or `own`, when it touches only
 * what `ctx.areas` allows (lists filter by it); or `none`, when no place is involved (own password, the place tree).
 */
export type Area<I> = 'own' | 'none' | ((ctx: Context, input: I) => Promise<readonly string[]>);

interface Definition<S extends z.ZodType, O> {
  /** `module.verb-noun`, also the audit's word and the key of its sentence (`audit.<name>`). */
  readonly name: string;
  readonly input: S;
  /** Roles that may; `signed-in` = any of them; `system` = only the product itself (jobs, first start, data folder owner). */
  readonly allow: readonly Role[] | 'signed-in' | 'system';
  readonly area: Area<z.output<S>>;
  readonly run: (ctx: Context, input: z.output<S>) => Promise<O>;
}

/** A use case that changes something: one transaction, one audit row. Write `run` before `audit`: its output is inferred from it. */
export interface Command<S extends z.ZodType = z.ZodType, O = unknown> extends Definition<S, O> {
  readonly kind: 'command';
  /** Ids and field names for the audit row; never a personal value. */
  readonly audit: (input: z.output<S>, output: O) => AuditRefs;
  /**
   * Runs that leave no row, and why that hides nothing. Who may have this is listed in
   * `tests/architecture/unaudited.test.ts`; everything else that changes something leaves its row, always.
   */
  readonly unaudited?: { readonly why: string; readonly when: (input: z.output<S>, output: O) => boolean };
}

/** A use case that only looks. With `sensitive`, the look itself is written to the audit (NĐ 356/2025: sensitive data). */
export interface Read<S extends z.ZodType = z.ZodType, O = unknown> extends Definition<S, O> {
  readonly kind: 'read';
  readonly sensitive?: (input: z.output<S>, output: O) => AuditRefs | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of use cases of every input and output
export type UseCase = Command<any, any> | Read<any, any>;

export const command = <S extends z.ZodType, O>(definition: Omit<Command<S, O>, 'kind'>): Command<S, O> => ({
  kind: 'command',
  ...definition,
});

export const read = <S extends z.ZodType, O>(definition: Omit<Read<S, O>, 'kind'>): Read<S, O> => ({
  kind: 'read',
  ...definition,
});

/** What the kernel needs from above; `app.ts` hands it in, so that technique knows no module. */
export interface KernelParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly enqueue: (tx: Db) => Enqueue;
  /** Who reacts to what, in the order of the river. */
  readonly subscriptions: readonly {
    readonly event: string;
    readonly react: (ctx: Context, data: never) => Promise<void>;
  }[];
  readonly files: FileStore;
  readonly secret: Buffer;
  /** Do all of `placeIds` lie within `areas` today (an ended place: do its successors)? */
  readonly covers: (tx: Db, areas: readonly string[], placeIds: readonly string[], on: Day) => Promise<boolean>;
  /** What other systems may ask by a key, whatever role it has; without a list nothing. */
  readonly openToKeys?: readonly UseCase[];
}

export type Execute = <S extends z.ZodType, O>(
  useCase: Command<S, O> | Read<S, O>,
  actor: Actor,
  input: z.input<S>,
) => Promise<O>;

const areasOf = (
  useCase: UseCase,
  actor: Actor,
  { openToKeys = [] }: Pick<KernelParts, 'openToKeys'>,
): readonly string[] | null => {
  // Looked at first: by whatever slip an actor came to be, a key never gets past its list.
  if (actor.keyId !== undefined && !openToKeys.includes(useCase)) throw forbidden('not-by-key', { what: useCase.name });
  if (actor.userId === null && actor.keyId === undefined) return null;
  if (useCase.allow === 'system') throw forbidden('not-allowed', { what: useCase.name });
  const roles = useCase.allow;
  const grants = roles === 'signed-in' ? actor.grants : actor.grants.filter((grant) => roles.includes(grant.role));
  if (grants.length === 0 && roles !== 'signed-in')
    throw forbidden('not-allowed', { what: useCase.name, roles: roles.join(' ') });
  return [...new Set(grants.map((grant) => grant.placeId))];
};

const parse = <S extends z.ZodType>(schema: S, input: unknown): z.output<S> => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue): FieldFault => {
    // A schema names our own code by `message: 'code'`; zod's own sentences are never shown.
    const own = /^[a-z][a-z0-9.-]+$/u.test(issue.message) ? issue.message : `field.${issue.code}`;
    return { path: issue.path.join('.'), code: own };
  });
  throw invalid('input', { fields: fields.map((field) => field.path).join(', ') }, fields);
};

/** What the row in the audit says of this run; undefined = there is none. */
const refsOf = <S extends z.ZodType, O>(
  useCase: Command<S, O> | Read<S, O>,
  input: z.output<S>,
  output: O,
): AuditRefs | undefined => {
  if (useCase.kind === 'read') return useCase.sensitive?.(input, output);
  return useCase.unaudited?.when(input, output) ? undefined : useCase.audit(input, output);
};

/** PostgreSQL's own refusals that are somebody's doing, in our five kinds; anything else is a defect and stays as it is. */
const translate = (error: unknown): unknown => {
  if (error instanceof AppError) return error;
  const code = (error as { code?: string }).code ?? '';
  if (code === '23505') return conflict('already-there', { what: (error as { constraint?: string }).constraint ?? '' });
  // A character, a number or an id that no column can hold (a NUL, a half id) is the asker's slip, not a defect.
  if (['22021', '22P02', '22P05', '22003'].includes(code)) return invalid('input', { fields: '' });
  if (code === '40001' || code === '40P01' || code === '55P03') return conflict('somebody-else');
  if (code.startsWith('08') || code === '57P01' || code === 'ECONNREFUSED') return unavailable('database');
  return error;
};

/** parse → permission → one transaction { area → run → audit } → commit. Every door (pages, CLI, jobs) goes through here. */
export const createExecute =
  (parts: KernelParts): Execute =>
  async (useCase, actor, raw) => {
    const input = parse(useCase.input, raw);
    const areas = areasOf(useCase, actor, parts);
    const reads = useCase.kind === 'read';
    const transaction = parts.database.db.transaction().setIsolationLevel(reads ? 'repeatable read' : 'read committed');
    try {
      return await transaction.execute(async (tx) => {
        const context: Context = {
          tx,
          actor,
          areas,
          at: parts.clock.now(),
          today: today(parts.clock),
          enqueue: parts.enqueue(tx),
          announce: async (event, data) => {
            for (const { react } of parts.subscriptions.filter((each) => each.event === event))
              await react(context, data as never);
          },
          files: parts.files,
          secret: parts.secret,
        };
        if (typeof useCase.area === 'function' && areas !== null) {
          const places = await useCase.area(context, input);
          const inside = places.length > 0 && (await parts.covers(tx, areas, places, context.today));
          if (!inside) throw forbidden('outside-area', { what: useCase.name });
        }
        const output = await useCase.run(context, input);
        const refs = refsOf(useCase, input, output);
        if (refs) await writeAudit(tx, { name: useCase.name, actor, at: context.at, refs });
        return output;
      });
    } catch (error) {
      throw translate(error);
    }
  };
