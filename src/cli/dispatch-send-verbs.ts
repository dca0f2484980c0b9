import { createInterface } from 'node:readline';
import { countWorkers, createDispatch, getDispatch, needChannel } from '../modules/delivery/index.ts';
import { invalid } from '../shared/errors.ts';
import { fold } from '../shared/text.ts';
import { type Choices, choiceOptions, findDispatch, readChoices, waitOption, waitOptions } from './dispatch-options.ts';
import { look, previewJson, tellPreview } from './dispatch-preview.ts';
import { tellWaited, waitForEnd } from './dispatch-wait.ts';
import { findLine } from './find-line.ts';
import { Interrupted, type Session } from './session.ts';
import { type OptionSpec, type OptionValues, textOf, type Verb } from './verb.ts';

const LINE: OptionSpec = { flags: '--line <LINE>', required: true, help: 'dispatch-line' };
const YES: OptionSpec = { flags: '--yes', help: 'dispatch-yes' };
const AGREES = new Set(['c', 'co', 'gui', 'y', 'yes', 'send']);
const GLANCE_MS = 200;

const previewVerb: Verb = {
  group: 'dispatch',
  name: 'preview',
  words: [],
  options: [LINE, ...choiceOptions],
  run: async ({ session, options }) => {
    const { lineId } = await findLine(session, textOf(options, 'line') ?? '');
    const looked = await look(session, await readChoices(session, lineId, options));
    session.terminal.result(previewJson(looked));
    tellPreview(session.terminal, looked);
    return undefined;
  },
};

/** A line typed by whoever sits there; none when the input ended. */
const typedLine = ({ doors: { keyboard }, interruption }: Session, prompt: string): Promise<string> => {
  const { input, err } = keyboard;
  if (!input) throw invalid('cli.dispatch.confirm');
  return new Promise((done, refuse) => {
    const lines = createInterface({ input, terminal: false });
    const glance = setInterval(() => {
      if (interruption.requested) end(() => refuse(new Interrupted()));
    }, GLANCE_MS);
    const end = (settle: () => void): void => {
      clearInterval(glance);
      settle();
      lines.close();
    };
    lines.once('line', (text) => end(() => done(text))).once('close', () => end(() => done('')));
    err(prompt);
  });
};

const agrees = async (session: Session, count: number, title: string): Promise<boolean> =>
  AGREES.has(fold(await typedLine(session, `${session.terminal.say('cli.dispatch.ask', { count, title })} `)).trim());

/** Shows what would be sent, asks, sends, and waits for the end when that is asked for. @returns the exit code */
const send = async (session: Session, choices: Choices, options: OptionValues): Promise<number | undefined> => {
  const { terminal } = session;
  const minutes = waitOption(options);
  const looked = await look(session, choices);
  const price = choices.formKind === 'email' ? null : needChannel(looked.offer).pricePerPart;
  const { seen } = looked;
  const preview = previewJson(looked);
  tellPreview(terminal, looked);
  terminal.gap();
  // What cannot be sent is refused below, and nobody is asked about it first.
  const ready = seen.recipients > 0 && seen.asks.length === 0;
  if (ready && options.yes !== true && !(await agrees(session, seen.recipients, seen.message.title))) {
    terminal.result({ sent: false, preview });
    terminal.line('cli.dispatch.not-sent');
    return undefined;
  }
  const done = await session.ask(createDispatch, {
    ...{ ...choices, run: seen.run, pricePerPart: price },
    seen: { recipients: seen.recipients, parts: seen.parts },
  });
  const name = `${seen.line.planCode}:${seen.line.position}:${done.run}`;
  terminal.line('cli.dispatch.sent', { name, id: done.dispatchId, count: done.recipients });
  if (minutes === undefined) {
    const { workers } = await session.askAsProduct(countWorkers, {});
    terminal.result({ sent: true, ...done, workers, preview });
    if (workers === 0) terminal.line('cli.dispatch.no-worker', { name });
    return undefined;
  }
  const waited = await waitForEnd(session, done.dispatchId, minutes);
  terminal.result({ sent: true, ...done, preview, ...waited });
  terminal.gap();
  return tellWaited(session, waited);
};

const sendVerb: Verb = {
  group: 'dispatch',
  name: 'send',
  words: [],
  options: [LINE, ...choiceOptions, YES, ...waitOptions],
  run: async ({ session, options }) => {
    const { lineId } = await findLine(session, textOf(options, 'line') ?? '');
    return send(session, await readChoices(session, lineId, options), options);
  },
};

const retryVerb: Verb = {
  group: 'dispatch',
  name: 'retry',
  words: ['<SENDING>'],
  options: [{ flags: '--also-uncertain', help: 'dispatch-also-uncertain' }, ...choiceOptions, YES, ...waitOptions],
  run: async ({ session, words: [text = ''], options }) => {
    const dispatchId = await findDispatch(session, text);
    const { lineId, formKind } = await session.ask(getDispatch, { dispatchId });
    const choices = await readChoices(session, lineId, options);
    const again = { retryOf: dispatchId, alsoUncertain: options.alsoUncertain === true };
    // Written as it was, unless plain letters are asked for now.
    return send(session, { ...choices, ...again, formKind: options.plain === true ? 'sms-plain' : formKind }, options);
  },
};

export const dispatchSendVerbs: readonly Verb[] = [previewVerb, sendVerb, retryVerb];
