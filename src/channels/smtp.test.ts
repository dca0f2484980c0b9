import { afterEach, describe, expect, it } from 'vitest';
import { connected } from '../../tests/support/channel-kit.ts';
import { mailTo, opened, openMailSink, openSmtpTo } from '../../tests/support/mail-sink.ts';
import { until } from '../../tests/support/smsc.ts';
import type { SmtpSettings } from './smtp-settings.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const open = async (manner: Parameters<typeof openMailSink>[0] = {}, changes: Partial<SmtpSettings> = {}) => {
  const sink = await openMailSink(manner);
  cleanups.push(sink.stop);
  const channel = openSmtpTo(sink.port, { timeoutSeconds: 2, ...changes });
  cleanups.push(channel.close);
  return { sink, channel };
};

const to = (name: string) => `${name}@xa-mau.invalid`;

describe('a letter', () => {
  it('says who it is from, how to stop it, and where it comes back to', async () => {
    const { sink, channel } = await open({}, { replyTo: 'van-phong@xa-mau.invalid' });
    await connected(channel);
    const mail = { ...mailTo(to('can-bo')), unsubscribe: 'https://xa-mau.invalid/thoi/abc' };
    const [outcome] = await channel.send([mail]);
    expect(outcome).toMatchObject({ kind: 'accepted', refs: [`<${mail.deliveryId}@xa-mau.invalid>`] });
    const [got] = sink.mails;
    expect(got).toMatchObject({ from: `bounce+${mail.deliveryId}@thu.xa-mau.invalid`, to: to('can-bo') });
    const { header, text } = opened(got!);
    expect(text).toBe(mail.text);
    expect(header('message-id')).toBe(`<${mail.deliveryId}@xa-mau.invalid>`);
    expect(header('from')).toMatch(/<xa@xa-mau\.invalid>$/u);
    expect(header('to')).toBe(to('can-bo'));
    expect(header('reply-to')).toBe('van-phong@xa-mau.invalid');
    expect(header('list-unsubscribe')).toBe('<https://xa-mau.invalid/thoi/abc>');
    expect(header('auto-submitted')).toBe('auto-generated');
  });

  it('that cannot be written goes nowhere', async () => {
    const { sink, channel } = await open();
    await connected(channel);
    const [wrong, right] = ['javascript:alert(1)', 'mailto:thoi@xa-mau.invalid'].map((unsubscribe) => ({
      ...mailTo(to('can-bo')),
      unsubscribe,
    }));
    expect(await channel.send([wrong!, right!])).toMatchObject([
      { kind: 'refused', code: 'content', retry: false },
      { kind: 'accepted' },
    ]);
    expect(sink.mails).toHaveLength(1);
  });

  it('holds no line that its subject smuggled in, and goes to one address alone', async () => {
    const { sink, channel } = await open();
    await connected(channel);
    const sly = { ...mailTo(to('can-bo')), subject: 'Họp\r\nBcc: khac@xa-mau.invalid\r\n\r\nThân' };
    expect(await channel.send([sly])).toMatchObject([{ kind: 'accepted' }]);
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]!.to).toBe(to('can-bo'));
    expect(opened(sink.mails[0]!).header('bcc')).toBe('');
    expect(opened(sink.mails[0]!).text).toBe(sly.text);
  });

  it.each([
    'a@b.invalid, c@d.invalid',
    'x <a@b.invalid>',
    'a@b.invalid\r\nRCPT TO:<c@d.invalid>',
    'nobody',
    '',
    'ông@xã.invalid',
  ])('never goes to %j', async (address) => {
    const { sink, channel } = await open();
    await connected(channel);
    expect(await channel.send([mailTo(address)])).toMatchObject([
      { kind: 'refused', code: 'bad-address', retry: false },
    ]);
    expect(sink.mails).toEqual([]);
  });
});

describe('what a mail server answers', () => {
  it.each([
    [550, 'bad-address false'],
    [551, 'bad-address false'],
    [553, 'bad-address false'],
    [554, 'rejected false'],
    [552, 'rejected false'],
    [450, 'throttled true'],
    [421, 'throttled true'],
  ])('%i to the address is %s; the next letter goes all the same', async (status, fate) => {
    const { sink, channel } = await open({ recipient: (name) => (name === 'ai' ? status : undefined) });
    await connected(channel);
    const [outcome] = await channel.send([mailTo(to('ai'))]);
    expect(outcome).toMatchObject({ kind: 'refused', detail: `SMTP ${status}` });
    expect(outcome!.kind === 'refused' && `${outcome!.code} ${outcome!.retry}`).toBe(fate);
    expect(await channel.send([mailTo(to('khac'))])).toMatchObject([{ kind: 'accepted' }]);
    expect(sink.mails.map((mail) => mail.to)).toEqual([to('khac')]);
  });

  it.each([
    [550, 'rejected', false],
    [554, 'rejected', false],
    [451, 'throttled', true],
  ])('%i to the text is %s', async (status, code, retry) => {
    const { channel } = await open({ text: () => status });
    await connected(channel);
    expect(await channel.send([mailTo(to('ai'))])).toMatchObject([{ kind: 'refused', code, retry }]);
  });

  it('too long a text is refused before it is sent', async () => {
    const { channel, sink } = await open({ size: 2_000 });
    await connected(channel);
    expect(await channel.send([mailTo(to('ai'), 'Dài '.repeat(2_000))])).toMatchObject([
      { kind: 'refused', code: 'content', retry: false },
    ]);
    expect(sink.mails).toEqual([]);
  });

  it('nothing, and then the end of the connection, is uncertain: it is at the other end once', async () => {
    const { channel, sink } = await open({ text: () => null });
    await connected(channel);
    const sending = channel.send([mailTo(to('ai'))]);
    await until(() => sink.mails.length === 1);
    sink.drop();
    expect(await sending).toMatchObject([{ kind: 'uncertain' }]);
    await connected(channel);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sink.mails).toHaveLength(1);
  });

  it('a connection that had ended meanwhile is replaced before anything is said', async () => {
    const { channel, sink } = await open();
    await connected(channel);
    sink.drop();
    expect(await channel.send([mailTo(to('ai'))])).toMatchObject([{ kind: 'accepted' }]);
    expect(sink.mails).toHaveLength(1);
  });

  it('many at once, over a few connections', async () => {
    const { channel, sink } = await open({}, { poolSize: 3 });
    await connected(channel);
    const outcomes = await channel.send(Array.from({ length: 80 }, (_, n) => mailTo(to(`can-bo-${n}`))));
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(80);
    expect(new Set(sink.mails.map((mail) => mail.to)).size).toBe(80);
  });
});

describe('who the other end is', () => {
  const faultOf = async (manner: Parameters<typeof openMailSink>[0], changes: Partial<SmtpSettings>) => {
    const { channel, sink } = await open(manner, changes);
    await until(() => channel.state().fault);
    const address = changes.simulator === false ? 'ai@example.org' : to('ai');
    const code = channel.state().fault!.code;
    expect(await channel.send([mailTo(address)])).toMatchObject([{ kind: 'refused', code, retry: true }]);
    expect(sink.mails).toEqual([]);
    return code;
  };

  it('a simulator is believed only when it says so, and never taken for a real one', async () => {
    expect(await faultOf({ banner: 'Postfix' }, { simulator: true })).toBe('rejected');
    expect(await faultOf({}, { simulator: false })).toBe('rejected');
  });

  it('a wrong password is said as such, and a right one lets us in', async () => {
    const manner = { password: 'dung' };
    expect(await faultOf(manner, { user: 'xa', password: 'sai' })).toBe('sign-on');
    const { channel } = await open(manner, { user: 'xa', password: 'dung' });
    await connected(channel);
    expect(await channel.send([mailTo(to('ai'))])).toMatchObject([{ kind: 'accepted' }]);
  });

  it('nobody is signed on with, and nothing sent, without the TLS that is insisted on', async () => {
    expect(await faultOf({ password: 'dung' }, { tls: 'starttls', user: 'xa', password: 'dung' })).toBe('unreachable');
  });

  it('invented addresses never leave for a real server, and real ones never for a simulator', async () => {
    const real = await open({ banner: 'Postfix' }, { simulator: false });
    await connected(real.channel);
    const refused = { kind: 'refused', code: 'synthetic', retry: false };
    expect(await real.channel.send([mailTo(to('ai')), mailTo('ai@nobody.INVALID')])).toMatchObject([refused, refused]);
    const simulator = await open();
    await connected(simulator.channel);
    expect(await simulator.channel.send([mailTo('ai@example.org')])).toMatchObject([refused]);
    expect([...real.sink.mails, ...simulator.sink.mails]).toEqual([]);
  });
});
