import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { type FileStore, uploadLimit } from '../platform/files.ts';
import { AppError, invalid } from '../shared/errors.ts';
import type { Form, Upload } from './page.ts';

export interface Body {
  readonly form: Form;
  readonly uploads: readonly Upload[];
  /** Why not all of it was taken in; the fields that were read are there all the same. */
  readonly fault?: AppError;
}

const collect = (into: Record<string, string | string[]>, name: string, value: string): void => {
  const known = into[name];
  into[name] = known === undefined ? value : [known, value].flat();
};

/** A file of the form goes into the store; one that is too large is told of at its field, and what follows it is read. */
const takeIn = async (files: FileStore, part: MultipartFile, uploads: Upload[]): Promise<AppError | undefined> => {
  const { fieldname: field, filename, file } = part;
  try {
    const stored = await files.put(file, uploadLimit);
    uploads.push({ field, fileName: filename.normalize('NFC'), ...stored });
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'invalid') throw error;
    const { code, params } = error;
    return invalid('input', { fields: field }, [{ path: field, code, params }]);
  }
};

/**
 * Reads what a form sent. Files go straight into the store, never into memory, and only once `admit` was content with the
 * fields before them; with `files` undefined they are thrown away (the session has ended: the fields are kept, files not).
 * `uploads` is the caller's, who thus knows the files taken in even when the rest is refused. More than a form may hold is
 * no failure but the body's `fault`: whoever typed the fields gets them back.
 */
export const readBody = async (
  request: FastifyRequest,
  admit: (form: Form) => void,
  files: FileStore | undefined,
  uploads: Upload[],
): Promise<Body> => {
  const form: Record<string, string | string[]> = Object.create(null);
  if (!request.isMultipart()) {
    Object.assign(form, request.body ?? {});
    admit(form);
    return { form, uploads };
  }
  let fault: AppError | undefined;
  const limits = { fileSize: uploadLimit + 1, files: 10, fields: 500, fieldSize: 1_048_576, parts: 600 };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        collect(form, part.fieldname, String(part.value ?? ''));
        continue;
      }
      admit(form);
      // A browser sends a nameless, empty file for a field in which none was chosen.
      if (!part.filename || !files) part.file.resume();
      else fault = (await takeIn(files, part, uploads)) ?? fault;
    }
  } catch (error) {
    // The rest is let run out, so that the browser gets to read the answer.
    request.raw.unpipe();
    request.raw.resume();
    if (!(error as { code?: string }).code?.startsWith('FST_')) throw error;
    fault = invalid('form-too-large');
  }
  admit(form);
  return { form, uploads, ...(fault && { fault }) };
};
