// `npm run lantoa -- …`: the command line from a clone.
import { runProgram } from './run.mjs';

runProgram('cli.js', process.argv.slice(2));
