import { leaveResult } from '../command-result.ts';
import { runDiagnose } from './run-diagnose.ts';

leaveResult(runDiagnose(process.argv.slice(2)));
