import { readFile } from 'node:fs/promises';
import type { ReadStream } from 'node:tty';
import { invalid } from '../shared/errors.ts';
import { readableFile } from './read-options.ts';
import { Interrupted, type Session } from './session.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ENDS = ['\r', '\n', CTRL_D];
const ERASES = ['\u007f', '\b'];

/** One line typed at the terminal that is not shown while it is typed. */
const typedUnseen = (input: ReadStream, prompt: string, err: (text: string) => void): Promise<string> =>
  new Promise((done, refuse) => {
    const letters: string[] = [];
    const end = (settle: () => void): void => {
      input.off('data', take).setRawMode(false).pause();
      err('\n');
      settle();
    };
    const take = (text: string): void => {
      for (const letter of text) {
        if (letter === CTRL_C || ENDS.includes(letter)) {
          end(() => (letter === CTRL_C ? refuse(new Interrupted()) : done(letters.join(''))));
          return;
        }
        if (ERASES.includes(letter)) letters.pop();
        else if (letter >= ' ') letters.push(letter);
      }
    };
    err(prompt);
    input.setEncoding('utf8');
    input.setRawMode(true).resume().on('data', take);
  });

/** The first line of a file; a line end after it is no part of the password. */
const fromFile = async (file: string): Promise<string> => {
  const text = await readFile((await readableFile(file)).path, 'utf8');
  const password = text.replace(/^\uFEFF/u, '').split(/\r?\n/u)[0] ?? '';
  if (password === '') throw invalid('cli.password-file-empty', { path: file });
  return password;
};

/**
 * A password from a file, or typed twice at the terminal. Never from the command line itself, where other people of the
 * machine could read it. Undefined: nothing was typed, or there is no terminal to type at.
 */
export const askPassword = async (session: Session, file: string | undefined): Promise<string | undefined> => {
  if (file !== undefined) return fromFile(file);
  const { input, err } = session.doors.keyboard;
  if (!input) return undefined;
  const { say } = session.terminal;
  const password = await typedUnseen(input, `${say('cli.password.ask')} `, err);
  if (password === '') return undefined;
  const again = await typedUnseen(input, `${say('cli.password.again')} `, err);
  if (again !== password) throw invalid('passwords-differ');
  return password;
};
