// `npm test`: everything, the browser included. The last line counts: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { prepare, ROOT } from './runtime.mjs';

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

/** Debian as root installs what a test needs from outside; elsewhere a person has to. */
const install = (packages, what) => {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
  const apt = (args) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
      .status === 0;
  process.stderr.write(`Installing ${what} …\n`);
  return apt(['update', '-q']) && apt(['install', '-y', '-q', '--no-install-recommends', ...packages]);
};

const needBrowser = () => {
  if (process.env.CHROMIUM || onPath('chromium')) return;
  if (install(['chromium'], 'Chromium for the browser tests')) return;
  process.stderr.write(
    'The browser tests need Chromium: install it (e.g. `apt-get install chromium`) or name one in CHROMIUM.\n',
  );
  console.log('0 passed, 1 failed');
  process.exit(1);
};

/** Without it only the tests against it fail, and say what to install. */
const wantKannel = () => {
  const parts = ['/usr/sbin/bearerbox', '/usr/sbin/smsbox', '/usr/lib/kannel/test/drive_smpp'];
  if (!parts.every((part) => existsSync(part)))
    install(['kannel', 'kannel-extras'], 'Kannel for the tests of the SMS channel');
};

const { node, env } = prepare({ build: true });
needBrowser();
wantKannel();

const folder = mkdtempSync(join(tmpdir(), 'lantoa-report-'));
const report = join(folder, 'report.json');
const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)];
const { status } = spawnSync(node, [vitest, ...args], { cwd: ROOT, stdio: 'inherit', env });

let passed = 0;
let failed = 0;
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const tests = result.testResults.flatMap((file) => file.assertionResults);
  passed = tests.filter((test) => test.status === 'passed').length;
  // A skipped test is no passed one, and a file that did not load has no tests at all.
  failed =
    tests.length -
    passed +
    result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
}
if (failed === 0 && (status !== 0 || passed === 0)) failed = 1;
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
